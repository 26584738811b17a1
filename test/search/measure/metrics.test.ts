import { describe, expect, it } from 'vitest';
import { ndcg, recall, reciprocalRank } from '../../../src/search/measure/metrics.js';

const grades = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 0],
  ['d', 1],
]);

describe('measures of a ranking', () => {
  it('NDCG by hand: 1 for the ideal order, less for a worse one, 0 for none', () => {
    expect(ndcg(['a', 'b', 'd'], grades, 10)).toBe(1);
    const worse = (2 + 3 / Math.log2(3)) / (3 + 2 / Math.log2(3) + 1 / 2);
    expect(ndcg(['b', 'a', 'x'], grades, 10)).toBeCloseTo(worse, 12);
    expect(ndcg(['c', 'x'], grades, 10)).toBe(0);
    expect(ndcg(['x', 'a'], grades, 1)).toBe(0);
  });

  it('reciprocal rank and recall count relevant products only', () => {
    expect(reciprocalRank(['c', 'x', 'd'], grades)).toBeCloseTo(1 / 3, 12);
    expect(reciprocalRank(['c'], grades)).toBe(0);
    expect(recall(['a', 'c', 'd', 'b'], grades, 3)).toBeCloseTo(2 / 3, 12);
    expect(recall(['a'], new Map([['a', 0]]), 3)).toBe(0);
  });
});
