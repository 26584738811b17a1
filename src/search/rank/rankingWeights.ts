import { z } from 'zod';

/**
 * What the ranking sums: each feature's value times its weight. Values go from 0 to 1, but for `exact`
 * (degrees of naming, see matchExactly) and for the cosines, which may be a little below 0.
 */
export const FEATURES = {
  /** BM25F beside the mean of the best product's and the query's ceiling. */
  words: 'how well the words match, by BM25F over all fields',
  /** Cosine of query and product. */
  meaning: 'how near the meaning of the query is',
  /** Share of the query's weight found: what parts `all` from `partial`. */
  coverage: "share of the query's weight that the product has",
  /** A degree of the query naming the product. */
  exact: 'how surely the query names the product, by identifier or full title',
  /** Share of the query's weight that stands in the brand. */
  brand: "share of the query's weight that the product's brand has",
  /** How far the product agrees with what the query was read as (see narrow). */
  structure: 'how many of the readings of the query the product agrees with',
  /** Cosine of the product and what the best by the features above have in common. */
  feedbackSimilarity: 'how near the meaning of the best products is',
  /** How many of the best share the product's category, beside the category that most of them have. */
  category: 'how many of the best products are of the same category',
  /** The share of the catalog that sells no better. */
  popularity: 'how popular the product is within the catalog, where the catalog says',
} as const;
export type Feature = keyof typeof FEATURES;
export type RankingWeights = Readonly<Record<Feature, number>>;

/** Raised when a feature changes what it means, so that fitted weights no longer fit. */
export const RANKING_VERSION = 1;

/**
 * Fitted on the judged queries of esci and icecat, both weighed equally (see scripts/fit), then rounded, brand and
 * category down: the fit took the largest it was offered. `exact` is
 * larger than all others together, so that nothing overrules a named product; `popularity` only parts equals,
 * for the judgments say nothing for it.
 */
export const WEIGHTS: RankingWeights = {
  words: 0.6,
  meaning: 0.2,
  coverage: 0.2,
  exact: 3,
  brand: 0.2,
  structure: 0.8,
  feedbackSimilarity: 0.15,
  category: 0.15,
  popularity: 0.02,
};

function weight(feature: Feature) {
  return z.number().min(0).max(100).default(WEIGHTS[feature]);
}

/** A file of weights: what it does not name stays as it is by default. */
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
