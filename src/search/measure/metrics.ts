/** Grades by product id for one query; 0 or absent is irrelevant. */
export type Judgments = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain over the first `depth` ids, the gain being the grade itself
 * (Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, log base 2).
 * 0 to 1; the caller leaves out queries without a relevant product.
 */
export function ndcg(ranked: readonly string[], judgments: Judgments, depth: number): number {
  const gains = ranked.slice(0, depth).map((id) => judgments.get(id) ?? 0);
  const ideal = [...judgments.values()].sort((a, b) => b - a).slice(0, depth);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(gains) / best;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
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
