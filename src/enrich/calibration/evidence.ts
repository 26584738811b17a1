import { partitionPoint } from '../../structures/binarySearch.js';
import type { Outcome } from './curve.js';

/** Outcomes counted by weight. */
export interface Count {
  readonly seen: number;
  readonly right: number;
}

/** Outcomes in falling order of their score, summed up so that any cut through them is answered at once. */
export class Evidence {
  /** Distinct scores, falling. */
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

  /** Of outcomes at or above a score. */
  from(score: number): Count {
    const last = this.#upTo(score);
    return { seen: this.#seen[last] ?? 0, right: this.#right[last] ?? 0 };
  }

  /**
   * Of outcomes below a score: how many there are, how many more of them were wrong than their confidence says,
   * and the standard deviation of that if confidences told the truth.
   */
  below(score: number): { readonly seen: number; readonly wrongBeyond: number; readonly deviation: number } {
    const cut = this.#upTo(score);
    const last = this.scores.length - 1;
    const rest = (sums: readonly number[]): number => (sums[last] ?? 0) - (sums[cut] ?? 0);
    return {
      seen: rest(this.#seen),
      wrongBeyond: rest(this.#expected) - rest(this.#right),
      deviation: Math.sqrt(Math.max(0, rest(this.#variance))),
    };
  }

  /** Place of the last score that is not below the given one; -1 where all are. */
  #upTo(score: number): number {
    return partitionPoint(this.scores.length, (index) => (this.scores[index] ?? 0) >= score) - 1;
  }
}
