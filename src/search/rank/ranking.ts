import type { LiveIndex } from '../../index/liveIndex.js';
import { selectTop } from '../../structures/topK.js';
import { arrayPools } from '../arrayPool.js';
import type { CandidateSet } from '../retrieve/retrieve.js';
import { popularityOf } from './popularity.js';
import { categoryAgreement, feedbackSimilarity } from './pseudoRelevanceFeedback.js';
import { type Feature, type RankingWeights, WEIGHTS } from './rankingWeights.js';
import { byId } from './sortOrder.js';

/** One number for each feature. */
export type FeatureValues = Record<Feature, number>;

/** How many of the best say what the query is after: their meaning taken together, and their categories. */
const FEEDBACK = 5;
const VOTERS = 10;

/**
 * The ranking: a weighted sum of few named features (see FEATURES). What the query says of a product is scored
 * first; then the best of those products say what the query is after (pseudo-relevance feedback, after Rocchio,
 * "Relevance feedback in information retrieval", 1971), and that is scored for every candidate, so that the order
 * is one over all pages.
 */
export class Ranking {
  private readonly scores: Float64Array;
  private readonly ceiling: number;
  private readonly popularity: ((ordinal: number) => number) | undefined;
  private feedbackSimilarity: Float32Array | undefined;
  private category: ((ordinal: number) => number) | undefined;

  constructor(
    private readonly index: LiveIndex,
    private readonly candidates: CandidateSet,
    readonly weights: RankingWeights = WEIGHTS,
    private readonly agreement?: (ordinal: number) => number,
  ) {
    const { words } = candidates;
    let max = 0;
    for (const ordinal of words.touched) max = Math.max(max, words.score[ordinal] ?? 0);
    this.ceiling = Math.max((max + words.ceiling) / 2, 1e-9);
    this.popularity = weights.popularity === 0 ? undefined : popularityOf(index);
    this.scores = arrayPools.doubles(index.size);
    this.scoreByQuery();
    this.scoreByBest();
  }

  /** By ordinal; the shares of its features add up to it. */
  score(ordinal: number): number {
    return this.scores[ordinal] ?? 0;
  }

  features(ordinal: number): FeatureValues {
    const { words, cosine, exact } = this.candidates;
    return {
      words: (words.score[ordinal] ?? 0) / this.ceiling,
      meaning: known(cosine[ordinal]),
      coverage: words.coverage[ordinal] ?? 0,
      exact: exact.get(ordinal) ?? 0,
      brand: words.branded[ordinal] ?? 0,
      structure: this.agreement?.(ordinal) ?? 0,
      feedbackSimilarity: known(this.feedbackSimilarity?.[ordinal]),
      category: this.category?.(ordinal) ?? 0,
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
    const byWords = weights.words / this.ceiling;
    for (const ordinal of ordinals) {
      scores[ordinal] =
        byWords * (words.score[ordinal] ?? 0) +
        weights.meaning * known(cosine[ordinal]) +
        weights.coverage * (words.coverage[ordinal] ?? 0) +
        weights.brand * (words.branded[ordinal] ?? 0);
    }
    for (const [ordinal, degree] of exact) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.exact * degree;
    }
    const { agreement, popularity } = this;
    if (agreement !== undefined && weights.structure > 0) {
      for (const ordinal of ordinals) {
        scores[ordinal] = (scores[ordinal] ?? 0) + weights.structure * agreement(ordinal);
      }
    }
    if (popularity === undefined) return;
    for (const ordinal of ordinals) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.popularity * popularity(ordinal);
    }
  }

  /** Without a word or a meaning there are no best. */
  private scoreByBest(): void {
    const { index, scores, weights } = this;
    const { ordinals, words, cosine } = this.candidates;
    const near = ordinals.filter((ordinal) => !Number.isNaN(cosine[ordinal]));
    if (words.touched.length === 0 && near.length === 0) return;
    const best = selectTop(
      ordinals,
      Math.max(FEEDBACK, VOTERS),
      (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || byId(index, a, b),
    );
    if (weights.feedbackSimilarity > 0 && near.length > 0) {
      const cosines = feedbackSimilarity(index, best.slice(0, FEEDBACK), near);
      if (cosines !== undefined) {
        this.feedbackSimilarity = arrayPools.floats(index.size);
        for (const [place, ordinal] of near.entries()) {
          const similarity = known(cosines[place]);
          this.feedbackSimilarity[ordinal] = similarity;
          scores[ordinal] = (scores[ordinal] ?? 0) + weights.feedbackSimilarity * similarity;
        }
      }
    }
    if (weights.category === 0) return;
    this.category = categoryAgreement(index, best.slice(0, VOTERS));
    const { category } = this;
    if (category === undefined) return;
    for (const ordinal of ordinals) {
      scores[ordinal] = (scores[ordinal] ?? 0) + weights.category * category(ordinal);
    }
  }
}

function known(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
