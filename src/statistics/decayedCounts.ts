/**
 * Counts that halve with age: an event's weight is 0.5 ^ (age / halfLife) (Cormode, Shkapenyuk, Srivastava & Xu, "Forward
 * decay", 2009). Events may come in any order.
 */
export class DecayedCounts {
  private readonly counts = new Map<string, number>();

  /** `now` and the times of events in milliseconds, as `halfLife`; later events than `now` count as of now. */
  constructor(
    private readonly now: number,
    private readonly halfLife: number,
  ) {}

  add(id: string, at: number, weight = 1): void {
    const age = Math.max(0, this.now - at);
    this.counts.set(id, (this.counts.get(id) ?? 0) + weight * 0.5 ** (age / this.halfLife));
  }

  get(id: string): number {
    return this.counts.get(id) ?? 0;
  }

  /** Largest first. */
  entries(): [string, number][] {
    return [...this.counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  }
}
