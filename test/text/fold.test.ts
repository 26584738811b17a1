import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldLetters } from '../../src/text/fold.js';

const anyText = fc.string({ unit: 'binary' });

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
  ])('folds %j to %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('keeps white space and hyphens in foldLetters', () => {
    expect(foldLetters('  Blå-Grå ')).toBe('  bla-gra ');
    expect(foldLetters(' A-B ')).toBe(' a-b ');
  });

  it('is idempotent and ignores case', () => {
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
