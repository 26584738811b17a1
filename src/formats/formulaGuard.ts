/**
 * What a spreadsheet program may take for a formula, as OWASP lists it (CSV injection): a cell that begins with
 * =, +, -, @, their full-width forms, a tab or a line break, also behind spaces and quotes, which some programs
 * pass over.
 */
const FORMULA = /^['"\s\p{Cf}]*[=+\-@＝＋－＠\t\r\n]/u;

/** A signed number evaluates to itself. */
const SIGNED_NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i;

/** Leads a cell that a spreadsheet program would evaluate by an apostrophe, which makes it text there. */
export function guardFormula(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}

/** Takes back what `guardFormula` did: for every text `unguardFormula(guardFormula(text)) === text`. */
export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

function isFormula(cell: string): boolean {
  return FORMULA.test(cell) && !SIGNED_NUMBER.test(cell);
}
