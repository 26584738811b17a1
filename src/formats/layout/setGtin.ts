import type { FieldProblem } from '../../domain/fieldProblem.js';

/** A number as spreadsheet programs show and save one that is too long for its cell: `4,00638E+12`. */
const EXPONENT = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i;
/** A whole number that a program wrote with decimals: `4006381333931.0`. */
const WITH_DECIMALS = /^(\d{8,14})[.,]0+$/;

/** Reads a GTIN cell. A program may have written it as a number; without all of its digits it is unreadable. */
export function setGtin(draft: Record<string, unknown>, unreadable: FieldProblem[], cell: string): void {
  const text = cell.trim();
  const [, first = '', rest = '', power = ''] = EXPONENT.exec(text) ?? [];
  if (first === '') {
    draft.gtin = WITH_DECIMALS.exec(text)?.[1] ?? cell;
    return;
  }
  const isComplete = rest.length === Number(power) && rest.length >= 7;
  draft.gtin = isComplete ? first + rest : null;
  if (isComplete) return;
  unreadable.push({
    field: 'gtin',
    reason: `expected all digits of a GTIN, found ${text}, as a spreadsheet program shortens it: format the column as text`,
  });
}
