import type { LiveIndex } from '../../index/liveIndex.js';
import { selectTop } from '../../structures/topK.js';
import { arrayPools } from '../arrayPool.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import { type PopularitySource, popularityOf } from './popularity.js';
import { categoryAgreement, feedbackSimilarity } from './pseudoRelevanceFeedback.js';
import { type Feature, type RankingWeights, WEIGHTS } from './rankingWeights.js';
import { byId } from './sortOrder.js';

/** One number for each feature. */
export type FeatureValues = Record<Feature, number>;

/**
 * How many of the best products provide feedback: for the centroid of their vectors, and for their
 * categories.
 */
const VECTOR_FEEDBACK = 5;
const CATEGORY_FEEDBACK = 10;

/**
 * The ranking: a weighted sum of a few named features (see FEATURES). Products are scored by the query first.
 * The best of them then provide pseudo-relevance feedback (see pseudoRelevanceFeedback), which is scored for
 * every candidate, so that the order is consistent over all pages.
 */
export class Ranking {
  private readonly scores: Float64Array;
  private readonly scoreScale: number;
  private readonly popularity: ((ordinal: number) => number) | undefined;
  private feedbackSimilarity: Float32Array | undefined;
  private categoryScore: ((ordinal: number) => number) | undefined;

  constructor(
    private readonly index: LiveIndex,
    private readonly candidates: CandidateSet,
    readonly weights: RankingWeights = WEIGHTS,
    private readonly interpretationAgreement?: (ordinal: number) => number,
    popularity: PopularitySource = popularityOf,
  ) {
    const { words } = candidates;
    let max = 0;
    for (const ordinal of words.matchedOrdinals) max = Math.max(max, words.score[ordinal] ?? 0);
    this.scoreScale = Math.max((max + words.maxScore) / 2, 1e-9);
    this.popularity = weights.popularity === 0 ? undefined : popularity(index);
    this.scores = arrayPools.doubles(index.size);
    this.scoreByQuery();
    this.scoreByFeedback();
  }

  /** By ordinal; the sum of its shares. */
  score(ordinal: number): number {
    return this.scores[ordinal] ?? 0;
  }

  features(ordinal: number): FeatureValues {
    const { words, cosine, exact } = this.candidates;
    return {
      words: (words.score[ordinal] ?? 0) / this.scoreScale,
      meaning: orZero(cosine[ordinal]),
      coverage: words.coverage[ordinal] ?? 0,
      exact: exact.get(ordinal) ?? 0,
      brand: words.brandCoverage[ordinal] ?? 0,
      structure: this.interpretationAgreement?.(ordinal) ?? 0,
      feedbackSimilarity: orZero(this.feedbackSimilarity?.[ordinal]),
      category: this.categoryScore?.(ordinal) ?? 0,
      popularity: this.popularity?.(ordinal) ?? 0,
    };
  }

  /** Each feature's value times its weight. */
  shares(ordinal: number): FeatureValues {
    const values = this.features(ordinal);
    const { weights } = this;
    return {
      words: weights.words * values.words,
      meaning: weights.meaning * values.meaning,
      coverage: weights.coverage * values.coverage,
      exact: weights.exact * values.exact,
      brand: weights.brand * values.brand,
      structure: weights.structure * values.structure,
      feedbackSimilarity: weights.feedbackSimilarity * values.feedbackSimilarity,
      category: weights.category * values.category,
      popularity: weights.popularity * values.popularity,
    };
  }

  private scoreByQuery(): void {
    const { scores, weights } = this;
    const { ordinals, words, cosine, exact } = this.candidates;
    const byWords = weights.words / this.scoreScale;
    for (const ordinal of ordinals) {
      scores[ordinal] =
        byWords * (words.score[ordinal] ?? 0) +
        weights.meaning * orZero(cosine[ordinal]) +
        weights.coverage * (words.coverage[ordinal] ?? 0) +
        weights.brand * (words.brandCoverage[ordinal] ?? 0);
    }
    for (const [ordinal, degree] of exact) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.exact * degree;
    }
    const { interpretationAgreement, popularity } = this;
    if (interpretationAgreement !== undefined && weights.structure > 0) {
      for (const ordinal of ordinals) {
        scores[ordinal] = (scores[ordinal] ?? 0) + weights.structure * interpretationAgreement(ordinal);
      }
    }
    if (popularity === undefined) return;
    for (const ordinal of ordinals) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.popularity * popularity(ordinal);
    }
  }

  /** Needs at least one matching word or vector. */
  private scoreByFeedback(): void {
    const { index, scores, weights } = this;
    const { ordinals, words, cosine } = this.candidates;
    const withCosine = ordinals.filter((ordinal) => !Number.isNaN(cosine[ordinal]));
    if (words.matchedOrdinals.length === 0 && withCosine.length === 0) return;
    const best = selectTop(
      ordinals,
      Math.max(VECTOR_FEEDBACK, CATEGORY_FEEDBACK),
      (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || byId(index, a, b),
    );
    if (weights.feedbackSimilarity > 0 && withCosine.length > 0) {
      const cosines = feedbackSimilarity(index, best.slice(0, VECTOR_FEEDBACK), withCosine);
      if (cosines !== undefined) {
        this.feedbackSimilarity = arrayPools.floats(index.size);
        for (const [place, ordinal] of withCosine.entries()) {
          const similarity = orZero(cosines[place]);
          this.feedbackSimilarity[ordinal] = similarity;
          scores[ordinal] = (scores[ordinal] ?? 0) + weights.feedbackSimilarity * similarity;
        }
      }
    }
    if (weights.category === 0) return;
    this.categoryScore = categoryAgreement(index, best.slice(0, CATEGORY_FEEDBACK));
    const { categoryScore } = this;
    if (categoryScore === undefined) return;
    for (const ordinal of ordinals) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.category * categoryScore(ordinal);
    }
  }
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
