import { type Fact, isShown } from '../../domain/fact.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { KnownProduct } from './decideSplit.js';
import { type MigratedFact, type MigrationContext, migrateFact } from './migrateFact.js';

/** A fact before and after. `joined`: another fact has the same field or value now. `given`: the merchant fills the new field. */
export interface FactChange<Kept extends Fact> {
  readonly kind: MigratedFact['kind'] | 'joined' | 'given';
  readonly what: string;
  readonly before: Kept;
  readonly after: Fact | undefined;
}

/**
 * Migrates the facts of one product, in the given order. Facts of a version other than `version` are unchanged. If two
 * facts collide, a reviewer's fact takes precedence over the model's, then an applied fact, then the more confident one,
 * then the first by its old field.
 */
export function migrateProduct<Kept extends Fact & { readonly taxonomy: string }>(
  product: Product,
  facts: readonly Kept[],
  version: string,
  versions: MigrationContext,
): FactChange<Kept>[] {
  const known = new KnownProduct(product, facts, versions.old);
  const changes = facts.map((before): FactChange<Kept> => {
    if (before.taxonomy !== version) return { kind: 'kept', what: '', before, after: before };
    const { kind, what, fact } = migrateFact(before, known, versions);
    if (fact !== undefined && fact.field !== before.field && fieldValue(product, fact.field) !== undefined)
      return { kind: 'given', what, before, after: undefined };
    return { kind, what, before, after: fact };
  });
  const taken = new Set<string>();
  const joined = new Set<FactChange<Kept>>();
  for (const change of [...changes].sort(precedence)) {
    if (change.after === undefined) continue;
    const places = placesOf(change.after);
    if (places.some((place) => taken.has(place))) joined.add(change);
    else for (const place of places) taken.add(place);
  }
  return changes.map((change) =>
    joined.has(change) ? { ...change, kind: 'joined', after: undefined } : change,
  );
}

/** Keys that only one fact can have: a field has each value once, and one applied or suggested value. */
function placesOf(fact: Fact): string[] {
  const place = JSON.stringify([fact.field, fact.value]);
  return isShown(fact) ? [place, JSON.stringify([fact.field])] : [place];
}

const STATUSES: readonly Fact['status'][] = ['applied', 'suggested', 'rejected', 'superseded'];

function precedence({ before: a }: FactChange<Fact>, { before: b }: FactChange<Fact>): number {
  return (
    Number(b.source !== 'model') - Number(a.source !== 'model') ||
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    b.confidence - a.confidence ||
    (`${a.field} ${JSON.stringify(a.value)}` < `${b.field} ${JSON.stringify(b.value)}` ? -1 : 1)
  );
}
