import { Worker } from 'node:worker_threads';
import { sentenceOf, UserError } from '../../domain/errors.js';
import type { GenerationMemory } from '../../index/generation/generationMemory.js';
import type { EmbedTexts } from '../../search/relevance/calibrateRelevance.js';
import type { EmbedQuery } from '../../search/search.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { Answered } from '../queries/recentAnswers.js';
import type { TimingListener } from '../reader.js';
import type { FromSearchThread, SearchThreadData, ThreadAnswer, ToSearchThread } from './searchMessages.js';

/** What the main thread does for its searching threads. */
export interface ThreadHelp {
  readonly embedQuery: EmbedQuery;
  readonly embedReference: EmbedTexts;
  readonly notify: TimingListener;
}

interface Waiting {
  resolve(answers: Answered[] | undefined): void;
}

/** A worker thread that answers searches, and the searches that wait for it. */
export class SearchThread {
  readonly #worker: Worker;
  readonly #help: ThreadHelp;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #next = 0;
  #alive = true;
  #isReady = false;
  #failure: string | undefined;
  #onReady: (() => void) | undefined;
  /** What it serves, or will at its next `switch`. */
  #memory: GenerationMemory;

  constructor(data: SearchThreadData, help: ThreadHelp) {
    this.#help = help;
    this.#memory = data.memory;
    this.#worker = new Worker(new URL('./searchWorker.js', import.meta.url), { workerData: data });
    this.#worker.on('message', (message: FromSearchThread) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#failure = sentenceOf(error);
    });
    this.#worker.unref();
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#alive = false;
        this.#onReady?.();
        for (const { resolve: giveUp } of this.#waiting.values()) giveUp(undefined);
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Resolves when the thread has ended, by itself or by `close`. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Why it died; undefined where it did not, or ended as it was told. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether it takes searches. */
  get isReady(): boolean {
    return this.#isReady && this.#alive;
  }

  /** Whether it ever took searches. */
  get wasReady(): boolean {
    return this.#isReady;
  }

  /** Number of searches that wait for it. */
  get busy(): number {
    return this.#waiting.size;
  }

  get memory(): GenerationMemory {
    return this.#memory;
  }

  /** The answers, in order; undefined if the thread could not answer or died. */
  search(requests: readonly SearchRequest[], sequence: number): Promise<Answered[] | undefined> {
    return new Promise((resolve) => {
      if (!this.#alive) return resolve(undefined);
      const id = this.#next++;
      this.#waiting.set(id, { resolve });
      this.#post({ kind: 'search', id, requests, sequence });
    });
  }

  /** Resolves when the generation is open, or the thread has died. */
  async prepare(memory: GenerationMemory): Promise<void> {
    if (!this.#alive) return;
    await new Promise<void>((resolve) => {
      this.#onReady = resolve;
      this.#post({ kind: 'prepare', memory });
    });
    this.#memory = memory;
  }

  switch(): void {
    this.#post({ kind: 'switch' });
  }

  reapply(ids: readonly string[], vectors: ReadonlyMap<string, Float32Array>): void {
    this.#post({ kind: 'reapply', ids, vectors });
  }

  /** Ends the thread after what it does now. */
  async close(): Promise<void> {
    this.#worker.ref();
    if (this.#isReady) this.#post({ kind: 'close' });
    else await this.#worker.terminate();
    await this.#ended;
  }

  #post(message: ToSearchThread): void {
    if (this.#alive) this.#worker.postMessage(message);
  }

  #hear(message: FromSearchThread): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#onReady?.();
        this.#onReady = undefined;
        return;
      case 'answered':
        for (const parts of message.times) this.#help.notify(parts);
        this.#settle(message.id, message.answers.map(readAnswer));
        return;
      case 'failed':
        this.#settle(message.id, undefined);
        return;
      case 'embedQuery':
        this.#embed(message.id, async () => [await this.#help.embedQuery(message.text)]);
        return;
      case 'embedReference':
        this.#embed(message.id, () => this.#help.embedReference(message.texts, message.asQueries));
    }
  }

  #settle(id: number, answers: Answered[] | undefined): void {
    this.#waiting.get(id)?.resolve(answers);
    this.#waiting.delete(id);
  }

  #embed(id: number, embed: () => Promise<readonly (Float32Array | undefined)[]>): void {
    embed().then(
      (vectors) => this.#post({ kind: 'embedded', id, vectors }),
      (error: unknown) => this.#post({ kind: 'notEmbedded', id, reason: sentenceOf(error) }),
    );
  }
}

function readAnswer(answer: ThreadAnswer): Answered {
  if ('answer' in answer) return answer.answer;
  const { refused, field } = answer;
  return new UserError(refused, field === undefined ? {} : { field });
}
