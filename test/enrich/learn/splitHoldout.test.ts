import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitHoldout } from '../../../src/enrich/learn/splitHoldout.js';

const named = (rows: number): string[] => Array.from({ length: rows }, (_, row) => `p${row}`);

test.each([1, 39, 40, 100, 2_499, 2_500, 14_999, 15_000, 40_000])(
  'of %d rows none is in both training and hold-out',
  (rows) => {
    const splits = splitHoldout(named(rows), 1);
    for (const { training, holdout } of splits) {
      expect(training.length + holdout.length).toBe(rows);
      expect(new Set([...training, ...holdout]).size).toBe(rows);
    }
    const last = splits.at(-1);
    expect(last?.training.length).toBeGreaterThanOrEqual(rows * 0.9);
  },
);

test('few rows are each held out once, and the last split trains on all', () => {
  const splits = splitHoldout(named(100), 1);
  const holdout = splits.flatMap((split) => [...split.holdout]).sort((a, b) => a - b);
  expect(holdout).toEqual(Array.from({ length: 100 }, (_, row) => row));
  expect(splits.at(-1)?.holdout).toHaveLength(0);
});

test('no rows give no split', () => {
  expect(splitHoldout([], 1)).toEqual([]);
});

test('one more row leaves all others where they were, in any order of rows', () => {
  const ids = named(400);
  const holdouts = (rows: readonly string[]) =>
    splitHoldout(rows, 1).map(({ holdout }) => [...holdout].map((row) => rows[row] ?? '').sort());
  const before = holdouts(ids);
  fc.assert(
    fc.property(fc.nat(ids.length), fc.string({ minLength: 6, maxLength: 12 }), (at, id) => {
      const after = holdouts([...ids.slice(at), id, ...ids.slice(0, at)]);
      expect(after.map((holdout) => holdout.filter((one) => one !== id))).toEqual(before);
    }),
    { numRuns: 20 },
  );
});
