import { type Proposal, valueKey } from '../propose/proposal.js';

/** A proposal with what its method's calibration makes of its score. */
export interface Weighed {
  readonly proposal: Proposal;
  /** Between 0 and 1. */
  readonly confidence: number;
}

/** A method that is wrong could have said any of about so many other values. */
const ALTERNATIVES = 4;
const NEVER = 0.01;

/**
 * One answer out of what all methods say about a field. Each method is taken as a witness that names the
 * true value with its calibrated confidence and any other with the rest (naive Bayes over witnesses):
 * agreement raises, contradiction lowers. Witnesses read the same title, so the sum is too sure of
 * itself; a second calibration mends that. Undefined without proposals.
 */
export function reconcile(weighed: readonly Weighed[]): Weighed | undefined {
  const [only] = weighed;
  if (weighed.length <= 1 || only === undefined) return only;
  const keys = weighed.map(({ proposal }) => valueKey(proposal.value));
  let total = 0;
  let best: { key: string; likelihood: number } | undefined;
  let none = 1;
  for (const { confidence } of weighed) none *= (1 - bounded(confidence)) / ALTERNATIVES;
  for (const key of new Set(keys)) {
    let likelihood = 1;
    for (const [i, { confidence }] of weighed.entries()) {
      likelihood *= keys[i] === key ? bounded(confidence) : (1 - bounded(confidence)) / ALTERNATIVES;
    }
    total += likelihood;
    if (best === undefined || likelihood > best.likelihood) best = { key, likelihood };
  }
  if (best === undefined) return undefined;
  const { key, likelihood } = best;
  const agreed = weighed.filter((_, i) => keys[i] === key);
  const speaker =
    agreed.find(saysSo) ?? agreed.reduce((one, other) => (other.confidence > one.confidence ? other : one));
  return { proposal: speaker.proposal, confidence: likelihood / (total + none * ALTERNATIVES) };
}

/** Of methods that agree, the one whose evidence is the value itself explains best. */
function saysSo({ proposal, confidence }: Weighed): boolean {
  return (proposal.method === 'lookup' || proposal.method === 'measure') && confidence >= 0.5;
}

function bounded(confidence: number): number {
  return Math.min(1 - NEVER, Math.max(NEVER, confidence));
}
