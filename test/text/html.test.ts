import { describe, expect, it } from 'vitest';
import { htmlText } from '../../src/text/html.js';

describe('htmlText', () => {
  it('leaves plain text as it is', () => {
    expect(htmlText('Cotton  shirt, 5 > 4 ')).toBe('Cotton  shirt, 5 > 4 ');
  });

  it('gives a line a block, without tags, scripts and entities', () => {
    const html =
      '<p>Soft <b>wool</b> &amp; silk</p><ul><li>5&#8243; wide</li><li>a&nbsp;b</li></ul><script>x("<p>")</script>';
    expect(htmlText(html)).toBe('Soft wool & silk\n5″ wide\na b');
  });

  it('leaves what is no entity and no tag', () => {
    expect(htmlText('a &unknown; b < c & d')).toBe('a &unknown; b < c & d');
  });
});
