import type { Product } from '../domain/product.js';
import type { Store } from '../store/open.js';
import type { Upserted } from '../store/products.js';

/**
 * Upserts one product. Where its text changed, what the enricher said of the old text goes: its spans would
 * quote words that are no longer there. Call inside a transaction.
 */
export function writeProduct(store: Store, product: Product): Upserted {
  const outcome = store.products.upsert(product);
  if (outcome === 'content') store.facts.forget(product.id);
  return outcome;
}

/** Deletes a product with everything known of it. Call inside a transaction. */
export function eraseProduct(store: Store, id: string): boolean {
  store.facts.delete(id);
  return store.products.delete(id);
}
