import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SpellingIndex } from '../../../src/index/lexical/spellingIndex.js';
import { editDistance } from '../../../src/text/editDistance.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ж'), maxLength: 10 });

test('finds the words that comparing with every word finds', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), word, fc.constantFrom(1, 2), (words, wanted, max) => {
      const near = new SpellingIndex();
      for (const one of words) near.add(one);
      const found: [string, number][] = [];
      near.within(wanted, max, (one, edits) => found.push([one, edits]));
      const expected = [...new Set(words)]
        .filter((one) => one.length >= 3)
        .map((one): [string, number] => [one, editDistance(one, wanted, 20)])
        .filter(([, edits]) => edits <= max);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 500 },
  );
});
