import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { sentenceOf } from '../domain/errors.js';
import { EmbeddingWorker } from './embeddingWorker.js';
import { type ModelCard, openModel } from './model.js';
import { ModelError } from './modelError.js';

/** Embeds texts as unit vectors in worker threads. */
export interface Embedder {
  readonly model: ModelCard;
  /** Number of worker threads. */
  readonly workers: number;
  /**
   * One vector per text, in order. The vector of a text does not depend on the other texts. Restarts threads that
   * died.
   * @throws ModelError if the model cannot run. @throws Error after `close`.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Ends the threads after their pending calls. */
  close(): Promise<void>;
}

/**
 * Loads the model into `workers` threads (default: one per core, at most 8).
 * @throws ModelError if the model does not load.
 */
export async function startEmbedder(
  model: ModelCard,
  workers = Math.min(8, availableParallelism()),
): Promise<Embedder> {
  const starts = await Promise.allSettled(
    Array.from({ length: Math.max(1, workers) }, () => EmbeddingWorker.start(model)),
  );
  const threads = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed === undefined) return new Pool(model, threads);
  await Promise.all(threads.map((thread) => thread.close()));
  throw failed.reason;
}

/** Long lists are split into pieces of this size, so that the workers finish together. */
const PIECE = 16;

class Pool implements Embedder {
  #reviving: Promise<void> | undefined;
  readonly #calls = new Set<Promise<unknown>>();
  #closed = false;

  constructor(
    readonly model: ModelCard,
    readonly threads: EmbeddingWorker[],
  ) {}

  get workers(): number {
    return this.threads.length;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.#closed) throw new Error('the embedder is closed');
    const call = this.#embed(texts);
    this.#calls.add(call);
    try {
      return await call;
    } finally {
      this.#calls.delete(call);
    }
  }

  async #embed(texts: readonly string[]): Promise<Float32Array[]> {
    await this.#revive();
    const { dimension } = this.model;
    // Two pieces per worker, so that a worker always has its next one.
    const limit = pLimit(2 * this.workers);
    const size = Math.min(PIECE, Math.max(1, Math.ceil(texts.length / this.workers)));
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

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#calls);
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  /** Replaces threads that died. Concurrent calls share one attempt. */
  async #revive(): Promise<void> {
    if (this.threads.every(({ alive }) => alive)) return;
    this.#reviving ??= this.#replaceDead().finally(() => {
      this.#reviving = undefined;
    });
    await this.#reviving;
  }

  async #replaceDead(): Promise<void> {
    // The model folder may have changed since it was opened, and vectors of two models must not mix.
    const { revision } = await openModel(this.model.dir).catch((error: unknown) => {
      throw new ModelError(sentenceOf(error), true, error);
    });
    if (revision !== this.model.revision) {
      throw new ModelError(
        `The model in ${this.model.dir} changed while it was in use: restart the service.`,
        true,
      );
    }
    for (const [place, thread] of this.threads.entries()) {
      if (!thread.alive) this.threads[place] = await EmbeddingWorker.start(this.model);
    }
  }

  #leastBusy(): EmbeddingWorker {
    return this.threads.reduce((best, thread) =>
      thread.alive && (!best.alive || thread.busy < best.busy) ? thread : best,
    );
  }
}
