import { sentenceOf } from '../domain/errors.js';
import { type Embedder, startEmbedder } from '../embed/embedder.js';
import { type ModelCard, openModel } from '../embed/model.js';
import { ModelError } from '../embed/modelError.js';

/** Exponential backoff after the model could not be run, in milliseconds. */
const FIRST_BACKOFF = 1000;
const MAX_BACKOFF = 60_000;

/** The model, or why it cannot be used: one sentence. */
export type LoadedModel =
  | { readonly model: ModelCard; readonly problem?: undefined }
  | { readonly model?: undefined; readonly problem: string };

/** The transformer, which is loaded for the first text. */
export class ModelRunner {
  private card: Promise<ModelCard> | undefined;
  private running: Promise<Embedder> | undefined;
  private failure:
    | { readonly error: ModelError; readonly backoff: number; readonly until: number }
    | undefined;

  constructor(
    private readonly modelDir: string,
    private readonly workers?: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Why the model could not be run; undefined where it could be. */
  get trouble(): string | undefined {
    return this.failure === undefined ? undefined : sentenceOf(this.failure.error);
  }

  model(): Promise<ModelCard> {
    this.card ??= openModel(this.modelDir);
    return this.card;
  }

  /** Loads the model now, so that the first query does not wait for it. */
  async load(): Promise<LoadedModel> {
    try {
      const model = await this.model();
      await this.run(['ready']);
      return { model };
    } catch (error) {
      return { problem: sentenceOf(error) };
    }
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
