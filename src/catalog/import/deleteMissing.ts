import { UserError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { eraseProduct } from '../writeProduct.js';

const BATCH = 1000;

export interface Missing {
  /** Ids in the file of the whole catalog. */
  readonly named: ReadonlySet<string>;
  /** The newest change when reading the file started; products written since are newer than the file. */
  readonly began: number;
  /** The largest share of the catalog that may be deleted. */
  readonly maxShare: number;
  /** Called in the transaction of each batch with the number deleted so far. */
  readonly onDeleted: (count: number) => void;
}

/** Ids of stored products that a file of the whole catalog does not contain, ascending. */
export function missingIds(
  store: Store,
  named: ReadonlySet<string>,
  newer: ReadonlySet<string> = new Set(),
): string[] {
  return [...store.products.eachId()].filter((id) => !named.has(id) && !newer.has(id));
}

/**
 * Deletes the products that a full import's file does not contain.
 * @throws UserError, before anything is deleted, if they are more than the shrink guard allows.
 */
export function deleteMissing(store: Store, { named, began, maxShare, onDeleted }: Missing): void {
  const seen = store.changes.last();
  const newer = store.changes.writtenSince(began);
  const missing = missingIds(store, named, newer);
  const before = store.products.count();
  if (missing.length > maxShare * before) {
    throw new UserError(
      `The full import would delete ${missing.length} of ${before} products, more than ${Math.round(maxShare * 1000) / 10} %: nothing was deleted. Check that the file is complete, or repeat with --allow-shrink (over HTTP: allow_shrink).`,
    );
  }
  let count = 0;
  for (let from = 0; from < missing.length; from += BATCH) {
    store.transaction(() => {
      const meanwhile = store.changes.writtenSince(seen);
      for (const id of missing.slice(from, from + BATCH)) {
        if (!meanwhile.has(id) && eraseProduct(store, id)) count++;
      }
      onDeleted(count);
    });
  }
}
