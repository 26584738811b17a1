import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { writeProduct } from '../../catalog/writeProduct.js';
import { identityText } from '../../domain/identityText.js';
import { readProduct } from '../../domain/product.js';
import { ModelError } from '../../embed/modelError.js';
import type { Store } from '../../store/open.js';
import type { IdempotencyKey, IdempotencyStore } from './idempotency.js';

/** The outcome of one row of a write. */
export type WriteResult =
  | { readonly id: string; readonly status: 'created' | 'updated' | 'unchanged' }
  | { readonly row: number; readonly status: 'refused'; readonly field: string; readonly reason: string };

export interface UpsertContext {
  readonly store: Store;
  /** Undefined without a model. */
  readonly embedder: Pick<LazyEmbedder, 'embed'> | undefined;
  readonly idempotency: IdempotencyStore;
  readonly idempotencyKey: IdempotencyKey | undefined;
}

/**
 * Embeds first, so that what is on disk is searchable in full at once; then writes all rows and the idempotency key's
 * answer in one transaction. A request of which every row was refused keeps no answer: it may be corrected and repeated.
 * @throws ReusedKeyError where the key came with another request before.
 */
export async function upsertRows(
  rows: readonly unknown[],
  { store, embedder, idempotency, idempotencyKey }: UpsertContext,
): Promise<WriteResult[]> {
  if (idempotencyKey !== undefined) {
    const known = await store.transactionAsync(() => idempotency.recall<WriteResult[]>(idempotencyKey));
    if (known !== undefined) return known.answer;
  }
  const read = rows.map((row) => readProduct(row));
  const texts = read
    .map((row) => ('product' in row ? identityText(row.product) : ''))
    .filter((text) => text !== '');
  await embedder?.embed(texts).catch((error: unknown) => {
    // The products are found by words until the model runs again.
    if (!(error instanceof ModelError)) throw error;
  });
  const whole = idempotencyKey?.part === 0 && idempotencyKey.last;
  return store.transactionAsync(() =>
    idempotency.run(
      idempotencyKey,
      () =>
        read.map((row, place): WriteResult => {
          if (!('product' in row)) {
            const [problem = { field: '', reason: 'unreadable' }] = row.problems;
            return { row: place, status: 'refused', field: problem.field, reason: problem.reason };
          }
          const outcome = writeProduct(store, row.product);
          const status =
            outcome === 'inserted' ? 'created' : outcome === 'unchanged' ? 'unchanged' : 'updated';
          return { id: row.product.id, status };
        }),
      (results) => !whole || results.some(({ status }) => status !== 'refused'),
    ),
  );
}
