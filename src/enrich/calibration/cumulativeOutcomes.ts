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
  readonly #fitted: number[];
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
    this.#fitted = concaveMajorant(this.#seen, this.#right);
  }

  /**
   * Counts of the outcomes at or above a score, right ones smoothed: within a run of scores whose precision does not
   * fall with the score, each outcome counts as the run's precision (isotonic regression, Ayer et al. 1955).
   */
  smoothed(score: number): Count {
    const last = this.#upTo(score);
    return { seen: this.#seen[last] ?? 0, right: this.#fitted[last] ?? 0 };
  }

  /** Counts of the outcomes at or above a score. */
  atLeast(score: number): Count {
    const last = this.#upTo(score);
    return { seen: this.#seen[last] ?? 0, right: this.#right[last] ?? 0 };
  }

  /** Mean score of the outcomes at or above a score; 0 without any. */
  meanScore(score: number): number {
    const last = this.#upTo(score);
    return last < 0 ? 0 : (this.#expected[last] ?? 0) / (this.#seen[last] ?? 1);
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

/** The least concave majorant of points with ascending `x`, at each of them, from (0, 0) on. */
function concaveMajorant(x: readonly number[], y: readonly number[]): number[] {
  const corners: number[] = [-1];
  const at = (values: readonly number[], index: number): number => (index < 0 ? 0 : (values[index] ?? 0));
  const slope = (from: number, to: number): number => (at(y, to) - at(y, from)) / (at(x, to) - at(x, from));
  for (let next = 0; next < x.length; next++) {
    for (;;) {
      const last = corners.at(-1) ?? -1;
      const before = corners.at(-2);
      if (before === undefined || slope(before, last) >= slope(last, next)) break;
      corners.pop();
    }
    corners.push(next);
  }
  const fitted: number[] = [];
  for (let corner = 1; corner < corners.length; corner++) {
    const from = corners[corner - 1] ?? -1;
    const to = corners[corner] ?? 0;
    for (let index = from + 1; index <= to; index++)
      fitted.push(at(y, from) + slope(from, to) * (at(x, index) - at(x, from)));
  }
  return fitted;
}
