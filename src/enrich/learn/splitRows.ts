import { seededRandom, shuffle } from '../../domain/seededRandom.js';

/** Rows that teach, and rows that what was taught is tried on. */
export interface Split {
  readonly taught: Int32Array;
  readonly heldOut: Int32Array;
}

/** So many held-out rows are enough to calibrate on; where that is a small share, they never teach. */
const ENOUGH = 1_500;
const SHARE = 0.2;
const MANY = 15_000;
const SOME = 2_500;
const FEW = 40;
const FOLDS = 4;

/**
 * Many rows: one split, 1,500 held out for good. Some: one split with a fifth held out, and a last one that
 * teaches with all and holds out none. Few: the same with four folds, each row held out once. Too few to
 * measure anything: only the last one.
 */
export function splitRows(rows: number, seed: number): Split[] {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, seededRandom(seed));
  const whole = { taught: order.slice().sort(), heldOut: new Int32Array(0) };
  if (rows < FEW) return rows === 0 ? [] : [whole];
  if (rows >= SOME) {
    const count = Math.min(ENOUGH, Math.round(rows * SHARE));
    const split = { taught: order.slice(count).sort(), heldOut: order.slice(0, count).sort() };
    return rows >= MANY ? [split] : [split, whole];
  }
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    taught: order.filter((_, i) => i % FOLDS !== fold).sort(),
    heldOut: order.filter((_, i) => i % FOLDS === fold).sort(),
  }));
  return [...folds, whole];
}
