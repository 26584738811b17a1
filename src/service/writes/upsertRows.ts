import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { writeProduct } from '../../catalog/writeProduct.js';
import { identityText } from '../../domain/identity.js';
import { readProduct } from '../../domain/product.js';
import { ModelError } from '../../embed/modelError.js';
import type { Store } from '../../store/open.js';
import type { WriteResult } from '../service.js';
import type { IdempotencyKey, IdempotencyStore } from './idempotency.js';

export interface UpsertGround {
  readonly store: Store;
  /** Undefined without a model. */
  readonly embedder: Pick<LazyEmbedder, 'embed'> | undefined;
  readonly once: IdempotencyStore;
  readonly idempotencyKey: IdempotencyKey | undefined;
}

/**
 * Vectors first, so that what is on disk is searchable in full at once; then all rows in one transaction, with the
 * answer that the idempotencyKey keeps. A request of which nothing was taken keeps none: it may be mended and sent again.
 * @throws ReusedKeyError where the idempotencyKey's key came with something else.
 */
export async function upsertRows(
  rows: readonly unknown[],
  { store, embedder, once, idempotencyKey }: UpsertGround,
): Promise<WriteResult[]> {
  if (idempotencyKey !== undefined) {
    const known = await store.transactionAsync(() => once.recall<WriteResult[]>(idempotencyKey));
    if (known !== undefined) return known.answer;
  }
  const read = rows.map(readProduct);
  const texts = read
    .map((row) => ('product' in row ? identityText(row.product) : ''))
    .filter((text) => text !== '');
  await embedder?.embed(texts).catch((error: unknown) => {
    // They are found by words until the model can be run again.
    if (!(error instanceof ModelError)) throw error;
  });
  const whole = idempotencyKey?.part === 0 && idempotencyKey.last;
  return store.transactionAsync(() =>
    once.run(
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
