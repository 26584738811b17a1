import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  allowedEdits,
  keyOf,
  keyWithPlaces,
  readTypedText,
  wordStarts,
} from '../../../src/search/suggest/typedText.js';

it.each([
  ['Clothing > Shirts', 'clothing shirts'],
  ["Men's T-Shirt", 'mens t shirt'],
  ['Crème  brûlée!', 'creme brulee'],
  ['Straße', 'strasse'],
  ['ＮＩＫＥ', 'nike'],
  ['手机壳', '手机壳'],
  [' \u0000--', ''],
  ['\ud800a', 'a'],
])('the key of %j is %j', (text, key) => {
  expect(keyOf(text)).toBe(key);
});

it('the key of a key is itself, and each unit has a position in the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const { key, places } = keyWithPlaces(text);
      expect(keyOf(text)).toBe(key);
      expect(places).toHaveLength(key.length);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
      expect(places.every((place) => place >= 0 && place < text.length)).toBe(true);
      expect(key).not.toMatch(/^ | $| {2}/);
    }),
  );
});

it('words begin after a space, and at each letter of a script without spaces', () => {
  expect(wordStarts('red running shoes')).toEqual([0, 4, 12]);
  expect(wordStarts('手机壳 red')).toEqual([0, 1, 2, 4]);
  expect(wordStarts('')).toEqual([]);
});

it.each([
  ['red', 0],
  ['shoe', 1],
  ['running', 1],
  ['red shoe', 1],
  ['trousers', 2],
  ['x1 carbon', 0],
  ['手机壳手机壳', 0],
  ['a'.repeat(65), 0],
])('of %j may be wrong %i', (typed, edits) => {
  expect(allowedEdits(typed)).toBe(edits);
});

it('splits typed text at its last word', () => {
  expect(readTypedText('Red  Running Sh')).toEqual({
    key: 'red running sh',
    earlier: ['red', 'running'],
    last: 'sh',
    head: 'Red Running ',
  });
  expect(readTypedText('red ')).toMatchObject({ key: 'red ', earlier: ['red'], last: '' });
  expect(readTypedText('dv7-12')).toMatchObject({ earlier: ['dv7'], last: '12', head: 'dv7-' });
  expect(readTypedText(' ? ')).toMatchObject({ key: '', earlier: [], last: '' });
});
