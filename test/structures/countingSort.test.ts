import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupByNumber } from '../../src/structures/countingSort.js';

test('every item is in its own group, in order, and items of group -1 in none', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 5 })), (groupOf) => {
      const { offsets, items } = groupByNumber(Int32Array.from(groupOf), 6);
      expect(offsets).toHaveLength(7);
      for (let group = 0; group < 6; group++) {
        const expected = groupOf.flatMap((own, item) => (own === group ? [item] : []));
        expect([...items.subarray(offsets[group], offsets[group + 1])]).toEqual(expected);
      }
      expect(items).toHaveLength(groupOf.filter((group) => group >= 0).length);
    }),
  );
});
