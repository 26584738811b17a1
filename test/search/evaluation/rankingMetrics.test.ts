import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  condensedNdcg,
  ndcg,
  ndcgByTier,
  recall,
  reciprocalRank,
} from '../../../src/search/evaluation/rankingMetrics.js';
import { TIERS } from '../../../src/search/searchAnswer.js';

const grades = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 0],
  ['d', 1],
]);

describe('ranking metrics', () => {
  it('NDCG equals values computed by hand: 1 for the ideal order, less for a worse one, 0 for none', () => {
    expect(ndcg(['a', 'b', 'd'], grades, 10)).toBe(1);
    const worse = (2 + 3 / Math.log2(3)) / (3 + 2 / Math.log2(3) + 1 / 2);
    expect(ndcg(['b', 'a', 'x'], grades, 10)).toBeCloseTo(worse, 12);
    expect(ndcg(['c', 'x'], grades, 10)).toBe(0);
    expect(ndcg(['x', 'a'], grades, 1)).toBe(0);
  });

  it('condensed NDCG leaves out products that nobody judged, and equals NDCG where all are judged', () => {
    expect(condensedNdcg(['x', 'a', 'y', 'b', 'd'], grades, 10)).toBe(1);
    expect(condensedNdcg(['x', 'a'], grades, 1)).toBe(1);
    expect(condensedNdcg(['b', 'a', 'c'], grades, 10)).toBe(ndcg(['b', 'a', 'c'], grades, 10));
    expect(condensedNdcg(['x', 'y'], grades, 10)).toBe(0);
  });

  it('reciprocal rank and recall count relevant products only', () => {
    expect(reciprocalRank(['c', 'x', 'd'], grades)).toBeCloseTo(1 / 3, 12);
    expect(reciprocalRank(['c'], grades)).toBe(0);
    expect(recall(['a', 'c', 'd', 'b'], grades, 3)).toBeCloseTo(2 / 3, 12);
    expect(recall(['a'], new Map([['a', 0]]), 3)).toBe(0);
  });
});

it('shares of the tiers add up: of the hits to 1, of the gain to the mean NDCG', () => {
  const tier = fc.constantFrom(...TIERS);
  const answer = fc.record({
    tiers: fc.array(tier, { minLength: 1, maxLength: 15 }),
    grades: fc.array(fc.nat(3), { minLength: 1, maxLength: 15 }),
  });
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 5 }), (made) => {
      const answers = made.map(({ tiers, grades }) => ({
        hits: tiers.map((one, i) => ({ id: `p${i}`, score: 1, tier: one, product: { id: `p${i}` } })),
        grades: new Map([['best', 1], ...grades.map((grade, i): [string, number] => [`p${i}`, grade])]),
      }));
      const parts = Object.values(ndcgByTier(answers, 10));
      const means = answers.map(({ hits, grades }) =>
        ndcg(
          hits.map(({ id }) => id),
          grades,
          10,
        ),
      );
      expect(parts.reduce((sum, { hits }) => sum + hits, 0)).toBeCloseTo(1, 9);
      expect(parts.reduce((sum, part) => sum + part.ndcg, 0)).toBeCloseTo(
        means.reduce((sum, one) => sum + one, 0) / means.length,
        9,
      );
    }),
  );
});
