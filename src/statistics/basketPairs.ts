import { logChoose, normalQuantile } from './normal.js';

/** Two products that were bought together more often than by chance. */
export interface PairLift {
  readonly a: string;
  readonly b: string;
  /** Baskets with both; with a full table at least this many. */
  readonly together: number;
  /** Baskets with both by chance. */
  readonly expected: number;
  readonly lift: number;
  /** Lower bound of the lift. */
  readonly low: number;
  /** Probability of as many baskets with both by chance. */
  readonly pValue: number;
}

export interface LiftOptions {
  /** Probability that any of the pairs is there by chance; 0.05 unless given. */
  readonly alpha?: number;
  /** Baskets with both that a pair needs; 3 unless given. */
  readonly minTogether?: number;
}

const ALPHA = 0.05;
const MIN_TOGETHER = 3;
/** Of a larger basket (a wholesaler's, or an import's mistake) this many products count, spread evenly over it. */
const MAX_BASKET = 50;
const MAX_PAIRS = 2_000_000;

/**
 * Counts pairs of products in baskets, in time linear in the pairs of the baskets (at most 1,225 each) and in bounded
 * memory: when the table is full, the rarest pairs are dropped by lossy counting (Manku & Motwani, "Approximate frequency
 * counts over data streams", 2002), so that counts may then be too low, never too high.
 */
export class BasketPairs {
  baskets = 0;
  /** Baskets that were cut to 50 products. */
  cut = 0;
  /** What a count may lack at most. */
  maxMissing = 0;
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly counts: number[] = [];
  /** By number of the smaller times 2^26 plus that of the larger product. */
  private readonly pairs = new Map<number, { count: number; missing: number }>();

  constructor(private readonly maxPairs = MAX_PAIRS) {}

  add(basket: Iterable<string>): void {
    let products = [...new Set(basket)];
    if (products.length === 0) return;
    if (products.length > MAX_BASKET) {
      this.cut++;
      const all = products;
      products = Array.from(
        { length: MAX_BASKET },
        (_, i) => all[Math.floor((i * all.length) / MAX_BASKET)] ?? '',
      );
    }
    this.baskets++;
    const numbers = products.map((id) => this.numberOf(id)).sort((a, b) => a - b);
    for (const [place, a] of numbers.entries()) {
      this.counts[a] = (this.counts[a] ?? 0) + 1;
      for (let other = place + 1; other < numbers.length; other++) this.count(a, numbers[other] ?? 0);
    }
  }

  /** Baskets with this product. */
  countOf(id: string): number {
    const number = this.numbers.get(id);
    return number === undefined ? 0 : (this.counts[number] ?? 0);
  }

  /** All counted pairs with their number of baskets. */
  *counted(): Generator<{ a: string; b: string; together: number }> {
    for (const [key, { count }] of this.pairs) {
      const [a, b] = this.idsOf(key);
      yield { a, b, together: count };
    }
  }

  /**
   * The pairs whose lift (observed by expected baskets with both) is above 1 beyond chance. `pValue` is the upper tail of
   * the hypergeometric distribution (Fisher's exact test); a pair stays where it is at most alpha divided by the number of
   * pairs tested (Bonferroni), so that with probability 1 - alpha none of them is there by chance. `low` is Byar's lower
   * bound of a Poisson count (Breslow & Day, "Statistical methods in cancer research II", 1987) at the same level, over
   * the expected one. Strongest bound first.
   */
  lifts({ alpha = ALPHA, minTogether = MIN_TOGETHER }: LiftOptions = {}): PairLift[] {
    let tested = 0;
    for (const { count } of this.pairs.values()) if (count >= minTogether) tested++;
    const level = alpha / Math.max(1, tested);
    const z = -normalQuantile(level);
    const found: PairLift[] = [];
    for (const [key, { count }] of this.pairs) {
      if (count < minTogether) continue;
      const [a, b] = this.idsOf(key);
      const [withA, withB] = [this.countOf(a), this.countOf(b)];
      const expected = (withA * withB) / this.baskets;
      if (count <= expected) continue;
      const pValue = hypergeometricTail(count, this.baskets, withA, withB);
      if (pValue > level) continue;
      found.push({
        a,
        b,
        together: count,
        expected,
        lift: count / expected,
        low: poissonLowerBound(count, z) / expected,
        pValue,
      });
    }
    return found.sort((one, two) => two.low - one.low || (one.a + one.b < two.a + two.b ? -1 : 1));
  }

  private numberOf(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const number = this.ids.length;
    this.numbers.set(id, number);
    this.ids.push(id);
    return number;
  }

  private idsOf(key: number): [string, string] {
    return [this.ids[Math.floor(key / 2 ** 26)] ?? '', this.ids[key % 2 ** 26] ?? ''];
  }

  private count(a: number, b: number): void {
    const key = a * 2 ** 26 + b;
    const pair = this.pairs.get(key);
    if (pair !== undefined) {
      pair.count++;
      return;
    }
    while (this.pairs.size >= this.maxPairs) {
      this.maxMissing++;
      for (const [other, { count, missing }] of this.pairs)
        if (count + missing <= this.maxMissing) this.pairs.delete(other);
    }
    this.pairs.set(key, { count: 1, missing: this.maxMissing });
  }
}

/** P(X >= k) of the hypergeometric distribution: `k` of `drawn` are among the `marked` of `all`. */
export function hypergeometricTail(k: number, all: number, marked: number, drawn: number): number {
  const max = Math.min(marked, drawn);
  if (k > max) return 0;
  const from = Math.max(k, 0, marked + drawn - all);
  let term = Math.exp(
    logChoose(marked, from) + logChoose(all - marked, drawn - from) - logChoose(all, drawn),
  );
  let sum = 0;
  for (let x = from; x <= max; x++) {
    sum += term;
    // Terms only shrink past the mode.
    if (term < sum * 1e-15 && x > (marked * drawn) / all) break;
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (all - marked - drawn + x + 1));
  }
  return Math.min(1, sum);
}

/** The mean of a Poisson distribution under which `count` or more has the tail probability of `z`; Byar's formula. */
export function poissonLowerBound(count: number, z: number): number {
  if (count <= 0) return 0;
  return Math.max(0, count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3);
}
