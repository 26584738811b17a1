import type { Fact } from '../../domain/fact.js';

/**
 * Which attributes a product has follows from its category: while that waits for a person, so do they, but for
 * the fields that every product has, asked for only where that matters.
 */
export function waitForCategory(
  facts: readonly Fact[],
  everywhere: () => ReadonlySet<string>,
): readonly Fact[] {
  const unsure = facts.some(({ field, status }) => field === 'category' && status !== 'applied');
  if (!unsure) return facts;
  const spared = everywhere();
  return facts.map((fact) =>
    fact.status === 'applied' && !spared.has(fact.field) ? { ...fact, status: 'suggested' } : fact,
  );
}
