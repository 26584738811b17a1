import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, originalSlice } from '../../src/text/html.js';

describe('htmlText', () => {
  it('does not change plain text', () => {
    expect(htmlText('Cotton  shirt, 5 > 4 ')).toBe('Cotton  shirt, 5 > 4 ');
  });

  it('returns one line per block, without tags, scripts and entities', () => {
    const html =
      '<p>Soft <b>wool</b> &amp; silk</p><ul><li>5&#8243; wide</li><li>a&nbsp;b</li></ul><script>x("<p>")</script>';
    expect(htmlText(html)).toBe('Soft wool & silk\n5″ wide\na b');
  });

  it('does not change text that only resembles entities and tags', () => {
    expect(htmlText('a &unknown; b < c & d')).toBe('a &unknown; b < c & d');
  });

  it.each([
    ['&#8243; &#176;C', '″ °C'],
    ['&#x2033; &#X2033; &#xB0;C', '″ ″ °C'],
    ['&Eacute;t&eacute; &frac34; &le; &check; &NotEqualTilde;', 'Été ¾ ≤ ✓ ≂̸'],
    ['&copy 2024 &amp &eacute; &nbsp5 &#176', '© 2024 & é 5 °'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['&lt;b&gt;bold&lt;/b&gt;', '<b>bold</b>'],
    // As in browsers: 128 is the euro sign of windows-1252, and invalid characters are replaced.
    ['&#128; &#0; &#xD800; &#x110000;', '€ � � �'],
    ['& && &; &# &#x; &unknown; R&D', '& && &; &# &#x; &unknown; R&D'],
  ])('reads the entities of %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each([
    ['<div><p>a <b>b <i>c <u>d</u></i></b></p><div>e</div></div>', 'a b c d\ne'],
    ['<ul><li>one<li>two</ul>three', 'one\ntwo\nthree'],
    ['a<br>b<BR/>c<br class="x" />d<hr>e', 'a\nb\nc\nd\ne'],
    ['<dl><dt>Material</dt><dd>Wool</dd></dl>', 'Material\nWool'],
    [
      '<table><tr><th>Weight</th><td>5 kg</td></tr><tr><td>Size</td><td>M</td></tr></table>',
      'Weight 5 kg\nSize M',
    ],
    ['<h2>Care</h2>Wash   at\t30\u00a0°C\n<p> dry </p>', 'Care\nWash at 30 °C\ndry'],
    ['in<b>visi</b>ble', 'invisible'],
  ])('breaks lines in %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each([
    ['a<script type="x">if (a < b) { "</p>" }</script>b', 'a b'],
    ['a<STYLE>p > b { color: red }</STYLE >b', 'a b'],
    ['a<!-- <p>b</p> -- > -->c<!---->d', 'a c d'],
    ['<iframe src="x"><p>no frames</p></iframe>a', 'a'],
    ['<!DOCTYPE html><?xml version="1.0"?><![if !IE]>a<![endif]>', 'a'],
    ['<a title="5 > 4" href=\'x"y\'>link</a>', 'link'],
  ])('drops the invisible parts of %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each([
    ['</p></b>a</i><b>b', 'ab'],
    ['I <3 you, 5 < 6 << 7, <-- here', 'I <3 you, 5 < 6 << 7, <-- here'],
    ['<p>cut off <a href="https', 'cut off <a href="https'],
    ['<p>cut off &am', 'cut off &am'],
    ['<p class="x>no quote <b>here</b></p>', 'no quote here'],
    ['<p>a</p foo="bar">b</p foo', 'a\nb</p foo'],
    ['a <!-- b <i>c</i> &amp; d', 'a <!-- b c & d'],
    ['a<script>b <i>c</i>', 'a b c'],
    ['<![CDATA[a & b]]>', 'a & b'],
    ['<>a</>b', '<>ab'],
  ])('reads malformed %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('reads back any escaped text', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\s\p{Cc}]/u.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const escaped = words.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
        expect(htmlText(`<p>${escaped.join(' ')}</p>`)).toBe(words.join(' '));
      }),
      { numRuns: 300 },
    );
  });

  it('reads deep nesting and long repetition in linear time', () => {
    const n = 100_000;
    expect(htmlText(`${'<div><b>'.repeat(n)}a${'</b></div>'.repeat(n)}`)).toBe('a');
    expect(htmlText(`${'</form><form><svg>'.repeat(n)}a`)).toBe('a');
    expect(htmlText(`${'<'.repeat(n)}b>`)).toBe('<'.repeat(n - 1));
    expect(htmlText('&'.repeat(n))).toBe('&'.repeat(n));
    expect(htmlText('&amp;'.repeat(n))).toBe('&'.repeat(n));
    for (const part of ['<!--', '<![CDATA[', '<script>', '<a b="', '<a b="\'>', '<textarea>', '&#']) {
      expect(htmlText(`${part.repeat(n)}>`).length).toBeLessThanOrEqual(part.length * n + 1);
    }
  });

  it.each([
    'I <3 AT&T, R&D and Q&A: 5 < 10 mm',
    'Fits <M and >S, <your name> engraved',
    'a  <  b\n\nc & d',
    'B&NOTES, R&timetable',
  ])('does not change %j', (text) => {
    expect(htmlText(text)).toBe(text);
    expect(originalSlice(text, 2, 5)).toEqual({ start: 2, end: 5 });
  });

  it.each([
    ['fits <M and >S, <b>new</b>', 'fits <M and >S, new'],
    ['<o:p>a</o:p><my-card>b</my-card><foo>c</foo><bar x="1">d<baz/>', 'abcd'],
    ['M&ampere; AT&amp;T &ltd', 'M&ampere; AT&T &ltd'],
  ])('knows elements from text in %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('finds every word of the text in the HTML', () => {
    const markup = fc.constantFrom(
      ...['<b>', '</b>', '<br>', '<p class="red blue">', '</p>', '<!-- navy -->', ' ', '  ', '\n', '&nbsp;'],
      ...['<script>var green</script>', '<td>', "<li data-a='x>y'>", '<M ', '< '],
    );
    const word = fc.constantFrom(
      'wool',
      'a&amp;b',
      '&eacute;t&eacute',
      '&NotEqualTilde;',
      'R&D',
      '5″',
      '&#8243;',
    );
    const html = fc.array(fc.oneof(markup, word)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(html, (given) => {
        const text = htmlText(given);
        let before = 0;
        for (const { 0: found, index } of text.matchAll(/\S+/g)) {
          const { start, end } = originalSlice(given, index, index + found.length);
          expect(start).toBeGreaterThanOrEqual(before);
          expect(htmlText(`<i></i>${given.slice(start, end)}`)).toBe(found);
          before = end;
        }
      }),
      { numRuns: 500 },
    );
  });
});
