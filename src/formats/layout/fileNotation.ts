import { attributeName } from '../../domain/field.js';
import { detectNotation, inNeutral, isNumeric } from '../../text/notations.js';
import { NEUTRAL, type Notation } from '../../text/numbers.js';

/** How the numbers of a table are read. */
export interface FileNotation {
  /** The same for every number of the file. */
  readonly notation: Notation;
  /** An attribute's cell with its number as the neutral rule reads it: products keep their attributes as text. */
  attribute(column: number, cell: string): string;
}

/** Columns that hold digits and no amounts: a code such as `10.250` says nothing about the file's numbers. */
const NO_AMOUNTS = new Set(['id', 'sku', 'mpn', 'gtin', 'group_id', 'handle']);

/** Tells from the first rows of a table how it writes numbers; `usual` where nothing tells. */
export function fileNotation(
  fields: readonly (string | undefined)[],
  sample: readonly (readonly string[])[],
  usual: Notation = NEUTRAL,
): FileNotation {
  const columns = fields.map((field, at) => ({
    at,
    isPrice: field === 'price',
    isAttribute: field !== undefined && attributeName(field) !== undefined,
    cells: field === undefined || NO_AMOUNTS.has(field) ? [] : sample.map((row) => row[at] ?? ''),
  }));
  const notation = detectNotation(columns, usual);
  const isNeutral = notation.grouping === NEUTRAL.grouping && !notation.exponents;
  const numeric = new Set(
    columns
      .filter(({ cells, isAttribute }) => !isNeutral && isAttribute && isNumeric(cells))
      .map(({ at }) => at),
  );
  return {
    notation,
    attribute: (column, cell) => (numeric.has(column) ? inNeutral(cell, notation) : cell),
  };
}
