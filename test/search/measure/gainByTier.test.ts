import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TIERS } from '../../../src/search/answer.js';
import { gainByTier } from '../../../src/search/measure/gainByTier.js';
import { ndcg } from '../../../src/search/measure/metrics.js';

it('gives parts that add up: of the hits to 1, of the gain to the mean NDCG', () => {
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
      const parts = Object.values(gainByTier(answers, 10));
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
