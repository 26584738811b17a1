import { Worker } from 'node:worker_threads';
import { disableTelemetry } from './disableTelemetry.js';
import type { EmbeddingRequest, EmbeddingResponse } from './embeddingThread.js';
import type { ModelCard } from './model.js';
import { ModelError } from './modelError.js';

interface Waiting {
  resolve(vectors: Float32Array): void;
  reject(error: Error): void;
}

/** One worker thread with the model in it, and the texts that wait for their vectors there. */
export class EmbeddingWorker {
  readonly #model: ModelCard;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<void>;
  readonly #ended: Promise<void>;
  #next = 0;
  #failure: ModelError | undefined;
  #closing = false;

  private constructor(model: ModelCard) {
    this.#model = model;
    disableTelemetry();
    this.#worker = new Worker(new URL('./embeddingThread.js', import.meta.url), { workerData: model });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        if (!this.#closing) this.#fail(new Error(`its thread ended with code ${code}.`));
        resolve();
      });
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (answer: EmbeddingResponse) => {
        if ('ready' in answer) resolve();
        else this.#hear(answer);
      });
      void this.#ended.then(() => reject(this.#failure));
    });
  }

  /**
   * Resolves once the model is loaded.
   * @throws ModelError if it does not load.
   */
  static async start(model: ModelCard): Promise<EmbeddingWorker> {
    const thread = new EmbeddingWorker(model);
    await thread.#ready;
    return thread;
  }

  /** False once the thread has died: nothing more can be asked of it. */
  get alive(): boolean {
    return this.#failure === undefined;
  }

  /** Calls that wait for an answer. */
  get busy(): number {
    return this.#waiting.size;
  }

  /** Vectors one after another, of as many numbers as the model's dimension each. */
  ask(texts: readonly string[]): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, texts } satisfies EmbeddingRequest);
    });
  }

  /** Ends the thread after what it was asked; never by force, for it may be inside the runtime's native code. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#worker.postMessage('close' satisfies EmbeddingRequest);
    await this.#ended;
  }

  #hear(answer: Exclude<EmbeddingResponse, { ready: true }>): void {
    const one = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('failure' in answer)
      one?.reject(new ModelError(`The model could not embed a text: ${answer.failure}`, false));
    else one?.resolve(answer.vectors);
  }

  #fail(error: Error): void {
    const sentence = `The model in ${this.#model.dir} could not be run: ${error.message}`;
    this.#failure ??= new ModelError(sentence, true, error);
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
