import type { Product } from '../domain/product.js';
import type { Store } from '../store/open.js';
import type { Upserted } from '../store/products.js';
import { quotesExactly } from './quotesExactly.js';

/**
 * Upserts one product. Where its text changed, what the enricher said of the old text goes: its spans would
 * quote words that are no longer there. What a person decided stays, by that person's word. Call inside a transaction.
 */
export function writeProduct(store: Store, product: Product): Upserted {
  const outcome = store.products.upsert(product);
  if (outcome === 'content') {
    store.facts.forget(product.id);
    restOnTheDecision(store, product);
  }
  return outcome;
}

function restOnTheDecision(store: Store, product: Product): void {
  for (const fact of store.facts.reviewed(product.id)) {
    const by = fact.decision === null ? undefined : store.decisions.get(fact.decision)?.by;
    if (fact.decision === null || by === undefined || quotesExactly(product, fact.evidence)) continue;
    store.facts.remove(product.id, fact.field, fact.value);
    store.facts.add(product.id, { ...fact, evidence: { decision: fact.decision, by } });
  }
}

/** Deletes a product with everything known of it. Call inside a transaction. */
export function eraseProduct(store: Store, id: string): boolean {
  store.facts.delete(id);
  return store.products.delete(id);
}
