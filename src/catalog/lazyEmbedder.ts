import { sentenceOf } from '../domain/errors.js';
import { CachedEmbedder, type Embedded } from '../embed/cached.js';
import { type Embedder, startEmbedder } from '../embed/embedder.js';
import { type ModelCard, openModel } from '../embed/model.js';
import { ModelError } from '../embed/modelError.js';
import type { Store } from '../store/open.js';

/** A model that could not be run is left alone for so long, twice as long each time, in milliseconds. */
const FIRST_REST = 1000;
const LONGEST_REST = 60_000;

/** The store's vectors by text; the transformer is only loaded for the first text that is not among them. */
export class LazyEmbedder {
  private card: Promise<ModelCard> | undefined;
  private running: Promise<Embedder> | undefined;
  private cached: CachedEmbedder | undefined;
  private failure: { readonly error: ModelError; readonly rest: number; readonly until: number } | undefined;

  constructor(
    private readonly modelDir: string,
    private readonly store: Store,
    private readonly workers?: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Texts that the transformer was run on so far. */
  get embedded(): number {
    return this.cached?.embedded ?? 0;
  }

  /** Why the model cannot be run at the moment; undefined where it can, for all that is known. */
  get trouble(): string | undefined {
    return this.failure === undefined ? undefined : sentenceOf(this.failure.error);
  }

  model(): Promise<ModelCard> {
    this.card ??= openModel(this.modelDir);
    return this.card;
  }

  /**
   * Vectors that are kept in the store, unless it is read-only.
   * @throws ModelError where the model cannot be run. @throws UnavailableError where vectors cannot be kept.
   */
  async embed(texts: readonly string[]): Promise<Embedded[]> {
    this.cached ??= new CachedEmbedder(await this.model(), (missing) => this.run(missing), {
      get: (key) => this.store.vectors.get(key),
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
   * Vectors that are not kept: queries, products that are not stored. A model that could not be run is tried again
   * after a while only, so that those who can do without need not wait for it.
   * @throws ModelError
   */
  async run(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.failure !== undefined && this.now() < this.failure.until) throw this.failure.error;
    try {
      const vectors = await (await this.started()).embed(texts);
      this.failure = undefined;
      return vectors;
    } catch (error) {
      if (error instanceof ModelError && error.gone) this.leaveAlone(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    // One that did not start has nothing to close.
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

  private leaveAlone(error: ModelError): void {
    const now = this.now();
    // Those who asked at the same time failed together.
    if (this.failure !== undefined && now < this.failure.until) return;
    const rest = this.failure === undefined ? FIRST_REST : Math.min(LONGEST_REST, 2 * this.failure.rest);
    this.failure = { error, rest, until: now + rest };
  }
}
