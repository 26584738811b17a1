import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldLetters, tokens } from '../../src/text/fold.js';

const anyText = fc.string({ unit: 'binary' });
const words = (text: string): string[] => tokens(text).map(({ start, end }) => text.slice(start, end));

describe('folding', () => {
  it.each([
    ['Crème Brûlée', 'creme brulee'],
    ['Straße', 'strasse'],
    ['SMØRREBRØD', 'smorrebrod'],
    ['Łódź', 'lodz'],
    ['ﬁne Ｗｉｄｅ', 'fine wide'],
    ['ISTANBUL İstanbul ısı', 'istanbul istanbul isi'],
    ['  T-Shirt_long/short\tsleeve ', 't shirt long short sleeve'],
    ['2020–2021', '2020 2021'],
    ['手机壳', '手机壳'],
    ['', ''],
  ])('reads %j as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('leaves white space and hyphens where only letters are folded', () => {
    expect(foldLetters('  Blå-Grå ')).toBe('  bla-gra ');
    expect(foldLetters(' A-B ')).toBe(' a-b ');
  });

  it('changes nothing the second time, and knows no case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text)).not.toMatch(/^\s|\s$|\s\s/);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
      }),
    );
  });
});

describe('tokens', () => {
  it.each([
    ['8GB DDR4', ['8', 'GB', 'DDR', '4']],
    ["women's 1,299.50 €", ["women's", '1,299.50', '€']],
    ["dogs' end. ", ['dogs', "'", 'end', '.']],
    ['30×40cm', ['30', '×', '40', 'cm']],
    ['naïve cafe\u0301', ['naïve', 'cafe\u0301']],
    ['🎈x', ['🎈', 'x']],
  ])('parts %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('quotes the text exactly, in order, leaving out white space alone', () => {
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
