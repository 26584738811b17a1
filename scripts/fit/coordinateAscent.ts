import { FEATURES, type Feature, type RankingWeights } from '../../src/search/rank/rankingWeights.js';

/** Candidate values per weight. The weights of words and identity are fixed: words set the scale, identity stays highest. */
const CANDIDATES: Partial<Record<Feature, readonly number[]>> = {
  meaning: [0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6],
  coverage: [0, 0.1, 0.2, 0.3, 0.4],
  brand: [0, 0.05, 0.1, 0.15, 0.2, 0.3],
  structure: [0, 0.4, 0.6, 0.8, 1, 1.2],
  feedbackSimilarity: [0, 0.1, 0.15, 0.2, 0.3, 0.4],
  category: [0, 0.05, 0.1, 0.15, 0.2],
  popularity: [0, 0.02, 0.05, 0.1],
};
/** A smaller gain is noise with so few queries. */
const MIN_GAIN = 0.0005;
const ROUNDS = 2;

/** Coordinate ascent over candidate values: sets one weight at a time to the value with the highest `measure`. */
export async function coordinateAscent(
  start: RankingWeights,
  measure: (weights: RankingWeights) => Promise<number>,
): Promise<RankingWeights> {
  let weights = start;
  let best = await measure(weights);
  for (let round = 0; round < ROUNDS; round++) {
    const before = weights;
    for (const feature of Object.keys(FEATURES) as Feature[]) {
      for (const value of CANDIDATES[feature] ?? []) {
        const candidate = { ...weights, [feature]: value };
        const score = await measure(candidate);
        if (score > best + MIN_GAIN) {
          best = score;
          weights = candidate;
        }
      }
    }
    if (weights === before) break;
  }
  return weights;
}
