import type { Proposal } from '../proposal.js';
import { applyCurve, type CalibrationCurve } from './calibrationCurve.js';
import { type Policy, SUGGEST_ONLY } from './policies.js';
import { type CalibratedProposal, reconcile } from './reconcile.js';

/** What was learned about the confidence of proposals and answers. */
export interface Calibration {
  /** By `method`, by `method|field` and, for reconciled answers, by `*` and `*|field`. */
  readonly curves: ReadonlyMap<string, CalibrationCurve>;
  /** By attribute id; `*` for attributes without a policy of their own. */
  readonly policies: ReadonlyMap<string, Policy>;
}

/** Without hold-out rows: the method's own score, reduced by a tenth. */
export const UNCALIBRATED: CalibrationCurve = { x: [0, 1], y: [0, 0.9] };
/** The score is the confidence. */
export const IDENTITY: CalibrationCurve = { x: [0, 1], y: [0, 1] };

/** Calibrates one proposal by the curve of its method and field, else by its method's. */
function calibrated(
  { curves }: Pick<Calibration, 'curves'>,
  field: string,
  proposal: Proposal,
): CalibratedProposal {
  const curve = curves.get(`${proposal.method}|${field}`) ?? curves.get(proposal.method) ?? UNCALIBRATED;
  return { proposal, confidence: applyCurve(curve, proposal.score) };
}

/**
 * The answer for a field: all proposals calibrated, reconciled into one, and calibrated again. Undefined without
 * proposals.
 */
export function calibratedAnswer(
  calibration: Pick<Calibration, 'curves'>,
  field: string,
  proposals: readonly Proposal[],
): CalibratedProposal | undefined {
  const best = reconcile(proposals.map((proposal) => calibrated(calibration, field, proposal)));
  if (best === undefined) return undefined;
  const { curves } = calibration;
  const curve = curves.get(`*|${field}`) ?? curves.get('*') ?? IDENTITY;
  return { proposal: best.proposal, confidence: applyCurve(curve, best.confidence) };
}

/**
 * The confidence of an answer for a blank cell. Curves and thresholds are learned on filled cells, whose products all
 * have the attribute. Some blank cells are blank because the product has no such attribute.
 */
export function confidenceOnBlank({ proposal, confidence }: CalibratedProposal): number {
  return confidence * (proposal.applicability ?? 1);
}

export function policyOf(calibration: Pick<Calibration, 'policies'>, field: string): Policy {
  return calibration.policies.get(field) ?? calibration.policies.get('*') ?? SUGGEST_ONLY;
}
