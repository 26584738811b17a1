import { applyFacts, documentOf } from '../../domain/filledProduct.js';
import { identityText } from '../../domain/identity.js';
import type { LivePatch, Product } from '../../domain/product.js';
import { vectorKey } from '../../embed/cached.js';
import type { ModelCard } from '../../embed/model.js';
import type { LiveIndex } from '../../index/live.js';
import type { ChangeKind } from '../../store/changes.js';
import type { Store } from '../../store/open.js';

/** Products laid over the index at once; others get a turn between. */
const BATCH = 500;

/**
 * Keeps an opened generation level with the store's change log: what was written since it was built is laid
 * over it in memory, whichever process wrote it. The generation's files stay as they were checked.
 */
export class ChangeFollower {
  /** The number of the newest change that the index holds. */
  sequence: number;

  constructor(
    readonly index: LiveIndex,
    private readonly store: Store,
    private readonly model: ModelCard | undefined,
  ) {
    this.sequence = index.generation.sequence;
  }

  /**
   * Lays over what was written by now, at most about `most` changes; true where nothing is left. Ids of
   * products that still lack a vector are added to `lacking`.
   */
  catchUp(missing: string[], max = Number.POSITIVE_INFINITY): boolean {
    for (let done = 0; done < max; ) {
      const changes = this.store.changes.since(this.sequence, BATCH);
      const last = changes.at(-1);
      if (last === undefined) return true;
      const kinds = new Map<string, ChangeKind>();
      for (const { id, kind } of changes) if (kind !== 'live' || !kinds.has(id)) kinds.set(id, kind);
      this.apply(kinds, missing);
      this.sequence = last.sequence;
      done += changes.length;
    }
    return false;
  }

  /** Gives products that were found by words only the vectors that have been made since. */
  reapply(ids: readonly string[]): void {
    this.apply(new Map(ids.map((id) => [id, 'content'])), []);
  }

  private apply(kinds: ReadonlyMap<string, ChangeKind>, missing: string[]): void {
    const upserts: { product: Product; vector: Float32Array | undefined }[] = [];
    const deletes: string[] = [];
    const live: { id: string; fields: LivePatch }[] = [];
    for (const [id, kind] of kinds) {
      const product = this.store.products.get(id);
      if (product === undefined) deletes.push(id);
      else if (kind === 'live') live.push({ id, fields: liveFields(product) });
      else {
        const text = identityText(product);
        const vector =
          text === '' || this.model === undefined
            ? undefined
            : this.store.vectors.get(vectorKey(this.model, text));
        if (vector === undefined && text !== '') missing.push(id);
        upserts.push({ product: documentOf(applyFacts(product, this.store.facts.get(id))), vector });
      }
    }
    this.index.apply({ upserts, deletes, live });
  }
}

function liveFields({ price, stock, availability }: Product): LivePatch {
  return {
    ...(price !== undefined && { price }),
    ...(stock !== undefined && { stock }),
    ...(availability !== undefined && { availability }),
  };
}
