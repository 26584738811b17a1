import { attributeName } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Decided } from '../enrich.js';
import { CATEGORY } from '../propose/proposal.js';
import type { Outcome } from './curve.js';

/** How far the products of one decision go together: one over the examples that a group is shown with. */
const TOGETHER = 0.2;

/**
 * Held-out outcomes by field with what people decided beside them: a value that was accepted was right, one that
 * was rejected or corrected was wrong, at the confidence that it was shown with. The given outcomes are left alone.
 */
export function addReviewOutcomes(
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  decided: readonly Decided[],
  view: TaxonomyView,
): Map<string, Outcome[]> {
  const all = new Map([...outcomes].map(([field, some]) => [field, [...some]]));
  for (const { field, confidence, right, category, settled = 1 } of decided) {
    const name = attributeName(field);
    const key = field === 'category' ? CATEGORY : view.attribute(name ?? field)?.id;
    if (key === undefined) continue;
    const outcome = {
      ...{ score: confidence, right, weight: weightOf(settled), decided: true },
      category: category === undefined ? undefined : view.find(category)?.id,
    };
    const some = all.get(key);
    if (some === undefined) all.set(key, [outcome]);
    else some.push(outcome);
  }
  return all;
}

/**
 * What one product of a decision about `settled` of them is worth. Who decides about a group looks at its value, its
 * reason and a few examples: the outcomes are one cluster, whose effective size is settled / (1 + (settled - 1) *
 * correlation) (Kish 1965): 1 for one product, 2.8 for five, never more than the five that were shown.
 */
export function weightOf(settled: number): number {
  return 1 / (1 + (settled - 1) * TOGETHER);
}
