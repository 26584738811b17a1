import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLetters } from '../../src/text/fold.js';
import { tokens } from '../../src/text/tokens.js';

const anyText = fc.string({ unit: 'binary' });
const words = (text: string): string[] => tokens(text).map(({ start, end }) => text.slice(start, end));

describe('tokens', () => {
  it.each([
    ['8GB DDR4', ['8', 'GB', 'DDR', '4']],
    ["women's 1,299.50 €", ["women's", '1,299.50', '€']],
    ["dogs' end. ", ['dogs', "'", 'end', '.']],
    ['30×40cm', ['30', '×', '40', 'cm']],
    ['naïve cafe\u0301', ['naïve', 'cafe\u0301']],
    ['🎈x', ['🎈', 'x']],
  ])('splits %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('covers the text in order, except white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const { folded, start, end } of tokens(text)) {
          expect(text.slice(at, start)).toMatch(/^\s*$/);
          expect(end).toBeGreaterThan(start);
          expect(folded).toBe(foldLetters(text.slice(start, end)));
          at = end;
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
    );
  });
});
