import type { TaxonomyView } from '../../taxonomy/view.js';
import { BROADER, CATEGORY } from '../proposal.js';
import type { Outcome } from './calibrationCurve.js';
import { PrecisionLevel } from './precisionLevel.js';
import {
  type CategoryThresholds,
  TARGET_PRECISION,
  thresholdsByCategory,
  type Waiting,
} from './thresholds.js';

/** From which confidence a field's values apply themselves or are suggested. */
export interface Policy extends CategoryThresholds {
  readonly suggestFrom: number;
}

/** Below this confidence an attribute's value is not even suggested. */
const MIN_SUGGESTED = 0.4;

/** A field without a policy suggests and never applies. */
export const SUGGEST_ONLY: Policy = {
  applyFrom: undefined,
  suggestFrom: MIN_SUGGESTED,
  byCategory: new Map(),
};

/** The precision that a shop asks of applied values, where it differs from the default. */
export interface PrecisionTargets {
  /** Between 0 and 1; `TARGET_PRECISION` unless given. */
  readonly default?: number | undefined;
  /** By attribute id; the category's own under `CATEGORY`. */
  readonly fields?: ReadonlyMap<string, number> | undefined;
  /** By category id, for the category and its descendants without a target of their own. */
  readonly categories?: ReadonlyMap<string, number> | undefined;
}

export interface LearnedPolicy extends Policy {
  /** Why the field as a whole applies nothing; undefined if it applies something. */
  readonly waiting: Waiting | undefined;
}

/**
 * The policy of each field, by attribute id, learned from hold-out and review outcomes. Attributes lean on what was held
 * out for all of them together; `*` is the policy of those without any outcome. The category stands alone.
 */
export function policiesFor(
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  view: TaxonomyView,
  targets: PrecisionTargets = {},
): Map<string, LearnedPolicy> {
  const lineage = (id: string): readonly string[] => lineageOf(view, id);
  const also = [...(targets.categories?.keys() ?? [])].filter((id) => lineage(id).length > 0);
  const ofAttributes = [...outcomes].flatMap(([field, own]) =>
    field === CATEGORY || field === BROADER ? [] : own.filter(({ reviewed }) => reviewed !== true),
  );
  const attributes = new PrecisionLevel(ofAttributes, undefined);
  const policyFor = (field: string, own: readonly Outcome[], fields?: PrecisionLevel): LearnedPolicy => ({
    ...thresholdsByCategory(own, lineage, (levels) => targetPrecision(targets, field, levels), {
      also,
      fields,
    }),
    suggestFrom: field === CATEGORY ? 0 : MIN_SUGGESTED,
  });
  const policies = new Map([['*', policyFor('*', ofAttributes)]]);
  policies.set(CATEGORY, policyFor(CATEGORY, outcomes.get(CATEGORY) ?? []));
  // An attribute without outcomes has a policy of its own only if it has a target of its own.
  for (const field of new Set([...outcomes.keys(), ...(targets.fields?.keys() ?? [])])) {
    if (field !== CATEGORY && field !== BROADER)
      policies.set(field, policyFor(field, outcomes.get(field) ?? [], attributes));
  }
  return policies;
}

/**
 * The target precision of a field in a category; `lineage` is the category's id and its ancestors', narrowest first.
 * If both the field and the category have a target, the stricter one holds.
 */
export function targetPrecision(
  targets: PrecisionTargets,
  field: string,
  lineage: readonly string[],
): number {
  const ofField = targets.fields?.get(field);
  const nearest = lineage.find((id) => targets.categories?.has(id));
  const ofCategory = nearest === undefined ? undefined : targets.categories?.get(nearest);
  if (ofField !== undefined && ofCategory !== undefined) return Math.max(ofField, ofCategory);
  return ofField ?? ofCategory ?? targets.default ?? TARGET_PRECISION;
}

/** The confidence from which values apply themselves in a category; `lineage` as for `targetPrecision`. */
export function thresholdIn(
  { applyFrom, byCategory }: CategoryThresholds,
  lineage: readonly string[],
): number | undefined {
  const nearest = lineage.find((id) => byCategory.has(id));
  return nearest === undefined ? applyFrom : byCategory.get(nearest);
}

/** A category's id and its ancestors' ids, narrowest first; empty if the taxonomy does not know it. */
export function lineageOf(view: TaxonomyView, id: string | undefined): readonly string[] {
  if (id === undefined || view.category(id) === undefined) return [];
  return [
    id,
    ...view
      .ancestors(id)
      .map((ancestor) => ancestor.id)
      .toReversed(),
  ];
}
