import { isGuardedValue } from './unguardText.js';

/**
 * Cells that a spreadsheet program can evaluate as a formula, after OWASP's page on CSV injection: they begin with =,
 * +, -, @, their full-width forms, a tab or a line break, possibly after spaces and quotes, which some programs ignore.
 */
const FORMULA = /^['"\s\p{Cf}]*[=+\-@＝＋－＠\t\r\n]/u;

/** A signed number evaluates to itself. */
const SIGNED_NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i;

/**
 * Prefixes a formula with an apostrophe, so that spreadsheet programs read it as text. Likewise for `'5`, whose
 * apostrophe is not kept on reading.
 */
export function guardFormula(cell: string): string {
  return needsGuard(cell) ? `'${cell}` : cell;
}

/** Reverses `guardFormula`: for every text `unguardFormula(guardFormula(text)) === text`. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
}

function needsGuard(cell: string): boolean {
  return isFormula(cell) || isGuardedValue(cell);
}

function isFormula(cell: string): boolean {
  return FORMULA.test(cell) && !SIGNED_NUMBER.test(cell);
}
