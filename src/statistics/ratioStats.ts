/** The sums of RatioStats, as they are stored or sent. */
export interface RatioSums {
  readonly units: number;
  /** Units with a value other than 0. */
  readonly nonZero: number;
  readonly x: number;
  readonly n: number;
  readonly xx: number;
  readonly nn: number;
  readonly xn: number;
}

const NOTHING: RatioSums = { units: 0, nonZero: 0, x: 0, n: 0, xx: 0, nn: 0, xn: 0 };

/**
 * A ratio of sums over independent units, such as revenue per search over shoppers: a unit adds `x` (its revenue) and `n`
 * (its searches; 1 for a plain mean). The unit is what was assigned to a variant, so that a shopper's many searches do
 * not count as independent (Deng, Knoblich & Lu, "Applying the delta method in metric analytics", 2018).
 */
export class RatioStats {
  units: number;
  nonZero: number;
  private x: number;
  private n: number;
  private xx: number;
  private nn: number;
  private xn: number;

  constructor(sums: RatioSums = NOTHING) {
    this.units = sums.units;
    this.nonZero = sums.nonZero;
    this.x = sums.x;
    this.n = sums.n;
    this.xx = sums.xx;
    this.nn = sums.nn;
    this.xn = sums.xn;
  }

  add(x: number, n = 1): void {
    this.units++;
    if (x !== 0) this.nonZero++;
    this.x += x;
    this.n += n;
    this.xx += x * x;
    this.nn += n * n;
    this.xn += x * n;
  }

  /** Sum of x by sum of n; 0 without units. */
  get value(): number {
    return this.n === 0 ? 0 : this.x / this.n;
  }

  /** Variance of `value` by the delta method; infinite below two units. */
  get variance(): number {
    const { units, n, value } = this;
    if (units < 2 || n === 0) return Number.POSITIVE_INFINITY;
    // The mean of x - value * n is 0, so this is its sum of squares.
    const squares = Math.max(0, this.xx - 2 * value * this.xn + value * value * this.nn);
    return (squares / (units - 1)) * (units / (n * n));
  }

  sums(): RatioSums {
    const { units, nonZero, x, n, xx, nn, xn } = this;
    return { units, nonZero, x, n, xx, nn, xn };
  }
}

/**
 * Cuts off values above `cap`. Revenue has rare large orders, which make any interval of its mean unreliable; `cap` must
 * not depend on the experiment's own data (take a high quantile of the orders before it).
 */
export function winsorize(value: number, cap: number): number {
  return Math.min(value, cap);
}
