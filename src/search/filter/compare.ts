import { categoryLevels } from '../../domain/categoryPath.js';
import { UserError } from '../../domain/errors.js';
import { fold } from '../../text/fold.js';
import { readMeasure } from '../../text/measures.js';
import type { Unit } from '../../text/units.js';
import type { Comparison, Literal } from './parseFilter.js';

/** The bound of a comparison: a number in the given unit, or a bare number in the column's unit. */
export interface Bound {
  readonly value: number;
  readonly unit: Unit | undefined;
}

/** Fields that never have a unit. */
const WITHOUT_UNIT = new Set(['price', 'stock']);

/**
 * Parses the bound of `<`, `<=`, `>` or `>=`: `49.90`, `'1,5 kg'`.
 * @throws UserError for an id, which has no order, and for a value that is neither a number nor a number with
 * a unit.
 */
export function readBound(field: string, operator: Comparison, value: Literal): Bound {
  if (field === 'id')
    throw new UserError(`filter: id takes =, != and IN, found ${operator}.`, { field: 'filter' });
  if (typeof value === 'number') return { value, unit: undefined };
  const measure = typeof value === 'string' ? readMeasure(value) : undefined;
  const takesUnit = !WITHOUT_UNIT.has(field);
  if (measure === undefined || (measure.unit !== undefined && !takesUnit)) {
    const unit = takesUnit ? ", or one with a unit such as '1.5 kg'" : '';
    throw new UserError(
      `filter: ${field} ${operator} needs a number in decimal notation such as 49.90${unit}, found '${String(value)}'.`,
      { field: 'filter' },
    );
  }
  return { value: measure.value, unit: measure.unit };
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
