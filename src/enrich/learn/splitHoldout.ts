import { hashOf, hashOrder } from './hashOrder.js';

/** Rows to train on, and hold-out rows to measure on. Row numbers, ascending. */
export interface Split {
  readonly training: Int32Array;
  readonly holdout: Int32Array;
}

const MAX_HOLDOUT = 1_500;
const HOLDOUT_SHARE = 0.2;
/** From this many rows the hold-out is so small a share that the model is not trained again with it. */
const MIN_ROWS_WITHOUT_REFIT = 15_000;
/** Below this many rows cross-validation replaces the single split. */
const MIN_ROWS_FOR_SPLIT = 2_500;
/** Below this many rows nothing is held out. */
const MIN_ROWS = 40;
const FOLDS = 4;

/**
 * Splits rows into training and hold-out. The fit of the last split is the final one.
 * - From 15,000 rows: one split, 1,500 rows held out for good.
 * - From 2,500 rows: one split with a fifth held out, at most 1,500, then one that trains on all rows.
 * - From 40 rows: 4-fold cross-validation, then one that trains on all rows.
 * - Fewer: one that trains on all rows.
 *
 * Where a row belongs depends on its id, so that one more labelled row does not exchange all others.
 */
export function splitHoldout(ids: readonly string[], seed: number): Split[] {
  const rows = ids.length;
  const order = hashOrder(ids, seed);
  const refit = { training: order.slice().sort(), holdout: new Int32Array(0) };
  if (rows < MIN_ROWS) return rows === 0 ? [] : [refit];
  if (rows >= MIN_ROWS_FOR_SPLIT) {
    const count = Math.min(MAX_HOLDOUT, Math.round(rows * HOLDOUT_SHARE));
    const split = { training: order.slice(count).sort(), holdout: order.slice(0, count).sort() };
    return rows >= MIN_ROWS_WITHOUT_REFIT ? [split] : [split, refit];
  }
  const foldOf = (row: number): number => hashOf(ids[row] ?? '', seed) % FOLDS;
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    training: order.filter((row) => foldOf(row) !== fold).sort(),
    holdout: order.filter((row) => foldOf(row) === fold).sort(),
  }));
  return [...folds, refit];
}
