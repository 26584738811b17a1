import type { Proposal } from '../propose/proposal.js';
import { type Curve, readCurve } from './curve.js';
import { MIN_SUGGESTED, type Policy } from './decide.js';
import { reconcile, type Weighed } from './reconcile.js';

/** What was learned about how far proposals and answers can be trusted. */
export interface Calibration {
  /** By `method`, by `method|field` and, for reconciled answers, by `*` and `*|field`. */
  readonly curves: ReadonlyMap<string, Curve>;
  /** By field; `*` for attributes without one of their own. */
  readonly policies: ReadonlyMap<string, Policy>;
}

/** Where nothing was held out: a method's own score, with a grain of salt. */
export const UNTRIED: Curve = { x: [0, 1], y: [0, 0.9] };
/** A reconciled answer's confidence as it is. */
export const AS_IT_IS: Curve = { x: [0, 1], y: [0, 1] };
const NO_POLICY: Policy = { applyFrom: undefined, suggestFrom: MIN_SUGGESTED, byCategory: new Map() };

/** A proposal's calibrated confidence, from its attribute's curve or else its method's. */
function weigh(calibration: Pick<Calibration, 'curves'>, field: string, proposal: Proposal): Weighed {
  const { curves } = calibration;
  const curve = curves.get(`${proposal.method}|${field}`) ?? curves.get(proposal.method) ?? UNTRIED;
  return { proposal, confidence: readCurve(curve, proposal.score) };
}

/** One answer of all proposals for a field, with its final confidence; undefined without proposals. */
export function answer(
  calibration: Pick<Calibration, 'curves'>,
  field: string,
  proposals: readonly Proposal[],
): Weighed | undefined {
  const best = reconcile(proposals.map((proposal) => weigh(calibration, field, proposal)));
  if (best === undefined) return undefined;
  const { curves } = calibration;
  const curve = curves.get(`*|${field}`) ?? curves.get('*') ?? AS_IT_IS;
  return { proposal: best.proposal, confidence: readCurve(curve, best.confidence) };
}

/**
 * What is left of an answer's confidence on a real blank. Curves and thresholds are learned on rows that the
 * merchant filled, which are rows that have the attribute; of blanks, some are blank by nature.
 */
export function onBlank({ proposal, confidence }: Weighed): number {
  return confidence * (proposal.applies ?? 1);
}

export function policyOf(calibration: Pick<Calibration, 'policies'>, field: string): Policy {
  return calibration.policies.get(field) ?? calibration.policies.get('*') ?? NO_POLICY;
}

/** From which confidence on it applies itself in a category, whose ids are given from the narrowest to the broadest. */
export function applyFromIn(
  { applyFrom, byCategory }: Policy,
  lineage: readonly string[],
): number | undefined {
  const nearest = lineage.find((id) => byCategory.has(id));
  return nearest === undefined ? applyFrom : byCategory.get(nearest);
}
