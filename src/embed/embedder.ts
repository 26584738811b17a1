import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { UserError } from '../domain/errors.js';
import type { Answer, Batch } from './embedWorker.js';
import { type ModelCard, openModel } from './model.js';

/** Texts to unit vectors, on worker threads of their own. */
export interface Embedder {
  readonly model: ModelCard;
  /** How many texts are embedded at the same time. */
  readonly workers: number;
  /** One vector a text, in order; a text's vector does not depend on the others. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(vectors: Float32Array): void;
  reject(error: Error): void;
}

interface Seat {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/**
 * Loads the model of `dir` into `workers` threads (default: one a core, at most 8).
 * @throws UserError if the model folder is incomplete, altered, or does not load.
 */
export async function startEmbedder(
  dir: string,
  workers = Math.min(8, availableParallelism()),
): Promise<Embedder> {
  const model = await openModel(dir);
  const others = Array.from({ length: Math.max(0, workers - 1) }, () => startSeat(model));
  return new Pool(model, await Promise.all([startSeat(model), ...others]));
}

function startSeat(model: ModelCard): Promise<Seat> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./embedWorker.js', import.meta.url), { workerData: model });
    const waiting = new Map<number, Waiting>();
    const fail = (error: Error): void => {
      const stopped = new UserError(`The model in ${model.dir} could not be run: ${error.message}`, {
        cause: error,
      });
      reject(stopped);
      for (const { reject: refuse } of waiting.values()) refuse(stopped);
      waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`its thread ended with code ${code}.`)));
    worker.on('message', (answer: Answer) => {
      if ('ready' in answer) {
        resolve({ worker, waiting });
        return;
      }
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('failure' in answer)
        one?.reject(new UserError(`The model could not embed a text: ${answer.failure}`));
      else one?.resolve(answer.vectors);
    });
  });
}

/** Long lists are handed out in pieces of this size, so that workers finish together. */
const PIECE = 16;

class Pool implements Embedder {
  readonly workers: number;
  private next = 0;

  constructor(
    readonly model: ModelCard,
    private readonly seats: readonly [Seat, ...Seat[]],
  ) {
    this.workers = seats.length;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const { dimension } = this.model;
    // Two pieces a worker, so that none waits for the next one to be handed over.
    const limit = pLimit(2 * this.workers);
    const size = Math.min(PIECE, Math.max(1, Math.ceil(texts.length / this.workers)));
    const starts = Array.from({ length: Math.ceil(texts.length / size) }, (_, piece) => piece * size);
    const blocks = await limit.map(starts, (start) => this.ask(texts.slice(start, start + size)));
    return blocks.flatMap((block) =>
      Array.from({ length: block.length / dimension }, (_, row) =>
        block.subarray(row * dimension, (row + 1) * dimension),
      ),
    );
  }

  async close(): Promise<void> {
    await Promise.all(
      this.seats.map((seat) => {
        seat.worker.removeAllListeners('exit');
        return seat.worker.terminate();
      }),
    );
  }

  /** Asks the least busy worker. */
  private ask(texts: readonly string[]): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      const [first, ...others] = this.seats;
      const seat = others.reduce(
        (best, other) => (best.waiting.size <= other.waiting.size ? best : other),
        first,
      );
      const id = this.next++;
      seat.waiting.set(id, { resolve, reject });
      seat.worker.postMessage({ id, texts } satisfies Batch);
    });
  }
}
