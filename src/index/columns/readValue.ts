import { type Quantity, readQuantity } from '../../text/measures.js';
import { toBase, type Unit, unitIn } from '../../text/units.js';

/**
 * What a value is as a number, before it is known which column it stands in: as written, of a date the milliseconds since
 * 1970, NaN for what is no number. A bare number is in the unit of its column.
 */
export type ValueNumber = Quantity;

const NO_NUMBER: ValueNumber = { value: Number.NaN, unit: undefined, isBare: false };
const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The number that a value stands for: itself, that of a number with a unit (`8 GB`, `1½ in`, `1.299,00 g`) or with
 * something else beside it (`12 pockets`, `$5`), an ISO date. Booleans, lists and ranges are no numbers.
 */
export function readValue(value: string | number | boolean): ValueNumber {
  if (typeof value === 'number') return { value, unit: undefined, isBare: true };
  if (typeof value === 'boolean') return NO_NUMBER;
  if (DATE.test(value)) return { value: Date.parse(value), unit: undefined, isBare: false };
  return readQuantity(value) ?? NO_NUMBER;
}

/**
 * The number that a column of this unit keeps for a value: in the base of the unit's dimension, a bare number taken to
 * be in the unit, NaN for what is of another dimension. In a column without a unit, the number as written.
 */
export function numberIn(unit: Unit | undefined, { value, unit: written, isBare }: ValueNumber): number {
  if (unit === undefined) return value;
  if (isBare) return toBase(value, unit);
  const meant = written === undefined ? undefined : unitIn(unit.dimension, written);
  return meant === undefined ? Number.NaN : toBase(value, meant);
}

/** The share of the measures that must be of one dimension, so that a column counts in it. */
const MIN_SHARE = 0.8;

/**
 * The unit of a column, by how many of its cells are written in each: the most used one, of equals the first. Undefined
 * where no cell has a unit, and where cells of several dimensions stand side by side.
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
