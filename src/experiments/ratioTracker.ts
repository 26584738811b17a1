import { RatioStats } from '../statistics/ratioStats.js';

/** The sums of a ratio over clients, kept while what the clients did comes in, in any order. */
export class RatioTracker {
  readonly #clients = new Map<string, { x: number; n: number }>();
  #sums = new RatioStats().sums();

  /** Adds to what a client did (x), and to how often the client could (n). */
  add(client: string, x: number, n: number): void {
    const known = this.#clients.get(client);
    const before = known ?? { x: 0, n: 0 };
    const after = { x: before.x + x, n: before.n + n };
    const sums = this.#sums;
    this.#sums = {
      units: sums.units + (known === undefined ? 1 : 0),
      nonZero: sums.nonZero + Number(after.x !== 0) - Number(before.x !== 0),
      x: sums.x + x,
      n: sums.n + n,
      xx: sums.xx + after.x * after.x - before.x * before.x,
      nn: sums.nn + after.n * after.n - before.n * before.n,
      xn: sums.xn + after.x * after.n - before.x * before.n,
    };
    this.#clients.set(client, after);
  }

  has(client: string): boolean {
    return this.#clients.has(client);
  }

  get stats(): RatioStats {
    return new RatioStats(this.#sums);
  }
}
