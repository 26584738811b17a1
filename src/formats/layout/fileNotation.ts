import { attributeName } from '../../domain/field.js';
import { amountText } from '../../text/html.js';
import { detectNotations, isNumeric, toNeutral } from '../../text/notations.js';
import { NEUTRAL, type Notation } from '../../text/numbers.js';

/** How to read the numbers of a table. */
export interface FileNotation {
  /** The notation of all numbers of the file. */
  readonly notation: Notation;
  /** The notation of prices and counts. */
  readonly amounts: Notation;
  /** An attribute's cell with its number in neutral notation, because products store attributes as text. */
  attribute(column: number, cell: string): string;
}

/** Columns with digits that are not amounts: a code such as `10.250` says nothing about the file's notation. */
const CODE_FIELDS = new Set(['id', 'sku', 'mpn', 'gtin', 'group_id', 'handle']);

/** Detects the notation from the first rows of a table; `fallback` if they are ambiguous. */
export function fileNotation(
  fields: readonly (string | undefined)[],
  sample: readonly (readonly string[])[],
  fallback: Notation = NEUTRAL,
): FileNotation {
  const columns = fields.map((field, at) => ({
    at,
    isPrice: field === 'price',
    isAttribute: field !== undefined && attributeName(field) !== undefined,
    cells:
      field === undefined || CODE_FIELDS.has(field) ? [] : sample.map((row) => amountText(row[at] ?? '')),
  }));
  const { notation, amounts } = detectNotations(columns, fallback);
  const isNeutral = notation.grouping === NEUTRAL.grouping && !notation.exponents;
  const numeric = new Set(
    columns
      .filter(({ cells, isAttribute }) => !isNeutral && isAttribute && isNumeric(cells))
      .map(({ at }) => at),
  );
  return {
    notation,
    amounts,
    attribute: (column, cell) => (numeric.has(column) ? toNeutral(cell, notation) : cell),
  };
}
