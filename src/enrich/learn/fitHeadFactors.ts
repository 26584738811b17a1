import { maybeAccessory } from '../propose/titleHeads.js';

/** The score of a proposed category, its situation (see `headSituation`), and whether it was right. */
export interface HeadOutcome {
  readonly situation: string;
  readonly score: number;
  readonly right: boolean;
}

/** Factors before any outcome was seen, for titles whose head is not the category's although another noun is. */
const PRIOR_FACTOR = 0.5;
/** Pseudo-count: how many sure answers the prior factor counts for. */
const PRIOR_WEIGHT = 4;

/**
 * By situation in which a title may be an accessory's, what the scores of categories have to be multiplied by to be as many
 * as the right answers; at most 1.
 */
export function fitHeadFactors(outcomes: readonly HeadOutcome[]): Map<string, number> {
  const tallies = new Map<string, { expected: number; right: number }>();
  for (const { situation, score, right } of outcomes) {
    const tally = tallies.get(situation) ?? { expected: 0, right: 0 };
    tallies.set(situation, tally);
    tally.expected += score;
    if (right) tally.right++;
  }
  const factors = new Map<string, number>();
  for (const [situation, { expected, right }] of tallies) {
    if (!maybeAccessory(situation)) continue;
    factors.set(situation, Math.min(1, (right + PRIOR_WEIGHT * PRIOR_FACTOR) / (expected + PRIOR_WEIGHT)));
  }
  return factors;
}
