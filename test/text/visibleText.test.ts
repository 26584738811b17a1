import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spellingKey, visibleText } from '../../src/text/visibleText.js';

test.each([
  ['Cafe\u0301', 'Café'],
  ['  Dark\u00a0 green ', 'Dark green'],
  ['\ufeffSteel', 'Steel'],
  ['Wasser\u00adkocher', 'Wasserkocher'],
  ['Li\u200bnen', 'Linen'],
  ['\u202aRed\u202c', 'Red'],
  ['Red\u2003Oak', 'Red Oak'],
  ['\u1112\u1161\u11ab', '한'],
])('%j is seen as %j', (written, seen) => {
  expect(visibleText(written)).toBe(seen);
  expect(spellingKey(written)).toBe(spellingKey(seen));
});

test.each([
  ['RED', 'red', true],
  ['STRASSE', 'Straße', true],
  ['ΟΔΟΣ', 'οδος', true],
  ['می\u200cخواهم', 'میخواهم', true],
  ['Café', 'Cafe', false],
  ['navy-blue', 'navy blue', false],
  ['36', '360', false],
])('the keys of %j and %j are equal: %s', (one, other, equal) => {
  expect(spellingKey(one) === spellingKey(other)).toBe(equal);
});

test('keys of keys and of visible texts stay as they are, and invisible characters never count', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const key = spellingKey(one);
      expect(spellingKey(visibleText(one))).toBe(key);
      expect(visibleText(visibleText(one))).toBe(visibleText(one));
      expect(spellingKey(`\u200b${one}\u00ad `)).toBe(key);
      expect(spellingKey(one.normalize('NFD'))).toBe(key);
      if (visibleText(one) === visibleText(other)) expect(spellingKey(other)).toBe(key);
    }),
    { numRuns: 300 },
  );
});
