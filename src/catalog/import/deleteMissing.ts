import { UserError } from '../../domain/errors.js';
import type { Store } from '../../store/open.js';
import { eraseProduct } from '../writeProduct.js';

const BATCH = 1000;

export interface Missing {
  /** Ids that the whole catalog's file names. */
  readonly named: ReadonlySet<string>;
  /** The newest change when the file began to be read: what was written since by others is newer than the file. */
  readonly began: number;
  /** The largest share of the catalog that may go. */
  readonly maxShare: number;
  /** Told in the transaction of each thousand how many are gone by then. */
  readonly deleting: (gone: number) => void;
}

/**
 * Deletes what a whole catalog's file does not name.
 * @throws UserError, before anything is deleted, if that is more than the shrink guard allows.
 */
export function deleteMissing(store: Store, { named, began, maxShare, deleting }: Missing): void {
  const seen = store.changes.last();
  const newer = store.changes.writtenSince(began);
  const missing = [...store.products.eachId()].filter((id) => !named.has(id) && !newer.has(id));
  const before = store.products.count();
  if (missing.length > maxShare * before) {
    throw new UserError(
      `The full import would delete ${missing.length} of ${before} products, more than ${Math.round(maxShare * 1000) / 10} %: nothing was deleted. Check that the file is complete, or repeat with --allow-shrink (over HTTP: allow_shrink).`,
    );
  }
  let gone = 0;
  for (let from = 0; from < missing.length; from += BATCH) {
    store.transaction(() => {
      const meanwhile = store.changes.writtenSince(seen);
      for (const id of missing.slice(from, from + BATCH)) {
        if (!meanwhile.has(id) && eraseProduct(store, id)) gone++;
      }
      deleting(gone);
    });
  }
}
