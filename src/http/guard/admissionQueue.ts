/** A place in a queue for work, until it is left. */
export interface QueuedRequest {
  /** Gives the place up, waiting or working; the next one goes in. Leaving twice does nothing. */
  leave(): void;
}

/** Bounds how much is worked on at once and how much waits for it: first come, first served. */
export class AdmissionQueue {
  #working = 0;
  readonly #waiting = new Set<() => void>();

  constructor(private readonly max: { readonly atOnce: number; readonly waiting: number }) {}

  get working(): number {
    return this.#working;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `go` when it is this one's turn, at once where there is room; undefined where too many wait. */
  enter(go: () => void): QueuedRequest | undefined {
    let state: 'waiting' | 'working' | 'left' = 'waiting';
    const start = (): void => {
      state = 'working';
      this.#working += 1;
      go();
    };
    const leave = (): void => {
      if (state === 'waiting') this.#waiting.delete(start);
      const worked = state === 'working';
      state = 'left';
      if (worked) {
        this.#working -= 1;
        this.#advance();
      }
    };
    if (this.#working < this.max.atOnce) start();
    else if (this.#waiting.size < this.max.waiting) this.#waiting.add(start);
    else return undefined;
    return { leave };
  }

  #advance(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#working >= this.max.atOnce) return;
    this.#waiting.delete(next);
    next();
  }
}
