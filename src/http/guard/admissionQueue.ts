/** A slot in the queue, waiting or running. */
export interface QueuedRequest {
  /** Frees the slot, so that the next request starts. A second call does nothing. */
  leave(): void;
}

/** A semaphore with a bounded queue: limits how many requests run and how many wait, first in, first out. */
export class AdmissionQueue {
  #running = 0;
  readonly #waiting = new Set<() => void>();

  constructor(private readonly max: { readonly concurrency: number; readonly waiting: number }) {}

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `onTurn` when there is a free slot, at once if there is one now. Returns undefined if the queue is full. */
  enter(onTurn: () => void): QueuedRequest | undefined {
    let state: 'waiting' | 'running' | 'left' = 'waiting';
    const start = (): void => {
      state = 'running';
      this.#running += 1;
      onTurn();
    };
    const leave = (): void => {
      if (state === 'waiting') this.#waiting.delete(start);
      const ran = state === 'running';
      state = 'left';
      if (ran) {
        this.#running -= 1;
        this.#startNext();
      }
    };
    if (this.#running < this.max.concurrency) start();
    else if (this.#waiting.size < this.max.waiting) this.#waiting.add(start);
    else return undefined;
    return { leave };
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#running >= this.max.concurrency) return;
    this.#waiting.delete(next);
    next();
  }
}
