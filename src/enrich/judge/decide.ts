import type { Outcome } from './curve.js';

/** From which confidence on a field's values apply themselves; undefined: none does. */
export interface Policy {
  readonly applyFrom: number | undefined;
  readonly suggestFrom: number;
}

const TARGET_PRECISION = 0.95;
/** Held-out answers without which a field has not earned to apply anything by itself. */
const LEAST_OUTCOMES = 40;
/** A single value less sure than this is never written unasked, however good its field is on the whole. */
const LEAST_APPLIED = 0.7;
export const LEAST_SUGGESTED = 0.4;
/** One-sided 95 %. Stricter bounds left whole fields waiting whose values were right 97 times in 100. */
const Z = 1.645;

/** Lower bound of a share seen as `right` of `seen` (Wilson 1927, one-sided, z = 1.645). */
export function lowerBound(right: number, seen: number): number {
  if (seen === 0) return 0;
  const share = right / seen;
  const square = Z * Z;
  const centre = share + square / (2 * seen);
  const spread = Z * Math.sqrt((share * (1 - share)) / seen + square / (4 * seen * seen));
  return (centre - spread) / (1 + square / seen);
}

/**
 * The lowest confidence from which on the held-out answers (`score` is their confidence) are right often
 * enough that the lower bound of their precision meets the target; undefined if there is none. Never needlessly
 * above the target itself.
 */
export function thresholdFor(outcomes: readonly Outcome[], target = TARGET_PRECISION): number | undefined {
  if (outcomes.length < LEAST_OUTCOMES) return undefined;
  const sorted = [...outcomes].sort((a, b) => b.score - a.score);
  let right = 0;
  let threshold: number | undefined;
  for (const [i, outcome] of sorted.entries()) {
    if (outcome.right) right++;
    const next = sorted[i + 1];
    if (next !== undefined && next.score === outcome.score) continue;
    if (outcome.score < LEAST_APPLIED) break;
    if (lowerBound(right, i + 1) >= target) threshold = outcome.score;
  }
  if (threshold === undefined) return undefined;
  // Where all answers came out surer than the target asks, the least sure of them is no bound: nothing was seen below.
  const best = threshold;
  const below = sorted.find(({ score }) => score < best)?.score ?? 0;
  return Math.min(best, Math.max(target, (below + best) / 2));
}

/** What becomes of an answer; undefined: nothing is said. */
export function decide(confidence: number, policy: Policy): 'applied' | 'suggested' | undefined {
  if (policy.applyFrom !== undefined && confidence >= policy.applyFrom) return 'applied';
  return confidence >= policy.suggestFrom ? 'suggested' : undefined;
}
