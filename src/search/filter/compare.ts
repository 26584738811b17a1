import { categoryLevels } from '../../domain/categoryPath.js';
import { UserError } from '../../domain/errors.js';
import { fold } from '../../text/fold.js';
import type { Comparison, Literal } from './parseFilter.js';

const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/;

/**
 * The number that `<` and its like compare with.
 * @throws UserError for an id, which has no order, and for what is no number in decimal notation.
 */
export function boundOf(field: string, operator: Comparison, value: Literal): number {
  if (field === 'id')
    throw new UserError(`filter: id takes =, != and IN, found ${operator}.`, { field: 'filter' });
  if (typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value))) return Number(value);
  throw new UserError(
    `filter: ${field} ${operator} needs a number in decimal notation such as 49.90, found '${String(value)}'.`,
    { field: 'filter' },
  );
}

/** Whether a number stands to the bound as the operator, one of `<`, `<=`, `>` and `>=`, says; never for NaN. */
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

/** Whether a category path is `wanted` or below it, under folding; nothing is below no category. */
export function isAtOrBelow(path: string, wanted: string): boolean {
  const levels = categoryLevels(wanted);
  const own = categoryLevels(path);
  return levels.length > 0 && levels.every((level, depth) => fold(own[depth] ?? '') === fold(level));
}
