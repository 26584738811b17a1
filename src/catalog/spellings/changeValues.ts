import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { readableProduct } from '../../domain/readableProduct.js';
import type { Store } from '../../store/open.js';
import { quotesExactly } from '../quotesExactly.js';
import { type FieldChange, withChanges } from './respell.js';

export interface ChangeOptions {
  /** Whether only to count. */
  readonly preview: boolean;
  /** Who changes the values, for the list of runs. */
  readonly by: string;
}

export interface ValueChanges {
  /** Products and values that change, or would change in a preview. */
  readonly products: number;
  readonly values: number;
  /** The number of the run, to undo it; null for a preview and where nothing changed. */
  readonly run: number | null;
}

/** Products read or written between two pauses, so that a service answers meanwhile. */
const BATCH = 200;

/**
 * Changes values of the store's products in bulk, as a run that can be undone. An interrupted run has changed some
 * products, and can be undone too.
 * @param among the products to look at; default: all
 */
export async function changeValues(
  store: Store,
  changesOf: (product: Product) => FieldChange[],
  { preview, by }: ChangeOptions,
  among: Iterable<Product> = store.products.each(BATCH),
): Promise<ValueChanges> {
  let run: number | null = null;
  let products = 0;
  let values = 0;
  for await (const batch of batches(among)) {
    const changed = batch.map((product) => changesOf(product)).filter((changes) => changes.length > 0);
    if (changed.length === 0) continue;
    if (preview) {
      products += changed.length;
      values += changed.flat().length;
      continue;
    }
    await store.transactionAsync(() => {
      run ??= store.spellingRuns.start(by);
      for (const { id } of batch) {
        // Read again: the product may have been written meanwhile.
        const original = store.products.original(id);
        const changes = original === undefined ? [] : changesOf(readableProduct(original));
        if (original === undefined || changes.length === 0) continue;
        // The other fields keep their markup.
        writeValues(store, withChanges(original, changes));
        for (const { field, before, after } of changes)
          store.spellingRuns.add(run, {
            ...{ product_id: id, field },
            ...{
              before: JSON.stringify(fieldValue(original, field) ?? before),
              after: JSON.stringify(after),
            },
          });
        products++;
        values += changes.length;
      }
    });
  }
  return { products, values, run };
}

/** As `writeProduct`, but facts that still quote the product stay: only the spelling of other values changed. */
export function writeValues(store: Store, product: Product): void {
  store.products.upsert(product);
  const readable = readableProduct(product);
  for (const { field, value, source, evidence } of store.facts.get(product.id)) {
    if (source === 'model' && !quotesExactly(readable, evidence))
      store.facts.remove(product.id, field, value);
  }
}

export async function* batches<T>(all: Iterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    if (batch.push(one) < BATCH) continue;
    yield batch;
    batch = [];
    await new Promise(setImmediate);
  }
  if (batch.length > 0) yield batch;
}
