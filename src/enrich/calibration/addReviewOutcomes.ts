import { attributeName } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { ReviewOutcome } from '../enricher.js';
import { CATEGORY } from '../proposal.js';
import type { Outcome } from './calibrationCurve.js';

/** Correlation of the products that one decision settles: one over the number of examples shown with a group. */
const INTRACLASS_CORRELATION = 0.2;

/**
 * Hold-out outcomes with review outcomes added, by attribute id: an accepted value was right, a rejected or corrected
 * one wrong, at the confidence it was shown with. Does not change the given outcomes.
 */
export function addReviewOutcomes(
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  reviewed: readonly ReviewOutcome[],
  view: TaxonomyView,
): Map<string, Outcome[]> {
  const all = new Map([...outcomes].map(([field, own]) => [field, [...own]]));
  for (const { field, confidence, right, category, settled = 1 } of reviewed) {
    const name = attributeName(field);
    const key = field === 'category' ? CATEGORY : view.attribute(name ?? field)?.id;
    if (key === undefined) continue;
    const outcome = {
      ...{ score: confidence, right, weight: reviewWeight(settled), reviewed: true },
      category: category === undefined ? undefined : view.find(category)?.id,
    };
    const own = all.get(key);
    if (own === undefined) all.set(key, [outcome]);
    else own.push(outcome);
  }
  return all;
}

/**
 * The weight of one product in a decision about `settled` products. The reviewer of a group sees its value, its reason
 * and a few examples, so the group is one cluster. Its effective sample size is
 * settled / (1 + (settled - 1) * correlation) (Kish 1965): 1 for one product, 2.8 for five, always less than the five
 * that are shown.
 */
export function reviewWeight(settled: number): number {
  return 1 / (1 + (settled - 1) * INTRACLASS_CORRELATION);
}
