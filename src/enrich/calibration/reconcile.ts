import { type Proposal, valueKey } from '../proposal.js';

/** A proposal with its calibrated confidence. */
export interface CalibratedProposal {
  readonly proposal: Proposal;
  /** Between 0 and 1. */
  readonly confidence: number;
}

/** How many other values a wrong method could have proposed. */
const ALTERNATIVES = 4;
/** Keeps probabilities off 0 and 1. */
const MIN_PROBABILITY = 0.01;

/**
 * Combines all proposals for a field into one answer (naive Bayes). Each method is a witness: it names the true value
 * with its calibrated confidence, and each other value with an equal share of the rest. Agreement raises the
 * confidence, disagreement lowers it. The witnesses read the same title, so the result is overconfident; the caller
 * calibrates it again. Undefined without proposals.
 */
export function reconcile(candidates: readonly CalibratedProposal[]): CalibratedProposal | undefined {
  const [only] = candidates;
  if (candidates.length <= 1 || only === undefined) return only;
  const keys = candidates.map(({ proposal }) => valueKey(proposal.value));
  let total = 0;
  let best: { key: string; likelihood: number } | undefined;
  let none = 1;
  for (const { confidence } of candidates) none *= (1 - clamped(confidence)) / ALTERNATIVES;
  for (const key of new Set(keys)) {
    let likelihood = 1;
    for (const [i, { confidence }] of candidates.entries()) {
      likelihood *= keys[i] === key ? clamped(confidence) : (1 - clamped(confidence)) / ALTERNATIVES;
    }
    total += likelihood;
    if (best === undefined || likelihood > best.likelihood) best = { key, likelihood };
  }
  if (best === undefined) return undefined;
  const { key, likelihood } = best;
  const agreeing = candidates.filter((_, i) => keys[i] === key);
  const representative =
    agreeing.find(quotesValue) ??
    agreeing.reduce((one, other) => (other.confidence > one.confidence ? other : one));
  return { proposal: representative.proposal, confidence: likelihood / (total + none * ALTERNATIVES) };
}

/** Of agreeing methods, the one whose evidence is the value itself explains best. */
function quotesValue({ proposal, confidence }: CalibratedProposal): boolean {
  return (proposal.method === 'lookup' || proposal.method === 'measure') && confidence >= 0.5;
}

function clamped(confidence: number): number {
  return Math.min(1 - MIN_PROBABILITY, Math.max(MIN_PROBABILITY, confidence));
}
