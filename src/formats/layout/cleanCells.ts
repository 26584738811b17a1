import { attributeName } from '../../domain/field.js';
import { isDashAmount } from '../../text/money.js';
import { isNumeric } from '../../text/notations.js';
import type { Placeholders } from '../../text/placeholders.js';
import { unguardFormula } from '../formulaGuard.js';
import { unguardText } from '../unguardText.js';
import type { SampleRows } from './layout.js';

/** The cells of a row as the product has them: without what spreadsheet programs add, and blank for a placeholder. */
export type CleanCells = (cells: readonly string[]) => readonly string[];

export interface CellCleaner {
  /** The given rows, clean. */
  readonly sample: SampleRows;
  /** Cleans the rows of a table whose columns hold these fields. */
  forFields(fields: readonly (string | undefined)[]): CleanCells;
}

/** Identifiers can be any text. */
const NEVER_BLANKED = new Set(['id', 'handle']);
const NUMBER_FIELDS = new Set(['price', 'stock']);
/** `not available` is an availability. */
const AVAILABILITY_FIELDS = new Set(['availability', 'stock']);
const NOT_AVAILABLE = /^\s*not[\s_-]?available\s*$/i;

/** `rows` are the first rows of the table; `guarded`: whether cells may contain the guard of `guardFormula`. */
export function cellCleaner(rows: SampleRows, placeholders: Placeholders, guarded: boolean): CellCleaner {
  const unguard = unguarding(rows, guarded);
  const sample = rows.map((cells) =>
    changed(cells, (cell, column) => {
      const text = unguard(cell, column);
      return placeholders.has(text) ? '' : text;
    }),
  );
  return {
    sample,
    forFields(fields) {
      const isNumber = fields.map(
        (field, at) =>
          field !== undefined &&
          (NUMBER_FIELDS.has(field) ||
            (attributeName(field) !== undefined && isNumeric(sample.map((cells) => cells[at] ?? '')))),
      );
      // Columns without a field can be read by the layout itself, such as the options of variants.
      const isBlanked = fields.map((field) => field === undefined || !NEVER_BLANKED.has(field));
      const clean = (cell: string, column: number): string => {
        const text = unguard(cell, column);
        if (isBlanked[column] !== true) return text;
        const field = fields[column] ?? '';
        if (placeholders.has(text, isNumber[column]))
          return AVAILABILITY_FIELDS.has(field) && NOT_AVAILABLE.test(text) ? text : '';
        return field === 'price' && isDashAmount(text) ? '' : text;
      };
      return (cells) => changed(cells, clean);
    },
  };
}

/** The cells with `change` applied; the same array if nothing changes. */
function changed(
  cells: readonly string[],
  change: (cell: string, column: number) => string,
): readonly string[] {
  let result: string[] | undefined;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] ?? '';
    if (cell === '') continue;
    const value = change(cell, column);
    if (value === cell) continue;
    result ??= [...cells];
    result[column] = value;
  }
  return result ?? cells;
}

/** Minimum share of a column's filled cells with an apostrophe that shows that a program wrote it before every value. */
const MIN_APOSTROPHES = 0.9;
/** Apostrophe, equals sign and tab. */
const GUARDS = new Set([0x27, 0x3d, 0x09]);
const MIN_FILLED = 3;
const QUOTED = /^'[\p{L}\p{N}][^']*$/u;

function unguarding(rows: SampleRows, guarded: boolean): (cell: string, column: number) => string {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const hasApostrophes = Array.from({ length: width }, (_, column) => {
    const filled = rows.map((cells) => cells[column] ?? '').filter((cell) => cell.trim() !== '');
    const quoted = filled.filter((cell) => QUOTED.test(cell)).length;
    return filled.length >= MIN_FILLED && quoted >= MIN_APOSTROPHES * filled.length;
  });
  return (cell, column) => {
    if (!GUARDS.has(cell.charCodeAt(0))) return cell;
    const value = guarded ? unguardFormula(cell) : cell;
    if (value !== cell) return value;
    return hasApostrophes[column] === true && QUOTED.test(cell) ? cell.slice(1) : unguardText(cell);
  };
}
