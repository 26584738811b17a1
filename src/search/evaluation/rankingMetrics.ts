import { type SearchAnswer, TIERS, type Tier } from '../searchAnswer.js';

/** Grades by product id for one query; 0 or absent is irrelevant. */
export type Judgments = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain over the first `depth` ids, the gain being the grade itself
 * (Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, log base 2).
 * 0 to 1; the caller leaves out queries without a relevant product.
 */
export function ndcg(ranked: readonly string[], judgments: Judgments, depth: number): number {
  const best = idealGain(judgments, depth);
  return best === 0 ? 0 : discounted(ranked.slice(0, depth).map((id) => judgments.get(id) ?? 0)) / best;
}

/** The discounted gain of the best order there is. */
function idealGain(judgments: Judgments, depth: number): number {
  return discounted([...judgments.values()].sort((a, b) => b - a).slice(0, depth));
}

/** What a product of this grade adds at this rank, counted from 0. */
function discountedGain(grade: number, rank: number): number {
  return grade / Math.log2(rank + 2);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + discountedGain(gain, rank), 0);
}

/** 1 / the rank of the first relevant id; 0 where none is found. */
export function reciprocalRank(ranked: readonly string[], judgments: Judgments): number {
  const rank = ranked.findIndex((id) => (judgments.get(id) ?? 0) > 0);
  return rank === -1 ? 0 : 1 / (rank + 1);
}

/** Share of the relevant products that are among the first `depth`; 0 where nothing is relevant. */
export function recall(ranked: readonly string[], judgments: Judgments, depth: number): number {
  const relevant = [...judgments].filter(([, grade]) => grade > 0);
  if (relevant.length === 0) return 0;
  const found = new Set(ranked.slice(0, depth));
  return relevant.filter(([id]) => found.has(id)).length / relevant.length;
}

/** What one tier has of the first hits of all judged queries. */
export interface TierFigures {
  /** Share of the hits. */
  readonly hits: number;
  /** Part of the mean NDCG that its hits earn; the parts of all tiers add up to it. */
  readonly ndcg: number;
}

/** The first `depth` hits by tier. `answers` are those to queries with a relevant product. */
export function ndcgByTier(
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
