import type { TaxonomyView } from '../../taxonomy/view.js';
import { BROADER, CATEGORY } from '../propose/proposal.js';
import type { Outcome } from './curve.js';
import { MIN_SUGGESTED, type Policy } from './decide.js';
import { lineageOf } from './lineage.js';
import { type Targets, targetOf } from './targets.js';
import { thresholdsByCategory } from './thresholds.js';

/** Attributes with fewer outcomes than this share their thresholds. */
const MIN_FOR_OWN = 60;

/**
 * What applies itself, by field, and within each by category; under `*` of the attributes that are too rare for a
 * policy of their own.
 */
export function policiesFor(
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  view: TaxonomyView,
  targets: Targets = {},
): Map<string, Policy> {
  const lineage = (id: string): readonly string[] => lineageOf(view, id);
  const targeted = [...(targets.categories?.keys() ?? [])].filter((id) => lineage(id).length > 0);
  const policyFor = (field: string, some: readonly Outcome[]): Policy => ({
    ...thresholdsByCategory(some, lineage, (levels) => targetOf(targets, field, levels), targeted),
    suggestFrom: field === CATEGORY ? 0 : MIN_SUGGESTED,
  });
  const policies = new Map<string, Policy>();
  const pooled: Outcome[] = [];
  for (const [field, some] of outcomes) {
    if (field === BROADER) continue;
    if (field !== CATEGORY) pooled.push(...some);
    if (field === CATEGORY || some.length >= MIN_FOR_OWN) policies.set(field, policyFor(field, some));
  }
  policies.set('*', policyFor('*', pooled));
  // A target of its own holds for a rare attribute too, by what is known of the others.
  for (const field of targets.fields?.keys() ?? [])
    if (!policies.has(field)) policies.set(field, policyFor(field, field === CATEGORY ? [] : pooled));
  if (!policies.has(CATEGORY)) policies.set(CATEGORY, policyFor(CATEGORY, []));
  return policies;
}
