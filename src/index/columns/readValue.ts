import { type Quantity, readQuantity } from '../../text/measures.js';
import { toBase, type Unit, unitIn } from '../../text/units.js';

/**
 * A value as a number, independent of its column: as written, milliseconds since 1970 for a date, NaN if it
 * is no number. A bare number is in the unit of its column.
 */
export type ValueNumber = Quantity;

const NO_NUMBER: ValueNumber = { value: Number.NaN, unit: undefined, isBare: false };
const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a value as a number: a number, a number with a unit (`8 GB`, `1½ in`, `1.299,00 g`) or with other
 * text (`12 pockets`, `$5`), or an ISO date. Booleans, lists and ranges are not numbers.
 */
export function readValue(value: string | number | boolean): ValueNumber {
  if (typeof value === 'number') return { value, unit: undefined, isBare: true };
  if (typeof value === 'boolean') return NO_NUMBER;
  if (DATE.test(value)) return { value: Date.parse(value), unit: undefined, isBare: false };
  return readQuantity(value) ?? NO_NUMBER;
}

/**
 * The number that a column with this unit stores for a value: in the base of the unit's dimension. A bare
 * number is taken to be in the unit; another dimension gives NaN. Without a unit, the number as written.
 */
export function numberIn(unit: Unit | undefined, { value, unit: written, isBare }: ValueNumber): number {
  if (unit === undefined) return value;
  if (isBare) return toBase(value, unit);
  const meant = written === undefined ? undefined : unitIn(unit.dimension, written);
  return meant === undefined ? Number.NaN : toBase(value, meant);
}

/** Minimum share of a column's measures that must be of one dimension. */
const MIN_SHARE = 0.8;

/**
 * The unit of a column, given the number of cells per unit: the most frequent one, on a tie the first.
 * Undefined if no cell has a unit, or if the cells are of several dimensions.
 */
export function unitOfColumn(cells: ReadonlyMap<Unit, number>): Unit | undefined {
  const byDimension = new Map<string, number>();
  let all = 0;
  for (const [{ dimension }, count] of cells) {
    byDimension.set(dimension, (byDimension.get(dimension) ?? 0) + count);
    all += count;
  }
  let best: { unit: Unit; count: number } | undefined;
  for (const [unit, count] of cells) {
    const isCommon = (byDimension.get(unit.dimension) ?? 0) >= MIN_SHARE * all;
    if (count > 0 && isCommon && (best === undefined || count > best.count)) best = { unit, count };
  }
  return best?.unit;
}
