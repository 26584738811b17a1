import { expect, test } from 'vitest';
import { splitRows } from '../../../src/enrich/learn/splitRows.js';

test.each([1, 39, 40, 100, 2_499, 2_500, 14_999, 15_000, 40_000])(
  'of %d rows none is both taught and held out',
  (rows) => {
    const splits = splitRows(rows, 1);
    for (const { taught, heldOut } of splits) {
      expect(taught.length + heldOut.length).toBe(rows);
      expect(new Set([...taught, ...heldOut]).size).toBe(rows);
    }
    const last = splits.at(-1);
    expect(last?.taught.length).toBeGreaterThanOrEqual(rows * 0.9);
  },
);

test('few rows are each held out once, and all of them teach in the end', () => {
  const splits = splitRows(100, 1);
  const heldOut = splits.flatMap((split) => [...split.heldOut]).sort((a, b) => a - b);
  expect(heldOut).toEqual(Array.from({ length: 100 }, (_, row) => row));
  expect(splits.at(-1)?.heldOut).toHaveLength(0);
});

test('no rows, no split', () => {
  expect(splitRows(0, 1)).toEqual([]);
});
