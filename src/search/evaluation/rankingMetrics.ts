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

/**
 * NDCG over the judged products alone, as if the others were not in the list (condensed list, Sakai, "Alternatives to
 * bpref", 2007). Where another engine chose what people judged, it does not punish the products that only this one finds.
 */
export function condensedNdcg(ranked: readonly string[], judgments: Judgments, depth: number): number {
  return ndcg(
    ranked.filter((id) => judgments.has(id)),
    judgments,
    depth,
  );
}

/** The discounted cumulative gain of the ideal order. */
function idealGain(judgments: Judgments, depth: number): number {
  return discounted([...judgments.values()].sort((a, b) => b - a).slice(0, depth));
}

/** Contribution of a product of this grade at this rank, counted from 0. */
function discountedGain(grade: number, rank: number): number {
  return grade / Math.log2(rank + 2);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + discountedGain(gain, rank), 0);
}

/** Reciprocal rank: 1 / rank of the first relevant id; 0 if none is found. */
export function reciprocalRank(ranked: readonly string[], judgments: Judgments): number {
  const rank = ranked.findIndex((id) => (judgments.get(id) ?? 0) > 0);
  return rank === -1 ? 0 : 1 / (rank + 1);
}

/** Recall: share of the relevant products among the first `depth`; 0 if nothing is relevant. */
export function recall(ranked: readonly string[], judgments: Judgments, depth: number): number {
  const relevant = [...judgments].filter(([, grade]) => grade > 0);
  if (relevant.length === 0) return 0;
  const foundIds = new Set(ranked.slice(0, depth));
  return relevant.filter(([id]) => foundIds.has(id)).length / relevant.length;
}

/** How much one tier contributes to the first hits of all judged queries. */
export interface TierFigures {
  /** Share of the hits. */
  readonly hits: number;
  /** Contribution to the mean NDCG; the contributions of all tiers add up to it. */
  readonly ndcg: number;
}

/** Splits the first `depth` hits by tier. `answers` must be those to queries with a relevant product. */
export function ndcgByTier(
  answers: readonly { readonly hits: SearchAnswer['hits']; readonly grades: Judgments }[],
  depth: number,
): Record<Tier, TierFigures> {
  const hits = new Map<Tier, number>();
  const gains = new Map<Tier, number>();
  let hitCount = 0;
  for (const { hits: foundIds, grades } of answers) {
    const ideal = idealGain(grades, depth);
    for (const [rank, { id, tier }] of foundIds.slice(0, depth).entries()) {
      hitCount++;
      hits.set(tier, (hits.get(tier) ?? 0) + 1);
      gains.set(tier, (gains.get(tier) ?? 0) + discountedGain(grades.get(id) ?? 0, rank) / ideal);
    }
  }
  const figures = (tier: Tier): TierFigures => ({
    hits: hitCount === 0 ? 0 : (hits.get(tier) ?? 0) / hitCount,
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
