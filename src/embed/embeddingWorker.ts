import { Worker } from 'node:worker_threads';
import { disableTelemetry } from './disableTelemetry.js';
import type { EmbeddingRequest, EmbeddingResponse } from './embeddingThread.js';
import type { ModelCard } from './model.js';
import { ModelError } from './modelError.js';

interface Waiting {
  resolve(vectors: Float32Array): void;
  reject(error: Error): void;
}

/** A worker thread that holds the model, and the calls that wait for it. */
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
   * Resolves when the model is loaded.
   * @throws ModelError if it does not load.
   */
  static async start(model: ModelCard): Promise<EmbeddingWorker> {
    const thread = new EmbeddingWorker(model);
    await thread.#ready;
    return thread;
  }

  /** False after the thread has died; it accepts no more calls. */
  get alive(): boolean {
    return this.#failure === undefined;
  }

  /** Number of pending calls. */
  get busy(): number {
    return this.#waiting.size;
  }

  /** The vectors of the texts in one array, each of the model's dimension. */
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

  /** Ends the thread after its pending calls. Never by force: it may be inside native code. */
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
