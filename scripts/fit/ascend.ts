import { FEATURES, type Feature, type RankingWeights } from '../../src/search/rank/weights.js';

/** What each weight may be. Words and identity are not tried: the first sets the scale, the second stays above all. */
const TRIED: Partial<Record<Feature, readonly number[]>> = {
  meaning: [0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6],
  coverage: [0, 0.1, 0.2, 0.3, 0.4],
  brand: [0, 0.05, 0.1, 0.15, 0.2, 0.3],
  structure: [0, 0.4, 0.6, 0.8, 1, 1.2],
  company: [0, 0.1, 0.15, 0.2, 0.3, 0.4],
  category: [0, 0.05, 0.1, 0.15, 0.2],
  popularity: [0, 0.02, 0.05, 0.1],
};
/** Less is noise on so few queries: the weight stays. */
const MIN_GAIN = 0.0005;
const ROUNDS = 2;

/** Coordinate ascent over rounded weights: one weight at a time takes the value that `measure` likes best. */
export async function ascend(
  start: RankingWeights,
  measure: (weights: RankingWeights) => Promise<number>,
): Promise<RankingWeights> {
  let weights = start;
  let best = await measure(weights);
  for (let round = 0; round < ROUNDS; round++) {
    const before = weights;
    for (const feature of Object.keys(FEATURES) as Feature[]) {
      for (const value of TRIED[feature] ?? []) {
        const candidate = { ...weights, [feature]: value };
        const gained = await measure(candidate);
        if (gained > best + MIN_GAIN) {
          best = gained;
          weights = candidate;
        }
      }
    }
    if (weights === before) break;
  }
  return weights;
}
