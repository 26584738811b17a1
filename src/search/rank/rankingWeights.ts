import { z } from 'zod';

/**
 * The features of the ranking; the score is the sum of value times weight. Values are from 0 to 1, except
 * `exact` (degrees of naming, see matchExactly) and cosines, which may be slightly below 0.
 */
export const FEATURES = {
  /** BM25F relative to the mean of the best product's score and the query's upper bound. */
  words: 'how well the words match, by BM25F over all fields',
  /** Cosine of query and product. */
  meaning: 'how near the meaning of the query is',
  /** Share of the query's weight found; separates `all` from `partial`. */
  coverage: "share of the query's weight that the product has",
  /** Degree of certainty that the query names the product. */
  exact: 'how surely the query names the product, by identifier or full title',
  /** Share of the query's weight found in the brand. */
  brand: "share of the query's weight that the product's brand has",
  /** Agreement of the product with the query's interpretations (see applyInterpretations). */
  structure: 'how many of the readings of the query the product agrees with',
  /** Cosine of the product and the centroid of the best products by the features above. */
  feedbackSimilarity: 'how near the meaning of the best products is',
  /** Number of the best products in the same category, relative to their most frequent category. */
  category: 'how many of the best products are of the same category',
  /** Logarithm of sales or reviews, relative to the largest number. */
  popularity: 'how popular the product is within the catalog, where the catalog says',
} as const;
export type Feature = keyof typeof FEATURES;
export type RankingWeights = Readonly<Record<Feature, number>>;

/** Raised when a feature changes its meaning, so that fitted weights no longer apply. */
export const RANKING_VERSION = 1;

/**
 * Fitted on the judged queries of esci and icecat with equal weight, then rounded; brand and category were reduced because
 * the fit chose the largest value offered, and structure because a larger one puts products without labels below all
 * others (decision 0069). `exact` is larger than all others together, so that nothing outranks a named product.
 * `popularity` only breaks ties, because the judgments do not support more.
 */
export const WEIGHTS: RankingWeights = {
  words: 0.6,
  meaning: 0.2,
  coverage: 0.2,
  exact: 3,
  brand: 0.2,
  structure: 0.5,
  feedbackSimilarity: 0.15,
  category: 0.15,
  popularity: 0.02,
};

function weight(feature: Feature) {
  return z.number().min(0).max(100).default(WEIGHTS[feature]);
}

/** A weights file; weights that it does not name keep their defaults. */
export const weightsFileSchema = z.strictObject({
  version: z.literal(RANKING_VERSION),
  weights: z.strictObject({
    words: weight('words'),
    meaning: weight('meaning'),
    coverage: weight('coverage'),
    exact: weight('exact'),
    brand: weight('brand'),
    structure: weight('structure'),
    feedbackSimilarity: weight('feedbackSimilarity'),
    category: weight('category'),
    popularity: weight('popularity'),
  }),
});
