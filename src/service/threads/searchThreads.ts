import type { ModelCard } from '../../embed/model.js';
import type { GenerationMemory } from '../../index/generation/generationMemory.js';
import type { SearchRequest } from '../../search/searchRequest.js';
import type { CatalogCopies, OpenIndex } from '../live/liveCatalog.js';
import type { Answered } from '../queries/recentAnswers.js';
import { SearchThread, type ThreadHelp } from './searchThread.js';

/** Exponential backoff before a thread that died is replaced, in milliseconds. */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 60_000;
/** Threads that a search is given to, one after the other, before the main thread answers it. */
const MAX_TRIES = 2;

export interface SearchThreadsOptions {
  readonly dataDir: string;
  readonly model: ModelCard | undefined;
  readonly count: number;
  /** Catalogs of fewer products are searched on the main thread: that takes less time than asking another one. */
  readonly minProducts: number;
  readonly help: ThreadHelp;
}

/**
 * Threads that answer searches over the one copy of the index that the main thread has read. The main thread says when they
 * switch to another generation; what was written since they read from the change log, each for itself.
 */
export class SearchThreads implements CatalogCopies {
  readonly #options: SearchThreadsOptions;
  #memory: GenerationMemory | undefined;
  /** By number less 1. */
  readonly #threads: (SearchThread | undefined)[] = [];
  /** By place, until a thread is ready again. */
  readonly #backoff = new Map<number, number>();
  #failure: string | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isClosed = false;

  /** Threads start in the background; until one is ready the main thread answers. */
  constructor(index: OpenIndex, options: SearchThreadsOptions) {
    this.#options = options;
    this.#serve(index);
  }

  /** Number of threads that take searches. */
  get ready(): number {
    return this.#threads.filter((thread) => thread?.isReady).length;
  }

  /** Why fewer threads answer than should; undefined where all do, or none died. */
  get problem(): string | undefined {
    const { count } = this.#options;
    if (this.#memory === undefined || this.#failure === undefined || this.ready === count) return undefined;
    return `${this.ready} of ${count} threads answer searches, the others are started again: ${this.#failure}`;
  }

  /**
   * The answers of one retrieval, in order, with everything that was written up to a change number; undefined where the
   * main thread has to answer. A thread that dies is replaced, and another one asked.
   */
  async search(requests: readonly SearchRequest[], sequence: number): Promise<Answered[] | undefined> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const answers = await this.#leastBusy()?.search(requests, sequence);
      if (answers !== undefined) return answers;
    }
    return undefined;
  }

  async prepareSwitch(index: OpenIndex): Promise<() => void> {
    const { memory } = index;
    if (memory !== undefined && this.#wantsThreads(index)) {
      const ready = this.#threads.filter((one) => one?.isReady);
      await Promise.all(ready.map((one) => one?.prepare(memory)));
    }
    return () => {
      for (const [place, thread] of this.#threads.entries()) {
        if (thread !== undefined && thread.memory === memory) thread.switch();
        else this.#end(place);
      }
      this.#serve(index);
    };
  }

  reapply(ids: readonly string[], vectors: ReadonlyMap<string, Float32Array>): void {
    for (const thread of this.#threads) thread?.reapply(ids, vectors);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#threads.map((thread) => thread?.close()));
  }

  #wantsThreads(index: OpenIndex): boolean {
    return index.live >= this.#options.minProducts;
  }

  /** Starts the threads that are missing. */
  #serve(index: OpenIndex): void {
    this.#memory = this.#wantsThreads(index) ? index.memory : undefined;
    for (let place = 0; place < this.#options.count; place++) this.#start(place);
  }

  #start(place: number): void {
    const { dataDir, model, help } = this.#options;
    if (this.#isClosed || this.#memory === undefined || this.#threads[place] !== undefined) return;
    const thread = new SearchThread({ dataDir, model, memory: this.#memory, thread: place + 1 }, help);
    this.#threads[place] = thread;
    void thread.ended.then(() => {
      // Its place in the shared memory is free only now.
      if (this.#threads[place] !== thread) return;
      this.#threads[place] = undefined;
      this.#failure = thread.failure ?? this.#failure;
      this.#startLater(place, thread.wasReady);
    });
  }

  #startLater(place: number, wasReady: boolean): void {
    if (this.#isClosed) return;
    const backoff = wasReady ? FIRST_BACKOFF_MS : (this.#backoff.get(place) ?? FIRST_BACKOFF_MS);
    this.#backoff.set(place, Math.min(MAX_BACKOFF_MS, 2 * backoff));
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(place);
    }, backoff);
    timer.unref();
    this.#timers.add(timer);
  }

  /** Ends a thread; one for the generation that then serves follows. */
  #end(place: number): void {
    void this.#threads[place]?.close();
  }

  #leastBusy(): SearchThread | undefined {
    let least: SearchThread | undefined;
    for (const thread of this.#threads)
      if (thread?.isReady && thread.busy < (least?.busy ?? Number.POSITIVE_INFINITY)) least = thread;
    return least;
  }
}
