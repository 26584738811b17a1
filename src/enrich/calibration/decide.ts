import { lowerBound, Z } from './bound.js';
import type { Outcome } from './curve.js';
import { Evidence } from './evidence.js';
import { TARGET_PRECISION } from './targets.js';

/** From which confidence on a field's values apply themselves; undefined: none does. */
export interface Policy {
  readonly applyFrom: number | undefined;
  readonly suggestFrom: number;
  /** By category id, for it and all below it that are not named themselves: where it is another. */
  readonly byCategory: ReadonlyMap<string, number | undefined>;
}

/** Outcomes without which a field, or a category of it, has not earned to apply anything by itself. */
export const MIN_OUTCOMES = 40;
/** A single value less sure than this is never written unasked, however good its field is on the whole. */
export const MIN_APPLIED = 0.7;
export const MIN_SUGGESTED = 0.4;

/**
 * The lowest confidence from which on the held-out answers (`score` is their confidence) are right often
 * enough that the lower bound of their precision (`z` standard deviations) meets the target; undefined if there is
 * none. Never needlessly above the target itself.
 */
export function thresholdFor(
  outcomes: readonly Outcome[],
  target = TARGET_PRECISION,
  z = Z,
): number | undefined {
  const evidence = new Evidence(outcomes);
  if (evidence.from(Number.NEGATIVE_INFINITY).seen < MIN_OUTCOMES) return undefined;
  let threshold: number | undefined;
  for (const score of evidence.scores) {
    if (score < MIN_APPLIED) break;
    const { right, seen } = evidence.from(score);
    if (lowerBound(right, seen, z) >= target) threshold = score;
  }
  if (threshold === undefined) return undefined;
  // Where all answers came out surer than the target asks, the least sure of them is no bound: nothing was seen below.
  const best = threshold;
  const below = evidence.scores.find((score) => score < best) ?? 0;
  return Math.min(best, Math.max(target, (below + best) / 2));
}

/** What becomes of an answer; undefined: nothing is said. */
export function decide(
  confidence: number,
  { applyFrom, suggestFrom }: Pick<Policy, 'applyFrom' | 'suggestFrom'>,
): 'applied' | 'suggested' | undefined {
  if (applyFrom !== undefined && confidence >= applyFrom) return 'applied';
  return confidence >= suggestFrom ? 'suggested' : undefined;
}
