/** A slot in the queue, waiting or running. */
export interface QueuedRequest {
  /** Frees the slot, so that the next request starts. A second call does nothing. */
  leave(): void;
}

interface Entry {
  /** Units of concurrency. */
  readonly cost: number;
  readonly start: () => void;
}

export interface AdmissionLimits {
  /** Units that run at the same time. */
  readonly concurrency: number;
  /** Requests that wait. */
  readonly waiting: number;
}

/** From this cost on, a request is expensive. */
export const EXPENSIVE = 4;

/**
 * A semaphore with a bounded queue: limits how much runs and how many requests wait, first in, first out. Expensive
 * requests have half of the running units and half of the waiting places at most, and while they wait for their half,
 * cheap requests pass them. Nothing else passes, so that none waits for ever.
 */
export class AdmissionQueue {
  #running = 0;
  #units = 0;
  #expensiveUnits = 0;
  readonly #waiting = new Set<Entry>();

  constructor(private readonly max: AdmissionLimits) {}

  /** Number of running requests. */
  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Calls `onTurn` when there is room, at once if there is now. `cost` is in units, 1 for a cheap request; none is taken to
   * cost more than its half. Returns undefined if the queue is full.
   */
  enter(onTurn: () => void, cost = 1): QueuedRequest | undefined {
    let state: 'waiting' | 'running' | 'left' = 'waiting';
    const entry: Entry = {
      cost,
      start: () => {
        state = 'running';
        this.#count(entry, 1);
        onTurn();
      },
    };
    this.#waiting.add(entry);
    this.#startNext();
    if (this.#waiting.has(entry) && this.#isFullFor(entry)) {
      this.#waiting.delete(entry);
      return undefined;
    }
    return {
      leave: () => {
        if (state === 'waiting') this.#waiting.delete(entry);
        if (state === 'running') this.#count(entry, -1);
        state = 'left';
        this.#startNext();
      },
    };
  }

  #count({ cost }: Entry, by: 1 | -1): void {
    this.#running += by;
    this.#units += by * cost;
    if (cost >= EXPENSIVE) this.#expensiveUnits += by * cost;
  }

  #isFullFor({ cost }: Entry): boolean {
    const { waiting } = this.max;
    if (this.#waiting.size > waiting) return true;
    if (cost < EXPENSIVE) return false;
    const expensive = [...this.#waiting].filter((other) => other.cost >= EXPENSIVE).length;
    return expensive > Math.ceil(waiting / 2);
  }

  #startNext(): void {
    for (const entry of this.#waiting) {
      const { cost } = entry;
      if (cost >= EXPENSIVE && !this.#fits(cost, this.#expensiveUnits, Math.floor(this.max.concurrency / 2)))
        continue;
      if (!this.#fits(cost, this.#units, this.max.concurrency)) return;
      this.#waiting.delete(entry);
      entry.start();
    }
  }

  /** What costs more than there is runs alone. */
  #fits(cost: number, taken: number, units: number): boolean {
    return taken === 0 || taken + cost <= units;
  }
}
