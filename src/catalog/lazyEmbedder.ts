import { CachedEmbedder, type Embedded, vectorKey } from '../embed/embeddingCache.js';
import { readReferenceVectors } from '../embed/referenceVectors.js';
import type { Store } from '../store/open.js';
import { ModelRunner } from './modelRunner.js';

/** Vectors by text, from the store or the transformer, which is loaded for the first text that the store lacks. */
export class LazyEmbedder extends ModelRunner {
  private cached: CachedEmbedder | undefined;
  private reference: Promise<ReadonlyMap<string, Float32Array>> | undefined;

  constructor(
    modelDir: string,
    private readonly store: Store,
    workers?: number,
    now: () => number = Date.now,
  ) {
    super(modelDir, workers, now);
  }

  /** Texts embedded so far. */
  get embedded(): number {
    return this.cached?.embedded ?? 0;
  }

  /**
   * Vectors that are kept in the store, unless it is read-only; empty ones (see isEmptyVector) too.
   * @throws ModelError where the model cannot be run. @throws UnavailableError where vectors cannot be kept.
   */
  async embed(texts: readonly string[]): Promise<Embedded[]> {
    this.cached ??= new CachedEmbedder(await this.model(), (missing) => this.run(missing), {
      get: (key) => this.store.vectors.stored(key),
      remember: async (vectors) => {
        if (this.store.readOnly !== undefined) return;
        // Not `lasting`: a vector lost in a power failure is made again.
        await this.store.transactionAsync(() => {
          for (const [key, vector] of vectors) this.store.vectors.set(key, vector);
        }, false);
      },
    });
    return this.cached.embed(texts);
  }

  /**
   * Vectors of texts that catalogs are compared with: those that come with the model, else from the store or the
   * transformer. They are kept where that is possible, and do not count as embedded. As queries they have the model's
   * prefix.
   * @throws ModelError where the model cannot be run.
   */
  async embedReference(given: readonly string[], asQueries = false): Promise<Float32Array[]> {
    const model = await this.model();
    const texts = asQueries ? given.map((text) => model.queryPrefix + text) : given;
    this.reference ??= readReferenceVectors(model);
    const reference = await this.reference;
    const found = texts.map((text) => reference.get(text) ?? this.store.vectors.get(vectorKey(model, text)));
    const missing = [...new Set(texts.filter((_, at) => found[at] === undefined))];
    if (missing.length === 0) return found.filter((vector) => vector !== undefined);
    const vectors = await this.run(missing);
    const made = new Map(missing.map((text, at) => [text, vectors[at] ?? new Float32Array(0)]));
    if (this.store.readOnly === undefined) {
      const keep = () => {
        for (const [text, vector] of made) this.store.vectors.set(vectorKey(model, text), vector);
      };
      // They are made again where they could not be kept.
      await this.store.transactionAsync(keep, false).catch(() => undefined);
    }
    return texts.map((text, at) => found[at] ?? made.get(text) ?? new Float32Array(0));
  }
}
