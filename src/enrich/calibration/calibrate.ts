import { attributeField } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Decided, FieldReport } from '../enrich.js';
import { type Labels, sameValue } from '../propose/labels.js';
import { BROADER, CATEGORY, type Proposal } from '../propose/proposal.js';
import type { Proposals } from '../propose/propose.js';
import { addReviewOutcomes } from './addReviewOutcomes.js';
import { AS_IT_IS, answer, applyFromIn, type Calibration, policyOf, UNTRIED } from './answer.js';
import { type Curve, calibrationError, fitCurve, type Outcome } from './curve.js';
import { lineageOf } from './lineage.js';
import { policiesFor } from './policies.js';
import type { Targets } from './targets.js';

/**
 * A category's scores are probabilities already, whose mixture held-out rows have weighed: a bin of a few outcomes
 * knows less than they do.
 */
const PROBABILITIES_WEIGHT = 60;

/** What was proposed for a row that did not teach, with its values taken away, and what they were. */
export interface HeldOutRow {
  readonly proposals: Proposals;
  readonly labels: Labels;
  /** Id of the category that its attributes were asked under, where that was not the one found. */
  readonly asked?: string | undefined;
}

/**
 * Learns from held-out rows how sure each method is, how sure their reconciled answers are, and from
 * where on each field's answers may apply themselves. Methods and fields with few outcomes follow the
 * broader ones: attribute, then method, then none.
 */
export function calibrate(
  rows: readonly HeldOutRow[],
  view: TaxonomyView,
  decided: readonly Decided[] = [],
  targets: Targets = {},
): { calibration: Calibration; fields: FieldReport[] } {
  // Thresholds and the report are taken where the curves were not: each half is answered by the other's.
  const even = rows.filter((_, i) => i % 2 === 0);
  const odd = rows.filter((_, i) => i % 2 === 1);
  const crossed = answerOutcomes(odd, view, { curves: fitCurves(even, view) });
  for (const [field, outcomes] of answerOutcomes(even, view, { curves: fitCurves(odd, view) })) {
    for (const outcome of outcomes) push(crossed, field, outcome);
  }
  const policies = policiesFor(addReviewOutcomes(crossed, decided, view), view, targets);
  return {
    calibration: { curves: fitCurves(rows, view), policies },
    fields: reportFields(rows, crossed, { policies }, view),
  };
}

function fitCurves(rows: readonly HeldOutRow[], view: TaxonomyView): Map<string, Curve> {
  const curves = new Map<string, Curve>();
  fitBroadThenNarrow(methodOutcomes(rows, view), curves, UNTRIED);
  const reconciled = answerOutcomes(rows, view, { curves });
  fitBroadThenNarrow(
    new Map([...reconciled].map(([field, outcomes]) => [`*|${field}`, outcomes])),
    curves,
    AS_IT_IS,
  );
  return curves;
}

/** `outcomes` by `broad|narrow`: one curve for each broad key over all of its outcomes, then each narrow one drawn to it. */
function fitBroadThenNarrow(
  outcomes: ReadonlyMap<string, Outcome[]>,
  curves: Map<string, Curve>,
  prior: Curve,
): void {
  const broad = new Map<string, Outcome[]>();
  for (const [key, some] of outcomes) {
    const name = key.slice(0, key.indexOf('|'));
    // The category is a different question from all attributes: it neither lends nor borrows.
    if (isOfCategory(key)) continue;
    broad.set(name, [...(broad.get(name) ?? []), ...some]);
  }
  for (const [name, some] of broad) curves.set(name, fitCurve(some, prior));
  for (const [key, some] of outcomes) {
    const name = key.slice(0, key.indexOf('|'));
    if (isOfCategory(key)) curves.set(key, fitCurve(some, AS_IT_IS, PROBABILITIES_WEIGHT));
    else curves.set(key, fitCurve(some, curves.get(name) ?? prior));
  }
}

function isOfCategory(key: string): boolean {
  return key.endsWith(`|${CATEGORY}`) || key.endsWith(`|${BROADER}`);
}

function methodOutcomes(rows: readonly HeldOutRow[], view: TaxonomyView): Map<string, Outcome[]> {
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
  rows: readonly HeldOutRow[],
  view: TaxonomyView,
  calibration: Pick<Calibration, 'curves'>,
): Map<string, Outcome[]> {
  const outcomes = new Map<string, Outcome[]>();
  for (const row of rows) {
    for (const [field, proposals] of row.proposals) {
      const best = answer(calibration, field, proposals);
      if (best === undefined) continue;
      for (const right of areRight(row, field, best.proposal, view))
        push(outcomes, field, { score: best.confidence, right, category: cellOf(row, field, best.proposal) });
    }
  }
  return outcomes;
}

/** The category whose policy it falls under. */
function cellOf({ asked, proposals }: HeldOutRow, field: string, { value }: Proposal): string | undefined {
  if (field === CATEGORY || field === BROADER) return String(value);
  const found = asked ?? proposals.get(CATEGORY)?.[0]?.value;
  return found === undefined ? undefined : String(found);
}

/** Of each value of a proposal, whether it is one that the merchant says; none where the merchant says nothing of it. */
function areRight(row: HeldOutRow, field: string, { value }: Proposal, view: TaxonomyView): boolean[] {
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
  if (truth === undefined) return row.labels.silent.has(field) ? given.map(() => false) : [];
  const wanted = [truth].flat();
  return given.map((one) => wanted.some((other) => sameValue(attribute, other, one)));
}

function reportFields(
  rows: readonly HeldOutRow[],
  outcomes: ReadonlyMap<string, Outcome[]>,
  calibration: Pick<Calibration, 'policies'>,
  view: TaxonomyView,
): FieldReport[] {
  const truths = new Map<string, number>();
  for (const { labels } of rows) {
    for (const field of labels.values.keys()) truths.set(field, (truths.get(field) ?? 0) + 1);
    if (labels.category !== undefined) truths.set(CATEGORY, (truths.get(CATEGORY) ?? 0) + 1);
  }
  return [...truths].map(([field, heldOut]) => {
    const some = outcomes.get(field) ?? [];
    const policy = policyOf(calibration, field);
    const applied = some.filter(({ score, category }) => {
      const from = applyFromIn(policy, lineageOf(view, category));
      return from !== undefined && score >= from;
    });
    return {
      field: field === CATEGORY ? 'category' : attributeField(field),
      heldOut,
      answered: some.length,
      right: some.filter(({ right }) => right).length,
      threshold: policy.applyFrom,
      ownThresholds: policy.byCategory.size,
      applied: applied.length,
      appliedRight: applied.filter(({ right }) => right).length,
      calibrationError: calibrationError(some),
    };
  });
}

function push(outcomes: Map<string, Outcome[]>, key: string, outcome: Outcome): void {
  const some = outcomes.get(key);
  if (some === undefined) outcomes.set(key, [outcome]);
  else some.push(outcome);
}
