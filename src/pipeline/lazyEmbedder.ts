import { CachedEmbedder, type Embedded } from '../embed/cached.js';
import { type Embedder, startEmbedder } from '../embed/embedder.js';
import { type ModelCard, openModel } from '../embed/model.js';
import type { Store } from '../store/open.js';

/** The store's vectors by text; the transformer is only loaded for the first text that is not among them. */
export class LazyEmbedder {
  private card: Promise<ModelCard> | undefined;
  private running: Promise<Embedder> | undefined;
  private cached: CachedEmbedder | undefined;

  constructor(
    private readonly modelDir: string,
    private readonly store: Store,
    private readonly workers?: number,
  ) {}

  /** Texts that the transformer was run on so far. */
  get embedded(): number {
    return this.cached?.embedded ?? 0;
  }

  model(): Promise<ModelCard> {
    this.card ??= openModel(this.modelDir);
    return this.card;
  }

  async embed(texts: readonly string[]): Promise<Embedded[]> {
    this.cached ??= new CachedEmbedder(await this.model(), (missing) => this.run(missing), {
      get: (key) => this.store.vectors.get(key),
      // A vector that is lost with the power is made again.
      remember: (vectors) =>
        this.store.transactionAside(() => {
          for (const [key, vector] of vectors) this.store.vectors.set(key, vector);
        }, false),
    });
    return this.cached.embed(texts);
  }

  /** Vectors that are not kept: queries, products that are not stored. */
  async run(texts: readonly string[]): Promise<Float32Array[]> {
    this.running ??= this.model().then((card) => startEmbedder(card, this.workers));
    return (await this.running).embed(texts);
  }

  async close(): Promise<void> {
    await (await this.running)?.close();
  }
}
