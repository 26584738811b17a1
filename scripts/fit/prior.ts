import type { RankingWeights } from '../../src/search/rank/rankingWeights.js';

/** Set by hand, before any fit: what is said of the words counts most, and all that is guessed counts little. */
export const PRIOR: RankingWeights = {
  words: 0.6,
  meaning: 0.3,
  coverage: 0.2,
  exact: 3,
  brand: 0.1,
  structure: 0.5,
  feedbackSimilarity: 0.1,
  category: 0.1,
  popularity: 0.02,
};
