import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finish } from '../../src/structures/inSlices.js';
import { mergeSorted, sortInSteps } from '../../src/structures/sortInSteps.js';

interface Item {
  readonly key: number;
  readonly place: number;
}
const compare = (a: Item, b: Item): number => a.key - b.key;
const items = (keys: readonly number[]): Item[] => keys.map((key, place) => ({ key, place }));

it('sorts as `sort` does, equal items in the order given', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), fc.nat(3), (keys, repeat) => {
      const given = items(Array.from({ length: 1 + repeat * 900 }, () => keys).flat());
      expect(finish(sortInSteps(given, compare))).toEqual(given.toSorted(compare));
    }),
    { numRuns: 20 },
  );
});

it('pauses every few thousand items', () => {
  const steps = sortInSteps(items(Array.from({ length: 50_000 }, (_, n) => (n * 7919) % 50_000)), compare);
  let pauses = 0;
  while (steps.next().done !== true) pauses++;
  expect(pauses).toBeGreaterThan(50);
});

it('merges two sorted lists', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), fc.array(fc.nat(9)), (one, other) => {
      const [first, second] = [items(one).sort(compare), items(other).sort(compare)];
      expect(finish(mergeSorted(first, second, compare))).toEqual([...first, ...second].sort(compare));
    }),
    { numRuns: 50 },
  );
});
