import type { Fact } from '../../domain/fact.js';
import type { Policy } from './policies.js';
import type { CalibratedProposal } from './reconcile.js';

/** Whether an answer applies itself, waits for a person, or is withheld (undefined). */
export function decide(
  confidence: number,
  { applyFrom, suggestFrom }: Pick<Policy, 'applyFrom' | 'suggestFrom'>,
): 'applied' | 'suggested' | undefined {
  if (applyFrom !== undefined && confidence >= applyFrom) return 'applied';
  return confidence >= suggestFrom ? 'suggested' : undefined;
}

/** A leaf category below this confidence is one guess among several. Reviewing it costs more than it saves. */
const MIN_LEAF = 0.25;
/** A broader category replaces the leaf from this confidence on. */
const MIN_BROADER = 0.8;

/**
 * The category to suggest: the leaf, unless the leaf is a guess and the broader category is sure. A broader category
 * never applies itself. In the row it would look like the merchant's own category, and the leaf, which the next
 * learning may find, would no longer be filled.
 */
export function broaderCategory(
  leaf: CalibratedProposal,
  broader: CalibratedProposal | undefined,
): CalibratedProposal {
  if (broader === undefined || leaf.confidence >= MIN_LEAF || broader.confidence < MIN_BROADER) return leaf;
  return broader;
}

/**
 * Turns applied attributes into suggestions while the category itself is only suggested, because the category decides
 * which attributes a product has. Fields that every product has stay applied; `universalFields` is called only when
 * needed.
 */
export function waitForCategory(
  facts: readonly Fact[],
  universalFields: () => ReadonlySet<string>,
): readonly Fact[] {
  const isUndecided = facts.some(({ field, status }) => field === 'category' && status !== 'applied');
  if (!isUndecided) return facts;
  const universal = universalFields();
  return facts.map((fact) =>
    fact.status === 'applied' && !universal.has(fact.field) ? { ...fact, status: 'suggested' } : fact,
  );
}
