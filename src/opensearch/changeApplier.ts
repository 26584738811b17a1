import { z } from 'zod';
import { applyFacts, documentOf } from '../domain/filledProduct.js';
import { identityText } from '../domain/identityText.js';
import { vectorKey } from '../embed/embeddingCache.js';
import type { Store } from '../store/open.js';
import { type ProductWrite, type RefusedWrite, writeProducts } from './bulk.js';
import type { Engine } from './engine.js';
import { FollowedChanges } from './followed.js';
import { type IndexMeta, readIndexMeta, refreshIndexes } from './generationIndexes.js';
import { type CatalogColumns, productDocument } from './productDocument.js';

/** Changes written at once; reading them must not hold up searches. */
const BATCH = 100;
/** Products without a vector that are looked for when an index is followed first. */
const MAX_MISSING = 10_000;
/** Products that the engine refused, to be shown. */
const MAX_SHOWN = 100;

const hitsSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ _source: z.object({ id: z.string() }) })) }),
});

/** An index that gets changes. */
interface Target extends IndexMeta {
  readonly index: string;
  /** It has every change up to this number. */
  sequence: number;
  /** Products with a text whose vector was not made yet. */
  readonly missing: Set<string>;
}

export interface ApplierOptions {
  readonly engine: Engine;
  readonly store: Store;
  /** Those of the catalog as it is now. */
  readonly columns: () => CatalogColumns;
}

/**
 * Applies the store's change log to the indexes that follow it. Where it got to is remembered by the engine, so after a
 * kill the next process goes on. Each product is written under the number of its change, so that repeating a change, or
 * doing it twice at the same time, does no harm.
 */
export class ChangeApplier {
  readonly followed: FollowedChanges;
  /** Products that the engine did not take, and why; the newest last. */
  refused: readonly RefusedWrite[] = [];
  readonly #targets = new Map<string, Target>();
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(private readonly options: ApplierOptions) {
    this.followed = new FollowedChanges(options.engine);
  }

  /**
   * Applies what was committed before this call to every index that follows, and makes it visible to searches. Calls
   * while one waits are one.
   * @throws UnavailableError where the engine does not answer: what was not applied is applied the next time.
   */
  sync(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#applyAll();
        return this.#running;
      });
    return this.#next;
  }

  /** Applies everything to one generation, whether it follows or not. */
  async catchUp(generation: string): Promise<void> {
    const target = await this.#open(generation);
    if (target !== undefined && (await this.#apply(target))) await this.#refresh([target]);
  }

  /** Products that wait for a vector. */
  get missing(): number {
    return [...this.#targets.values()].reduce((sum, { missing }) => sum + missing.size, 0);
  }

  async #applyAll(): Promise<void> {
    const changed: Target[] = [];
    const generations = await this.followed.targets();
    for (const known of this.#targets.keys()) if (!generations.includes(known)) this.#targets.delete(known);
    for (const generation of generations) {
      const target = await this.#open(generation);
      if (target === undefined) continue;
      const hasChanges = await this.#apply(target);
      if ((await this.#addVectors(target)) || hasChanges) changed.push(target);
    }
    await this.#refresh(changed);
  }

  async #open(generation: string): Promise<Target | undefined> {
    const { engine, store } = this.options;
    const known = this.#targets.get(generation);
    const last = store.changes.last();
    if (known !== undefined && known.sequence >= last) return known;
    // An index that is gone would be made again by writing to it, as an empty one.
    const meta = await readIndexMeta(engine, generation);
    const sequence = meta === undefined ? undefined : await this.followed.sequence(generation);
    if (meta === undefined || sequence === undefined) {
      this.#targets.delete(generation);
      return undefined;
    }
    if (known !== undefined) return known;
    const index = engine.names.index(generation);
    const target = { ...meta, index, sequence, missing: await this.#findMissing(index) };
    this.#targets.set(generation, target);
    return target;
  }

  /** True where there was something to apply. */
  async #apply(target: Target): Promise<boolean> {
    const { store } = this.options;
    const before = target.sequence;
    for (;;) {
      const changes = store.changes.since(target.sequence, BATCH);
      const last = changes.at(-1);
      if (last === undefined) return target.sequence > before;
      // What is read now includes all of these changes, and may include later ones, which are applied again.
      const writes = [...new Set(changes.map(({ id }) => id))].map((id) =>
        this.#write(target, id, last.sequence),
      );
      await this.#send(writes);
      await this.followed.advance(target.generation, last.sequence);
      target.sequence = last.sequence;
    }
  }

  /** Writes products again whose vectors were made since; true where there were some. */
  async #addVectors(target: Target): Promise<boolean> {
    const writes: ProductWrite[] = [];
    for (const id of [...target.missing]) {
      const write = this.#write(target, id, target.sequence);
      if (!target.missing.has(id) && write.document !== undefined) writes.push({ ...write, again: true });
    }
    await this.#send(writes);
    return writes.length > 0;
  }

  /** The product as it is now. */
  #write({ index, model, missing }: Target, id: string, version: number): ProductWrite {
    const { store, columns } = this.options;
    const product = store.products.get(id);
    missing.delete(id);
    if (product === undefined) return { index, id, version, document: undefined };
    const text = identityText(product);
    const key = text === '' || model === null ? undefined : vectorKey({ revision: model.sha256 }, text);
    const vector = key === undefined ? undefined : store.vectors.get(key);
    if (key !== undefined && vector === undefined && !store.vectors.has(key)) missing.add(id);
    const shown = documentOf(applyFacts(product, store.facts.get(id)));
    return { index, id, version, document: productDocument(shown, vector, columns()) };
  }

  async #send(writes: readonly ProductWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const refused = await writeProducts(this.options.engine, writes);
    const written = new Set(writes.map(({ id }) => id));
    this.refused = [...this.refused.filter(({ id }) => !written.has(id)), ...refused].slice(-MAX_SHOWN);
  }

  /** Products without a vector, which a process that is gone may have left so. */
  async #findMissing(index: string): Promise<Set<string>> {
    const { engine, store } = this.options;
    const { hits } = await engine.ask(hitsSchema, {
      method: 'POST',
      path: [index, '_search'],
      body: {
        size: MAX_MISSING,
        _source: ['id'],
        query: { bool: { must_not: { exists: { field: 'vector' } } } },
      },
    });
    const ids = hits.hits.map(({ _source }) => _source.id);
    return new Set(ids.filter((id) => identityText(store.products.get(id) ?? { id }) !== ''));
  }

  #refresh(targets: readonly Target[]): Promise<void> {
    return refreshIndexes(
      this.options.engine,
      targets.map(({ index }) => index),
    );
  }
}
