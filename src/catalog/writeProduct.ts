import type { Product } from '../domain/product.js';
import { readableProduct } from '../domain/readableProduct.js';
import type { Store } from '../store/open.js';
import type { Upserted } from '../store/products.js';
import { quotesExactly } from './quotesExactly.js';

/**
 * Upserts one product. Where its text changed, the enricher's facts about the old text are deleted, because their spans
 * would no longer quote it. A person's decisions stay, with the decision as evidence. Call inside a transaction.
 */
export function writeProduct(store: Store, product: Product): Upserted {
  const outcome = store.products.upsert(product);
  if (outcome === 'content') {
    store.facts.forget(product.id);
    replaceLostQuotes(store, readableProduct(product));
  }
  return outcome;
}

function replaceLostQuotes(store: Store, product: Product): void {
  for (const fact of store.facts.reviewed(product.id)) {
    const by = fact.decision === null ? undefined : store.decisions.get(fact.decision)?.by;
    if (fact.decision === null || by === undefined || quotesExactly(product, fact.evidence)) continue;
    store.facts.remove(product.id, fact.field, fact.value);
    store.facts.add(product.id, { ...fact, evidence: { decision: fact.decision, by } });
  }
}

/** Deletes a product with its facts; true if it existed. Call inside a transaction. */
export function eraseProduct(store: Store, id: string): boolean {
  store.facts.delete(id);
  return store.products.delete(id);
}
