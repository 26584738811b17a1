import type { Product } from '../../domain/product.js';
import { statusOf } from '../../domain/productStatus.js';
import type { StoredFact } from '../../store/facts.js';
import type { Store } from '../../store/open.js';
import { eraseProduct } from '../writeProduct.js';
import { batches, type ChangeOptions, type ValueChanges, writeValues } from './changeValues.js';

/** Archived products stay in the store, and searches no longer find them. */
export const REMOVALS = ['archive', 'delete'] as const;

export interface RemoveOptions extends ChangeOptions {
  readonly how: (typeof REMOVALS)[number];
}

/** In a run, the whole product instead of a field of it. */
const WHOLE = '';

interface Erased {
  readonly product: Product;
  readonly facts: readonly StoredFact[];
}

/**
 * Archives or deletes products, as a run that `undoSpellings` undoes. Products that are gone or archived already are
 * left out. An interrupted run has removed some products, and can be undone too.
 */
export async function removeProducts(
  store: Store,
  ids: readonly string[],
  { how, preview, by }: RemoveOptions,
): Promise<ValueChanges> {
  let run: number | null = null;
  let products = 0;
  const found = (id: string): Product | undefined => {
    const product = store.products.original(id);
    return how === 'archive' && product !== undefined && statusOf(product) === 'archived'
      ? undefined
      : product;
  };
  for await (const batch of batches(new Set(ids))) {
    if (preview) {
      products += batch.filter((id) => found(id) !== undefined).length;
      continue;
    }
    await store.transactionAsync(() => {
      for (const id of batch) {
        const product = found(id);
        if (product === undefined) continue;
        run ??= store.spellingRuns.start(by);
        products++;
        if (how === 'archive') archive(store, run, product);
        else erase(store, run, product);
      }
    });
  }
  return { products, values: products, run };
}

function archive(store: Store, run: number, product: Product): void {
  store.spellingRuns.add(run, {
    ...{ product_id: product.id, field: 'status' },
    ...{ before: JSON.stringify(product.status ?? null), after: JSON.stringify('archived') },
  });
  writeValues(store, { ...product, status: 'archived' });
}

function erase(store: Store, run: number, product: Product): void {
  const erased: Erased = { product, facts: store.facts.stored(product.id) };
  store.spellingRuns.add(run, {
    ...{ product_id: product.id, field: WHOLE },
    ...{ before: JSON.stringify(erased), after: JSON.stringify(null) },
  });
  eraseProduct(store, product.id);
}

/** Whether a change of a run deleted its product. */
export function isErasure({ field }: { readonly field: string }): boolean {
  return field === WHOLE;
}

/** Brings back a deleted product with its facts; false if there is one of that id again. Call inside a transaction. */
export function restoreErased(store: Store, before: string): boolean {
  const { product, facts }: Erased = JSON.parse(before);
  if (store.products.has(product.id)) return false;
  store.products.upsert(product);
  for (const fact of facts) store.facts.add(product.id, fact);
  return true;
}
