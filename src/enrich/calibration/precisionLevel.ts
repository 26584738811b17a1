import type { Outcome } from './calibrationCurve.js';
import { type Count, CumulativeOutcomes } from './cumulativeOutcomes.js';
import { lowerBound, Z } from './wilson.js';

/** Weight of the broader level's precision beside a level's own outcomes, in outcomes. */
const PRIOR_WEIGHT = 30;
/**
 * The broadest level has one wrong outcome more than was seen: the next value may be that one. With it the expected share
 * of wrong values keeps to the target (conformal risk control, Angelopoulos et al. 2024).
 */
const UNSEEN_WRONG = 1;
/**
 * On the broadest level the confidences of the held-out answers count as many outcomes as there are, at most this many:
 * they differ less than outcomes from one choice of held-out rows to another.
 */
const MAX_CONFIDENCE_WEIGHT = 60;

/**
 * The precision of one level of a hierarchy (all attributes, a field, its departments and categories), shrunk towards
 * that of the level above, so that it changes little with any single outcome and needs no minimum number of them.
 */
export class PrecisionLevel {
  readonly #outcomes: CumulativeOutcomes;
  /** Without what people decided, so that a right decision never lowers the expected precision. */
  readonly #heldOut: CumulativeOutcomes;
  /** Every level below asks for the same ones. */
  readonly #precisions = new Map<number, number>();

  constructor(
    outcomes: readonly Outcome[],
    readonly parent: PrecisionLevel | undefined,
  ) {
    this.#outcomes = new CumulativeOutcomes(outcomes);
    this.#heldOut = new CumulativeOutcomes(outcomes.filter(({ reviewed }) => reviewed !== true));
  }

  /** Distinct scores of the level's own outcomes, ascending. */
  ownScores(): number[] {
    return this.#outcomes.scores.toReversed();
  }

  /** Lower bound of the precision of the level's own outcomes at or above a confidence, `z` standard deviations below. */
  lowerBound(from: number, z: number): number {
    const { right, seen } = this.#outcomes.atLeast(from);
    return lowerBound(right, seen, z);
  }

  /** Distinct scores of the outcomes of this level and the levels above it, ascending. */
  scores(): number[] {
    const own = this.#outcomes.scores;
    return [...new Set(this.parent === undefined ? own : [...own, ...this.parent.scores()])].sort(
      (a, b) => a - b,
    );
  }

  /**
   * The expected precision of values from a confidence on, between 0 and 1. Outcomes below it count too: as far as more
   * of them are wrong than their confidences and chance explain, confidences on this level are too high.
   */
  precision(from: number): number {
    let precision = this.#precisions.get(from);
    if (precision === undefined) {
      const { right, seen } = this.#counts(from, this.#outcomes.smoothed(from));
      precision = right / seen;
      this.#precisions.set(from, precision);
    }
    return precision;
  }

  /** The number of right outcomes at or above a confidence that would raise its precision to the target. */
  missing(from: number, target: number): number {
    // Counted, not smoothed: what lower scores add to it would fade with those outcomes.
    const { right, seen } = this.#counts(from, this.#outcomes.atLeast(from));
    return Math.max(0, Math.ceil((target * seen - right) / (1 - target) - 1e-9));
  }

  /** Outcomes at or above a confidence, as they were seen. */
  seenFrom(from: number): Count {
    return this.#outcomes.atLeast(from);
  }

  /** The outcomes from a confidence on, together with those that stand for what the levels above expect. */
  #counts(from: number, { right, seen }: Count): Count {
    if (this.parent === undefined) {
      const weight = Math.min(MAX_CONFIDENCE_WEIGHT, this.#heldOut.atLeast(from).seen);
      return {
        right: right + weight * this.#heldOut.meanScore(from),
        seen: seen + weight + UNSEEN_WRONG,
      };
    }
    // A level above without outcomes says nothing, and then the next value may be wrong here too.
    const weight = Math.min(PRIOR_WEIGHT, this.parent.#evidence(from));
    const below = this.#outcomes.below(from);
    const excess = Math.max(0, below.excessErrors - Z * below.deviation) / (below.seen + PRIOR_WEIGHT);
    const expected = Math.max(0, this.parent.precision(from) - excess);
    return {
      right: right + weight * expected,
      seen: seen + weight + UNSEEN_WRONG * (1 - weight / PRIOR_WEIGHT),
    };
  }

  /** Outcomes of this level and the levels above it from a confidence on. */
  #evidence(from: number): number {
    return this.#outcomes.atLeast(from).seen + (this.parent === undefined ? 0 : this.parent.#evidence(from));
  }
}
