import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterPairs } from '../../../src/audit/duplicates/clusterPairs.js';
import type { Duplicate } from '../../../src/audit/report.js';

const pair = (one: string, other: string, score: number): Duplicate => ({
  ids: [one, other],
  score,
  reason: 'same title',
});

it('puts products together that are like a third one, the likeliest cluster first', () => {
  const pairs = [pair('a', 'b', 0.7), pair('x', 'y', 0.9), pair('b', 'c', 0.8)];
  expect(clusterPairs(pairs)).toEqual([
    { ids: ['x', 'y'], pairs: [pairs[1]] },
    { ids: ['a', 'b', 'c'], pairs: [pairs[2], pairs[0]] },
  ]);
  expect(clusterPairs([])).toEqual([]);
});

it('two products share a cluster exactly if pairs lead from one to the other', () => {
  const id = fc.constantFrom(...'abcdefghij');
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 15 }), (ends) => {
      const pairs = ends.filter(([one, other]) => one !== other).map(([one, other]) => pair(one, other, 0.5));
      const reached = new Map<string, Set<string>>();
      for (const one of pairs.flatMap(({ ids }) => ids)) reached.set(one, new Set([one]));
      for (let round = 0; round < 10; round++)
        for (const {
          ids: [a, b],
        } of pairs)
          for (const [from, to] of [
            [a, b],
            [b, a],
          ] as const)
            for (const far of reached.get(to) ?? []) reached.get(from)?.add(far);
      const expected = new Set([...reached.values()].map((ids) => [...ids].sort().join()));
      expect(new Set(clusterPairs(pairs).map(({ ids }) => ids.join()))).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});
