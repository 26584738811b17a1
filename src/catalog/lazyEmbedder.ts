import { sentenceOf } from '../domain/errors.js';
import { type Embedder, startEmbedder } from '../embed/embedder.js';
import { CachedEmbedder, type Embedded, vectorKey } from '../embed/embeddingCache.js';
import { type ModelCard, openModel } from '../embed/model.js';
import { ModelError } from '../embed/modelError.js';
import { readReferenceVectors } from '../embed/referenceVectors.js';
import type { Store } from '../store/open.js';

/** Exponential backoff after the model could not be run, in milliseconds. */
const FIRST_BACKOFF = 1000;
const MAX_BACKOFF = 60_000;

/** Vectors by text, from the store or the transformer, which is loaded for the first text that the store lacks. */
export class LazyEmbedder {
  private card: Promise<ModelCard> | undefined;
  private running: Promise<Embedder> | undefined;
  private cached: CachedEmbedder | undefined;
  private reference: Promise<ReadonlyMap<string, Float32Array>> | undefined;
  private failure:
    | { readonly error: ModelError; readonly backoff: number; readonly until: number }
    | undefined;

  constructor(
    private readonly modelDir: string,
    private readonly store: Store,
    private readonly workers?: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Texts embedded so far. */
  get embedded(): number {
    return this.cached?.embedded ?? 0;
  }

  /** Why the model could not be run; undefined where it could be. */
  get trouble(): string | undefined {
    return this.failure === undefined ? undefined : sentenceOf(this.failure.error);
  }

  model(): Promise<ModelCard> {
    this.card ??= openModel(this.modelDir);
    return this.card;
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

  /**
   * Vectors of queries, which are not kept: with the model's prefix for queries.
   * @throws ModelError as `run`.
   */
  async runQueries(queries: readonly string[]): Promise<Float32Array[]> {
    const { queryPrefix } = await this.model();
    return this.run(queries.map((query) => queryPrefix + query));
  }

  /**
   * Vectors that are not kept, of products that are not stored. During the backoff after a failure it
   * throws at once, so that callers that can do without a vector do not wait.
   * @throws ModelError
   */
  async run(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.failure !== undefined && this.now() < this.failure.until) throw this.failure.error;
    try {
      const vectors = await (await this.started()).embed(texts);
      this.failure = undefined;
      return vectors;
    } catch (error) {
      if (error instanceof ModelError && error.gone) this.backOff(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    // An embedder that did not start has nothing to close.
    const running = await this.running?.catch(() => undefined);
    await running?.close();
  }

  private started(): Promise<Embedder> {
    this.running ??= this.model()
      .then((card) => startEmbedder(card, this.workers))
      .catch((error: unknown) => {
        this.running = undefined;
        throw error;
      });
    return this.running;
  }

  private backOff(error: ModelError): void {
    const now = this.now();
    // Concurrent calls that fail together count as one failure.
    if (this.failure !== undefined && now < this.failure.until) return;
    const backoff =
      this.failure === undefined ? FIRST_BACKOFF : Math.min(MAX_BACKOFF, 2 * this.failure.backoff);
    this.failure = { error, backoff, until: now + backoff };
  }
}
