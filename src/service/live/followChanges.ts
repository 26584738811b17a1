import { applyFacts, documentOf } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identityText.js';
import type { LivePatch, Product } from '../../domain/product.js';
import { vectorKey } from '../../embed/embeddingCache.js';
import type { ModelCard } from '../../embed/model.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { ChangeKind } from '../../store/changes.js';
import type { Store } from '../../store/open.js';

/** Changes read at once. */
const BATCH = 500;

/**
 * Applies the store's change log to an opened generation in memory, whichever process wrote the changes. The
 * generation's files never change.
 */
export class ChangeFollower {
  /** The number of the newest change that the index includes. */
  sequence: number;

  constructor(
    readonly index: LiveIndex,
    private readonly store: Store,
    private readonly model: ModelCard | undefined,
  ) {
    this.sequence = index.generation.sequence;
  }

  /**
   * Applies what was written by now, at most about `max` changes or for `milliseconds`; true where nothing is left. Adds the
   * ids of products without a vector to `missing`.
   */
  catchUp(
    missing: string[],
    max = Number.POSITIVE_INFINITY,
    milliseconds = Number.POSITIVE_INFINITY,
  ): boolean {
    const until = performance.now() + milliseconds;
    for (let done = 0; done < max; ) {
      const changes = this.store.changes.since(this.sequence, BATCH);
      if (changes.length === 0) return true;
      const kinds = new Map<string, ChangeKind>();
      for (const { id, kind } of changes) if (kind !== 'live' || !kinds.has(id)) kinds.set(id, kind);
      for (const { id, sequence } of changes) {
        const kind = kinds.get(id);
        // What is applied is the product as it is now, whichever of its changes comes first.
        if (kind !== undefined) this.apply(new Map([[id, kind]]), missing);
        kinds.delete(id);
        this.sequence = sequence;
        if (performance.now() > until) return false;
      }
      done += changes.length;
    }
    return false;
  }

  /** Applies products again whose vectors were made since: they are in `vectors`, by key, or in the store. */
  reapply(ids: readonly string[], vectors: ReadonlyMap<string, Float32Array> = new Map()): void {
    this.apply(new Map(ids.map((id) => [id, 'content'])), [], vectors);
  }

  private apply(
    kinds: ReadonlyMap<string, ChangeKind>,
    missing: string[],
    vectors?: ReadonlyMap<string, Float32Array>,
  ): void {
    const upserts: { product: Product; vector: Float32Array | undefined }[] = [];
    const deletes: string[] = [];
    const live: { id: string; fields: LivePatch }[] = [];
    for (const [id, kind] of kinds) {
      const product = this.store.products.get(id);
      if (product === undefined) deletes.push(id);
      else if (kind === 'live') live.push({ id, fields: liveFields(product) });
      else {
        const text = identityText(product);
        const key = text === '' || this.model === undefined ? undefined : vectorKey(this.model, text);
        const vector = key === undefined ? undefined : (vectors?.get(key) ?? this.store.vectors.get(key));
        const isEmbedded = key !== undefined && (vector !== undefined || this.store.vectors.has(key));
        if (!isEmbedded && text !== '') missing.push(id);
        upserts.push({ product: documentOf(applyFacts(product, this.store.facts.get(id))), vector });
      }
    }
    this.index.apply({ upserts, deletes, live });
  }
}

/** The fields of a product that change without a new text. */
export function liveFields({ price, stock, availability }: Product): LivePatch {
  return {
    ...(price !== undefined && { price }),
    ...(stock !== undefined && { stock }),
    ...(availability !== undefined && { availability }),
  };
}
