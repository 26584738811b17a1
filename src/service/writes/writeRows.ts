import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { writeProduct } from '../../catalog/writeProduct.js';
import type { FieldProblem } from '../../domain/fieldProblem.js';
import { identityText } from '../../domain/identityText.js';
import { mergeProduct } from '../../domain/mergeProduct.js';
import { type Product, readProduct } from '../../domain/product.js';
import { findBeyondLimits } from '../../domain/productLimits.js';
import { readableProduct } from '../../domain/readableProduct.js';
import { clearedFields, type RowValues } from '../../domain/readRow.js';
import { ModelError } from '../../embed/modelError.js';
import type { ChangeKind } from '../../store/changes.js';
import type { Store } from '../../store/open.js';
import type { IdempotencyKey, IdempotencyStore } from './idempotency.js';

/** The outcome of one row of a write. */
export type WriteResult =
  | { readonly id: string; readonly status: 'created' | 'updated' | 'unchanged' }
  | { readonly row: number; readonly status: 'refused'; readonly field: string; readonly reason: string };

export interface WriteContext {
  readonly store: Store;
  /** Undefined without a model. */
  readonly embedder: Pick<LazyEmbedder, 'embed'> | undefined;
  readonly idempotency: IdempotencyStore;
  readonly idempotencyKey: IdempotencyKey | undefined;
  /** Called in the transaction with each product that is written, and what of it changes. */
  readonly onWritten?: (id: string, change: ChangeKind) => void;
}

/** How rows change products. */
export type WriteMode =
  /** A row is a complete product; an unknown id adds one. */
  | 'replace'
  /** A row changes the fields that it has, null clears, an unknown id is refused. */
  | 'merge';

type RowChange = Omit<RowValues, 'unreadable'>;

/**
 * Embeds first, so that what is on disk is searchable in full at once; then writes all rows and the idempotency key's
 * answer in one transaction. A request of which every row was refused keeps no answer: it may be corrected and repeated.
 * @throws ReusedKeyError where the key came with another request before.
 */
export async function writeRows(
  rows: readonly unknown[],
  mode: WriteMode,
  { store, embedder, idempotency, idempotencyKey, onWritten }: WriteContext,
): Promise<WriteResult[]> {
  if (idempotencyKey !== undefined) {
    const known = await store.transactionAsync(() => idempotency.recall<WriteResult[]>(idempotencyKey));
    if (known !== undefined) return known.answer;
  }
  const changes = rows.map(readChange);
  await embedder?.embed(textsAfter(changes, mode, store)).catch((error: unknown) => {
    // The products are found by words until the model runs again.
    if (!(error instanceof ModelError)) throw error;
  });
  const whole = idempotencyKey?.part === 0 && idempotencyKey.last;
  return store.transactionAsync(() =>
    idempotency.run(
      idempotencyKey,
      () =>
        changes.map((change, row): WriteResult => {
          if ('reason' in change) return refused(row, change);
          const stored = mode === 'merge' ? store.products.original(change.product.id) : undefined;
          if (mode === 'merge' && stored === undefined) return refused(row, UNKNOWN_ID);
          const product = stored === undefined ? change.product : mergeProduct(stored, change);
          // Merging adds up what each row keeps within the limits.
          const beyond = findBeyondLimits(product);
          if (beyond !== undefined) return refused(row, beyond);
          const outcome = writeProduct(store, product);
          onWritten?.(product.id, outcome === 'live' ? 'live' : 'content');
          const status =
            outcome === 'inserted' ? 'created' : outcome === 'unchanged' ? 'unchanged' : 'updated';
          return { id: product.id, status };
        }),
      (results) => !whole || results.some(({ status }) => status !== 'refused'),
    ),
  );
}

const UNKNOWN_ID: FieldProblem = {
  field: 'id',
  reason: 'there is no product with this id; POST /v1/products adds one',
};

function refused(row: number, { field, reason }: FieldProblem): WriteResult {
  return { row, status: 'refused', field, reason };
}

function readChange(row: unknown): RowChange | FieldProblem {
  const read = readProduct(row);
  if ('product' in read) return { product: read.product, cleared: clearedFields(row, read.product) };
  return read.problems[0] ?? { field: '', reason: 'unreadable' };
}

/** The texts to embed of the products as they are after the rows. */
function textsAfter(
  changes: readonly (RowChange | FieldProblem)[],
  mode: WriteMode,
  { products }: Store,
): string[] {
  const after = new Map<string, Product>();
  for (const change of changes) {
    if ('reason' in change) continue;
    const { id } = change.product;
    const stored = mode === 'merge' ? (after.get(id) ?? products.original(id)) : undefined;
    if (mode === 'replace') after.set(id, change.product);
    else if (stored !== undefined) after.set(id, mergeProduct(stored, change));
  }
  return [...after.values()]
    .map(readableProduct)
    .map(identityText)
    .filter((text) => text !== '');
}
