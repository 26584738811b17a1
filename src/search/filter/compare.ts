import { categoryLevels } from '../../domain/categoryPath.js';
import { UserError } from '../../domain/errors.js';
import { type FoundDate, readDate } from '../../text/dates.js';
import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import type { Unit } from '../../text/units.js';
import type { Comparison, Literal } from './parseFilter.js';

/** The bound of a comparison: a date, a number in the given unit, or a bare number in the column's unit. */
export type Bound =
  | { readonly date: FoundDate }
  | { readonly date?: undefined; readonly value: number; readonly unit: Unit | undefined };

/** Fields that hold plain numbers: they have no unit and are no dates. */
const PLAIN_NUMBERS = new Set(['price', 'stock']);

/**
 * Parses the bound of `<`, `<=`, `>` or `>=`: `49.90`, `'1,5 kg'`, `'2024-06-01'`.
 * @throws UserError for an id, which has no order, and for a value that is neither a number, with or without a unit,
 * nor a date.
 */
export function readBound(field: string, operator: Comparison, value: Literal): Bound {
  if (field === 'id')
    throw new UserError(`filter: id takes =, != and IN, found ${operator}.`, { field: 'filter' });
  const bound = boundOf(value);
  const isPlain = bound !== undefined && bound.date === undefined && bound.unit === undefined;
  if (bound === undefined || (!isPlain && PLAIN_NUMBERS.has(field))) {
    const others = PLAIN_NUMBERS.has(field)
      ? ''
      : ", one with a unit such as '1.5 kg', or a date such as '2024-06-01'";
    throw new UserError(
      `filter: ${field} ${operator} needs a number in decimal notation such as 49.90${others}, found '${String(value)}'.`,
      { field: 'filter' },
    );
  }
  return bound;
}

/** What a value can be compared by; undefined for words. */
export function boundOf(value: Literal): Bound | undefined {
  if (typeof value === 'number') return { value, unit: undefined };
  if (typeof value === 'boolean') return undefined;
  const date = readDate(value);
  if (date !== undefined) return { date };
  const measure = readMeasure(value);
  return measure === undefined ? undefined : { value: measure.value, unit: measure.unit };
}

/** Whether a number satisfies one of `<`, `<=`, `>` and `>=`; false for NaN. */
export function compares(number: number, operator: Comparison, bound: number): boolean {
  switch (operator) {
    case '<':
      return number < bound;
    case '<=':
      return number <= bound;
    case '>':
      return number > bound;
    default:
      return number >= bound;
  }
}

/** Whether a category path is `wanted` or below it, after folding. Nothing is below the empty path. */
export function isAtOrBelow(path: string, wanted: string): boolean {
  const levels = categoryLevels(wanted);
  const own = categoryLevels(path);
  return levels.length > 0 && levels.every((level, depth) => fold(own[depth] ?? '') === fold(level));
}
