import { type SearchAnswer, TIERS, type Tier } from '../answer.js';
import { discountedGain, idealGain, type Judgments } from './metrics.js';

/** What one tier has of the first hits of all judged queries. */
export interface TierFigures {
  /** Share of the hits. */
  readonly hits: number;
  /** Part of the mean NDCG that its hits earn; the parts of all tiers add up to it. */
  readonly ndcg: number;
}

/** The first `depth` hits by tier. `answers` are those to queries with a relevant product. */
export function gainByTier(
  answers: readonly { readonly hits: SearchAnswer['hits']; readonly grades: Judgments }[],
  depth: number,
): Record<Tier, TierFigures> {
  const hits = new Map<Tier, number>();
  const gains = new Map<Tier, number>();
  let all = 0;
  for (const { hits: found, grades } of answers) {
    const ideal = idealGain(grades, depth);
    for (const [rank, { id, tier }] of found.slice(0, depth).entries()) {
      all++;
      hits.set(tier, (hits.get(tier) ?? 0) + 1);
      gains.set(tier, (gains.get(tier) ?? 0) + discountedGain(grades.get(id) ?? 0, rank) / ideal);
    }
  }
  const figures = (tier: Tier): TierFigures => ({
    hits: all === 0 ? 0 : (hits.get(tier) ?? 0) / all,
    ndcg: answers.length === 0 ? 0 : (gains.get(tier) ?? 0) / answers.length,
  });
  const [exact, everyWord, partial, semantic] = TIERS;
  return {
    [exact]: figures(exact),
    [everyWord]: figures(everyWord),
    [partial]: figures(partial),
    [semantic]: figures(semantic),
  };
}
