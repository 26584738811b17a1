import { partitionPoint } from '../../structures/binarySearch.js';
import type { Outcome } from './calibrationCurve.js';

/** Weighted counts of outcomes. */
export interface Count {
  readonly seen: number;
  readonly right: number;
}

/** Cumulative sums of outcomes in descending order of score, so that the counts at any threshold cost one look-up. */
export class CumulativeOutcomes {
  /** Distinct scores, descending. */
  readonly scores: readonly number[];
  readonly #seen: number[] = [];
  readonly #right: number[] = [];
  readonly #expected: number[] = [];
  readonly #variance: number[] = [];

  constructor(outcomes: readonly Outcome[]) {
    const scores: number[] = [];
    const sums = { seen: 0, right: 0, expected: 0, variance: 0 };
    for (const { score, right, weight = 1 } of [...outcomes].sort((a, b) => b.score - a.score)) {
      sums.seen += weight;
      if (right) sums.right += weight;
      sums.expected += weight * score;
      sums.variance += weight * score * (1 - score);
      if (scores.at(-1) !== score) scores.push(score);
      const last = scores.length - 1;
      this.#seen[last] = sums.seen;
      this.#right[last] = sums.right;
      this.#expected[last] = sums.expected;
      this.#variance[last] = sums.variance;
    }
    this.scores = scores;
  }

  /** Counts of the outcomes at or above a score. */
  atLeast(score: number): Count {
    const last = this.#upTo(score);
    return { seen: this.#seen[last] ?? 0, right: this.#right[last] ?? 0 };
  }

  /**
   * Of the outcomes below a score: their count, how many more were wrong than their confidences predict, and the
   * standard deviation of that number if the confidences are right.
   */
  below(score: number): { readonly seen: number; readonly excessErrors: number; readonly deviation: number } {
    const cut = this.#upTo(score);
    const last = this.scores.length - 1;
    const rest = (sums: readonly number[]): number => (sums[last] ?? 0) - (sums[cut] ?? 0);
    return {
      seen: rest(this.#seen),
      excessErrors: rest(this.#expected) - rest(this.#right),
      deviation: Math.sqrt(Math.max(0, rest(this.#variance))),
    };
  }

  /** Index of the last score not below the given one; -1 if all are below. */
  #upTo(score: number): number {
    return partitionPoint(this.scores.length, (index) => (this.scores[index] ?? 0) >= score) - 1;
  }
}
