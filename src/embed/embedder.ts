import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { sentenceOf } from '../domain/errors.js';
import { EmbeddingWorker } from './embeddingWorker.js';
import { type ModelCard, openModel } from './model.js';
import { ModelError } from './modelError.js';

/** Embeds texts as unit vectors in worker threads. */
export interface Embedder {
  readonly model: ModelCard;
  /** Number of worker threads that run. */
  readonly workers: number;
  /**
   * One vector per text, in order; zeros for a text of unknown tokens only (see isEmptyVector). The vector of a text does
   * not depend on the other texts. Restarts threads that died.
   * @throws ModelError if the model cannot run. @throws Error after `close`.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Ends the threads after their pending calls. */
  close(): Promise<void>;
}

/** One worker per core, and at most 8. */
export function workersOfMachine(): number {
  return Math.min(8, availableParallelism());
}

/**
 * Loads the model into `workers` threads at once, as a service needs them: its calls are short and come together. By
 * default one thread, and more after many texts, up to `workersOfMachine`.
 * @throws ModelError if the model does not load.
 */
export async function startEmbedder(model: ModelCard, workers?: number): Promise<Embedder> {
  const max = Math.max(1, workers ?? workersOfMachine());
  const pool = new Pool(model, max);
  try {
    await pool.grow(workers === undefined ? 1 : max);
  } catch (error) {
    await pool.close();
    throw error;
  }
  return pool;
}

/** Long lists are split into pieces of this size, so that the workers finish together. */
const PIECE = 16;
/** A pool that grows has a thread for each of so many texts that it was given: less is embedded sooner than one starts. */
const TEXTS_PER_THREAD = 192;

class Pool implements Embedder {
  readonly #threads: EmbeddingWorker[] = [];
  readonly #max: number;
  /** Number of threads that are starting. */
  #starting = 0;
  #reviving: Promise<void> | undefined;
  readonly #calls = new Set<Promise<unknown>>();
  /** Number of texts given so far. */
  #given = 0;
  #closed = false;

  constructor(
    readonly model: ModelCard,
    max: number,
  ) {
    this.#max = max;
  }

  get workers(): number {
    return this.#threads.length;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.#closed) throw new Error('the embedder is closed');
    const call = this.#embed(texts);
    this.#calls.add(call);
    this.#given += texts.length;
    try {
      const [vectors] = await Promise.all([call, this.#growWithWork()]);
      return vectors;
    } finally {
      this.#calls.delete(call);
    }
  }

  async #embed(texts: readonly string[]): Promise<Float32Array[]> {
    await this.#revive();
    const { dimension } = this.model;
    // Two pieces per worker, so that a worker always has its next one.
    const limit = pLimit(2 * this.#max);
    const size = Math.min(PIECE, Math.max(1, Math.ceil(texts.length / this.#max)));
    const starts = Array.from({ length: Math.ceil(texts.length / size) }, (_, piece) => piece * size);
    const blocks = await limit.map(starts, (start) =>
      this.#leastBusy().ask(texts.slice(start, start + size)),
    );
    return blocks.flatMap((block) =>
      Array.from({ length: block.length / dimension }, (_, row) =>
        block.subarray(row * dimension, (row + 1) * dimension),
      ),
    );
  }

  /** Starts threads until there are `wanted`. */
  async grow(wanted: number): Promise<void> {
    const missing = Math.max(0, wanted - this.#threads.length - this.#starting);
    await Promise.all(Array.from({ length: missing }, () => this.#start()));
  }

  async #growWithWork(): Promise<void> {
    const wanted = Math.min(this.#max, Math.ceil(this.#given / TEXTS_PER_THREAD));
    if (wanted <= this.#threads.length + this.#starting) return;
    await this.#requireSameModel();
    if (!this.#closed) await this.grow(wanted);
  }

  async #start(): Promise<void> {
    this.#starting++;
    const start = EmbeddingWorker.start(this.model);
    this.#calls.add(start);
    try {
      this.#threads.push(await start);
    } finally {
      this.#starting--;
      this.#calls.delete(start);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#calls);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** Replaces threads that died. Concurrent calls share one attempt. */
  async #revive(): Promise<void> {
    if (this.#threads.every(({ alive }) => alive)) return;
    this.#reviving ??= this.#replaceDead().finally(() => {
      this.#reviving = undefined;
    });
    await this.#reviving;
  }

  async #replaceDead(): Promise<void> {
    await this.#requireSameModel();
    for (const [place, thread] of this.#threads.entries()) {
      if (!thread.alive) this.#threads[place] = await EmbeddingWorker.start(this.model);
    }
  }

  /** The model folder may have changed since it was opened, and vectors of two models must not mix. */
  async #requireSameModel(): Promise<void> {
    const { revision } = await openModel(this.model.dir).catch((error: unknown) => {
      throw new ModelError(sentenceOf(error), true, error);
    });
    if (revision !== this.model.revision) {
      throw new ModelError(
        `The model in ${this.model.dir} changed while it was in use: restart the service.`,
        true,
      );
    }
  }

  #leastBusy(): EmbeddingWorker {
    return this.#threads.reduce((best, thread) =>
      thread.alive && (!best.alive || thread.busy < best.busy) ? thread : best,
    );
  }
}
