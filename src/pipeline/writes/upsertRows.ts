import { identityText } from '../../domain/identity.js';
import { readProduct } from '../../domain/product.js';
import { ModelError } from '../../embed/modelError.js';
import type { Store } from '../../store/open.js';
import type { LazyEmbedder } from '../lazyEmbedder.js';
import type { WriteResult } from '../shop.js';
import { writeProduct } from '../writeProduct.js';
import type { AnswerOnce, Claim } from './answerOnce.js';

export interface UpsertGround {
  readonly store: Store;
  /** Undefined without a model. */
  readonly embedder: Pick<LazyEmbedder, 'embed'> | undefined;
  readonly once: AnswerOnce;
  readonly claim: Claim | undefined;
}

/**
 * Vectors first, so that what is on disk is searchable in full at once; then all rows in one transaction, with the
 * answer that the claim keeps. A request of which nothing was taken keeps none: it may be mended and sent again.
 * @throws ReusedKeyError where the claim's key came with something else.
 */
export async function upsertRows(
  rows: readonly unknown[],
  { store, embedder, once, claim }: UpsertGround,
): Promise<WriteResult[]> {
  if (claim !== undefined) {
    const known = await store.transactionAside(() => once.recall<WriteResult[]>(claim));
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
  const whole = claim?.part === 0 && claim.last;
  return store.transactionAside(() =>
    once.run(
      claim,
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
