import { attributeName } from '../../domain/field.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Decided } from '../enrich.js';
import { CATEGORY } from '../propose/proposal.js';
import type { Outcome } from './curve.js';

/**
 * Held-out outcomes by field with what people decided beside them: a value that was accepted was right, one that
 * was rejected or corrected was wrong, at the confidence that it was shown with. The given outcomes are left alone.
 */
export function withDecisions(
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  decided: readonly Decided[],
  view: TaxonomyView,
): Map<string, Outcome[]> {
  const all = new Map([...outcomes].map(([field, some]) => [field, [...some]]));
  for (const { field, confidence, right } of decided) {
    const name = attributeName(field);
    const key = field === 'category' ? CATEGORY : view.attribute(name ?? field)?.id;
    if (key === undefined) continue;
    const some = all.get(key);
    if (some === undefined) all.set(key, [{ score: confidence, right }]);
    else some.push({ score: confidence, right });
  }
  return all;
}
