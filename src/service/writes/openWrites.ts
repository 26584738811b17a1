import pLimit from 'p-limit';
import type { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { eraseProduct } from '../../catalog/writeProduct.js';
import type { JobsSettings } from '../../configuration/jobs.js';
import { applyFacts, documentOf } from '../../domain/filledProduct.js';
import type { LivePatch, Product } from '../../domain/product.js';
import { factsForOriginal } from '../../domain/readableProduct.js';
import type { ChangeKind } from '../../store/changes.js';
import type { Store } from '../../store/open.js';
import { type IdempotencyKey, IdempotencyStore } from './idempotency.js';
import { type WriteMode, type WriteResult, writeRows } from './writeRows.js';

/**
 * Writes to single products. When a method resolves, the write is on disk and in the next search. A write repeated
 * under the same idempotency key is not done again: it gets the first answer.
 */
export interface Writes {
  /** Adds products or replaces them. */
  upsert(rows: readonly unknown[], idempotencyKey?: IdempotencyKey): Promise<WriteResult[]>;
  /** Changes the fields that each row has; null clears. A row with an unknown id is refused. */
  merge(rows: readonly unknown[], idempotencyKey?: IdempotencyKey): Promise<WriteResult[]>;
  /** The product after the change; undefined for an unknown id. */
  patch(id: string, live: LivePatch, idempotencyKey?: IdempotencyKey): Promise<Product | undefined>;
  /** False for an unknown id. */
  remove(id: string, idempotencyKey?: IdempotencyKey): Promise<boolean>;
}

interface WritesOptions {
  readonly store: Store;
  readonly embedder: LazyEmbedder;
  /** Whether queries can be compared by meaning, so that what is written needs vectors. */
  readonly hasVectors: () => boolean;
  /** Resolves when the next search sees what was written: the products that are named, or everything. */
  readonly sync: (changed?: ReadonlyMap<string, ChangeKind>) => Promise<void>;
  readonly settings: Pick<JobsSettings, 'max_concurrent_embeddings' | 'idempotency_hours'>;
}

export function openWrites({ store, embedder, hasVectors, sync, settings }: WritesOptions): Writes {
  const idempotency = new IdempotencyStore(store, settings.idempotency_hours);
  // A semaphore: upserts embed their rows, and more of them would only wait for the same threads.
  const limitConcurrency = pLimit(settings.max_concurrent_embeddings);
  const write = async (
    rows: readonly unknown[],
    mode: WriteMode,
    idempotencyKey: IdempotencyKey | undefined,
  ): Promise<WriteResult[]> => {
    const changed = new Map<string, ChangeKind>();
    const results = await limitConcurrency(() =>
      writeRows(rows, mode, {
        store,
        embedder: hasVectors() ? embedder : undefined,
        idempotency,
        idempotencyKey,
        onWritten: (id, change) => {
          if (changed.get(id) !== 'content') changed.set(id, change);
        },
      }),
    );
    await sync(changedOrAll(changed));
    return results;
  };
  return {
    upsert: (rows, idempotencyKey) => write(rows, 'replace', idempotencyKey),
    merge: (rows, idempotencyKey) => write(rows, 'merge', idempotencyKey),
    patch: async (id, live, idempotencyKey) => {
      const product = await store.transactionAsync(() =>
        idempotency.run(
          idempotencyKey,
          () => {
            const patched = store.products.patch(id, live);
            if (patched === undefined) return undefined;
            return documentOf(applyFacts(patched, factsForOriginal(patched, store.facts.get(id))));
          },
          (answer) => answer !== undefined,
        ),
      );
      await sync(new Map([[id, 'live']]));
      return product;
    },
    remove: async (id, idempotencyKey) => {
      const removed = await store.transactionAsync(() =>
        idempotency.run(
          idempotencyKey,
          () => eraseProduct(store, id),
          (existed) => existed,
        ),
      );
      await sync(new Map([[id, 'delete']]));
      return removed;
    },
  };
}

/** An answer given again was written by another request, which may not be in the index yet. */
function changedOrAll(changed: ReadonlyMap<string, ChangeKind>): ReadonlyMap<string, ChangeKind> | undefined {
  return changed.size === 0 ? undefined : changed;
}
