import { attributeField } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { FieldReport, ReviewOutcome } from '../enricher.js';
import { type Labels, sameValue } from '../features/labels.js';
import { BROADER, CATEGORY, type Proposal, type Proposals } from '../proposal.js';
import { addReviewOutcomes } from './addReviewOutcomes.js';
import { type Calibration, calibratedAnswer, IDENTITY, UNCALIBRATED } from './calibratedAnswer.js';
import { type CalibrationCurve, calibrationError, fitCurve, type Outcome } from './calibrationCurve.js';
import {
  type LearnedPolicy,
  lineageOf,
  type PrecisionTargets,
  policiesFor,
  SUGGEST_ONLY,
  thresholdIn,
} from './policies.js';

/**
 * Pseudo-count of the prior curve for categories. Their scores are already probabilities, from weights fitted on
 * hold-out rows, and more reliable than a bin of a few outcomes.
 */
const CATEGORY_PRIOR_WEIGHT = 60;

/** What was proposed for a hold-out row with its values masked, and what those values were. */
export interface HoldoutRow {
  readonly proposals: Proposals;
  readonly labels: Labels;
  /** Id of the category that its attributes were proposed under, if not the proposed one. */
  readonly givenCategory?: string | undefined;
}

/**
 * Learns from hold-out rows the calibration curve of each method, the curve of the reconciled answers, and each field's
 * thresholds; review outcomes move thresholds only. Curves of methods and fields with few outcomes are shrunk towards
 * the broader curve: attribute, then method, then `UNCALIBRATED`.
 */
export function calibrate(
  rows: readonly HoldoutRow[],
  view: TaxonomyView,
  reviewed: readonly ReviewOutcome[] = [],
  targets: PrecisionTargets = {},
): { calibration: Calibration; fields: FieldReport[] } {
  const curves = fitCurves(rows, view);
  // Thresholds are compared with confidences of these very curves, so they are learned on them. A curve is shrunk and
  // never falls, and moves the order of few answers.
  const policies = policiesFor(
    addReviewOutcomes(answerOutcomes(rows, view, { curves }), reviewed, view),
    view,
    targets,
  );
  return {
    calibration: { curves, policies },
    fields: reportFields(rows, crossFitted(rows, view), policies, view),
  };
}

/** Each half of the rows, answered with the curves of the other, so that the report is unbiased. */
function crossFitted(rows: readonly HoldoutRow[], view: TaxonomyView): Map<string, Outcome[]> {
  const even = rows.filter((_, i) => i % 2 === 0);
  const odd = rows.filter((_, i) => i % 2 === 1);
  const crossed = answerOutcomes(odd, view, { curves: fitCurves(even, view) });
  for (const [field, outcomes] of answerOutcomes(even, view, { curves: fitCurves(odd, view) })) {
    for (const outcome of outcomes) push(crossed, field, outcome);
  }
  return crossed;
}

function fitCurves(rows: readonly HoldoutRow[], view: TaxonomyView): Map<string, CalibrationCurve> {
  const curves = new Map<string, CalibrationCurve>();
  fitBroadThenNarrow(methodOutcomes(rows, view), curves, UNCALIBRATED);
  const reconciled = answerOutcomes(rows, view, { curves });
  fitBroadThenNarrow(
    new Map([...reconciled].map(([field, outcomes]) => [`*|${field}`, outcomes])),
    curves,
    IDENTITY,
  );
  return curves;
}

/** `outcomes` by `broad|narrow`: fits a curve to all outcomes of each broad key, then shrinks each narrow curve towards it. */
function fitBroadThenNarrow(
  outcomes: ReadonlyMap<string, Outcome[]>,
  curves: Map<string, CalibrationCurve>,
  prior: CalibrationCurve,
): void {
  const broad = new Map<string, Outcome[]>();
  for (const [key, own] of outcomes) {
    const name = key.slice(0, key.indexOf('|'));
    // Categories and attributes are different tasks: their outcomes are not pooled.
    if (isOfCategory(key)) continue;
    broad.set(name, [...(broad.get(name) ?? []), ...own]);
  }
  for (const [name, own] of broad) curves.set(name, fitCurve(own, prior));
  for (const [key, own] of outcomes) {
    const name = key.slice(0, key.indexOf('|'));
    if (isOfCategory(key)) curves.set(key, fitCurve(own, IDENTITY, CATEGORY_PRIOR_WEIGHT));
    else curves.set(key, fitCurve(own, curves.get(name) ?? prior));
  }
}

function isOfCategory(key: string): boolean {
  return key.endsWith(`|${CATEGORY}`) || key.endsWith(`|${BROADER}`);
}

function methodOutcomes(rows: readonly HoldoutRow[], view: TaxonomyView): Map<string, Outcome[]> {
  const outcomes = new Map<string, Outcome[]>();
  for (const row of rows) {
    for (const [field, proposals] of row.proposals) {
      for (const proposal of proposals) {
        for (const right of areRight(row, field, proposal, view))
          push(outcomes, `${proposal.method}|${field}`, { score: proposal.score, right });
      }
    }
  }
  return outcomes;
}

function answerOutcomes(
  rows: readonly HoldoutRow[],
  view: TaxonomyView,
  calibration: Pick<Calibration, 'curves'>,
): Map<string, Outcome[]> {
  const outcomes = new Map<string, Outcome[]>();
  for (const row of rows) {
    for (const [field, proposals] of row.proposals) {
      const best = calibratedAnswer(calibration, field, proposals);
      if (best === undefined) continue;
      for (const right of areRight(row, field, best.proposal, view))
        push(outcomes, field, {
          score: best.confidence,
          right,
          category: policyCategory(row, field, best.proposal),
        });
    }
  }
  return outcomes;
}

/** Id of the category whose policy applies. */
function policyCategory(
  { givenCategory, proposals }: HoldoutRow,
  field: string,
  { value }: Proposal,
): string | undefined {
  if (field === CATEGORY || field === BROADER) return String(value);
  const found = givenCategory ?? proposals.get(CATEGORY)?.[0]?.value;
  return found === undefined ? undefined : String(found);
}

/** For each proposed value, whether the merchant gave it; empty if the row has no label for the field. */
function areRight(row: HoldoutRow, field: string, { value }: Proposal, view: TaxonomyView): boolean[] {
  if (field === CATEGORY) {
    const { category } = row.labels;
    return category === undefined ? [] : [category === value];
  }
  if (field === BROADER) {
    const { category } = row.labels;
    if (category === undefined) return [];
    return [category === value || view.ancestors(category).some(({ id }) => id === value)];
  }
  const given = [value].flat();
  const truth = row.labels.values.get(field);
  const attribute = view.attribute(field);
  if (attribute === undefined) return [];
  if (truth === undefined) return row.labels.explicitlyEmpty.has(field) ? given.map(() => false) : [];
  const wanted = [truth].flat();
  return given.map((one) => wanted.some((other) => sameValue(attribute, other, one)));
}

function reportFields(
  rows: readonly HoldoutRow[],
  outcomes: ReadonlyMap<string, Outcome[]>,
  policies: ReadonlyMap<string, LearnedPolicy>,
  view: TaxonomyView,
): FieldReport[] {
  const truths = new Map<string, number>();
  for (const { labels } of rows) {
    for (const field of labels.values.keys()) truths.set(field, (truths.get(field) ?? 0) + 1);
    if (labels.category !== undefined) truths.set(CATEGORY, (truths.get(CATEGORY) ?? 0) + 1);
  }
  return [...truths].map(([field, heldOut]) => {
    const own = outcomes.get(field) ?? [];
    const policy = policies.get(field) ?? policies.get('*') ?? SUGGEST_ONLY;
    const applied = own.filter(({ score, category }) => {
      const from = thresholdIn(policy, lineageOf(view, category));
      return from !== undefined && score >= from;
    });
    return {
      field: field === CATEGORY ? 'category' : attributeField(field),
      heldOut,
      answered: own.length,
      right: own.filter(({ right }) => right).length,
      threshold: policy.applyFrom,
      ownThresholds: policy.byCategory.size,
      waiting: policies.get(field)?.waiting,
      applied: applied.length,
      appliedRight: applied.filter(({ right }) => right).length,
      calibrationError: calibrationError(own),
    };
  });
}

function push(outcomes: Map<string, Outcome[]>, key: string, outcome: Outcome): void {
  const own = outcomes.get(key);
  if (own === undefined) outcomes.set(key, [outcome]);
  else own.push(outcome);
}
