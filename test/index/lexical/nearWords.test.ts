import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NearWords } from '../../../src/index/lexical/nearWords.js';
import { typoDistance } from '../../../src/index/lexical/typoDistance.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ж'), maxLength: 10 });

/** The distance as it is defined, by trying everything. */
function naive(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const same = one[0] === other[0] ? 0 : 1;
  const choices = [
    naive(one.slice(1), other.slice(1)) + same,
    naive(one.slice(1), other) + 1,
    naive(one, other.slice(1)) + 1,
  ];
  if (one.length > 1 && one[0] === other[1] && one[1] === other[0])
    choices.push(naive(one.slice(2), other.slice(2)) + 1);
  return Math.min(...choices);
}

test('the distance is that of the definition, up to the most asked for', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(short, short, fc.integer({ min: 0, max: 4 }), (one, other, most) => {
      expect(typoDistance(one, other, most)).toBe(Math.min(most + 1, naive(one, other)));
    }),
  );
  expect(typoDistance('haedphones', 'headphones', 2)).toBe(1);
});

test('finds the words that comparing with every one finds', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), word, fc.constantFrom(1, 2), (words, wanted, most) => {
      const near = new NearWords();
      for (const one of words) near.add(one);
      const found: [string, number][] = [];
      near.within(wanted, most, (one, edits) => found.push([one, edits]));
      const expected = [...new Set(words)]
        .filter((one) => one.length >= 3)
        .map((one): [string, number] => [one, typoDistance(one, wanted, 20)])
        .filter(([, edits]) => edits <= most);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 500 },
  );
});
