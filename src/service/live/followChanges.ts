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
/** Changes of live fields applied at once: one takes about ten microseconds. */
const LIVE_AT_ONCE = 50;

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
      let batch = new Map<string, ChangeKind>();
      for (const [place, { id, sequence }] of changes.entries()) {
        const kind = kinds.get(id);
        // What is applied is the product as it is now, whichever of its changes comes first.
        if (kind !== undefined) batch.set(id, kind);
        kinds.delete(id);
        const isLast = place === changes.length - 1;
        if ((kind === undefined || kind === 'live') && batch.size < LIVE_AT_ONCE && !isLast) continue;
        this.apply(batch, missing);
        batch = new Map();
        this.sequence = sequence;
        if (performance.now() > until) return false;
      }
      done += changes.length;
    }
    return false;
  }

  /** Applies these products as they are now, before what was written earlier and is not applied yet. */
  applyNow(changed: ReadonlyMap<string, ChangeKind>, missing: string[]): void {
    this.apply(changed, missing);
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
      if (kind === 'live') {
        const fields = this.store.products.liveFields(id);
        if (fields === undefined) deletes.push(id);
        else live.push({ id, fields });
        continue;
      }
      const product = this.store.products.get(id);
      if (product === undefined) deletes.push(id);
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
