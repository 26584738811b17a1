import type { Candidates } from '../retrieve/retrieve.js';

/**
 * The ranking: a weighted sum of few named features, each from 0 to about 1. Weights were chosen on the dev
 * queries of esci and icecat together, rounded, where the optimum is flat.
 */
const WEIGHTS = {
  /** BM25F beside the mean of the best product's and the query's ceiling. */
  words: 0.6,
  /** Cosine of query and product. */
  meaning: 0.4,
  /** Share of the query's weight found: what parts `all` from `partial`. */
  coverage: 0.2,
  /** How far the product agrees with what the query was read as (see narrow). */
  structure: 0.8,
  /** A degree of the query naming the product. Larger than all others together, so that nothing overrules one. */
  exact: 2,
} as const;

/** Where a score comes from; the shares add up to it. */
export type Shares = Record<keyof typeof WEIGHTS, number>;

export class Ranking {
  private readonly ceiling: number;

  constructor(
    private readonly candidates: Candidates,
    private readonly agreement: (ordinal: number) => number = () => 0,
  ) {
    const { words } = candidates;
    let best = 0;
    for (const ordinal of words.touched) best = Math.max(best, words.score[ordinal] ?? 0);
    this.ceiling = Math.max((best + words.ceiling) / 2, 1e-9);
  }

  shares(ordinal: number): Shares {
    const { words, cosine, exact } = this.candidates;
    const similarity = cosine[ordinal] ?? Number.NaN;
    return {
      words: (WEIGHTS.words * (words.score[ordinal] ?? 0)) / this.ceiling,
      meaning: Number.isNaN(similarity) ? 0 : WEIGHTS.meaning * similarity,
      coverage: WEIGHTS.coverage * (words.coverage[ordinal] ?? 0),
      structure: WEIGHTS.structure * this.agreement(ordinal),
      exact: WEIGHTS.exact * (exact.get(ordinal) ?? 0),
    };
  }

  score(ordinal: number): number {
    const { words, meaning, coverage, structure, exact } = this.shares(ordinal);
    return words + meaning + coverage + structure + exact;
  }
}
