import type { Pairs } from './block.js';
import { F, RANK } from './compare.js';

/**
 * Writes the rank of each pair into its levels: by how much its log-odds exceed the best other pair of either
 * listing. 1: another is far better; 2: another is better; 3: it is as good as the best; 4, 5: the best, by far.
 */
export function rankPairs(
  { first, second }: Pairs,
  listings: number,
  odds: Float64Array,
  levels: Uint8Array,
): void {
  const best = new Float64Array(listings).fill(Number.NEGATIVE_INFINITY);
  const next = new Float64Array(listings).fill(Number.NEGATIVE_INFINITY);
  for (const [pair, value] of odds.entries()) {
    for (const side of [first[pair] ?? 0, second[pair] ?? 0]) {
      if (value > (best[side] ?? 0)) {
        next[side] = best[side] ?? 0;
        best[side] = value;
      } else if (value > (next[side] ?? 0)) next[side] = value;
    }
  }
  for (const [pair, value] of odds.entries()) {
    let margin = Number.POSITIVE_INFINITY;
    for (const side of [first[pair] ?? 0, second[pair] ?? 0]) {
      const rival = value === best[side] ? (next[side] ?? 0) : (best[side] ?? 0);
      margin = Math.min(margin, value - rival);
    }
    levels[pair * F + RANK] = margin < -2 ? 1 : margin < 0 ? 2 : margin < 1 ? 3 : margin < 3 ? 4 : 5;
  }
}
