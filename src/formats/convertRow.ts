import { stringify } from 'csv-stringify/sync';
import type { Fact } from '../domain/fact.js';
import { fieldValue } from '../domain/field.js';
import { applyFacts, documentOf } from '../domain/filledProduct.js';
import type { Product } from '../domain/product.js';
import { guardFormula } from './formulaGuard.js';
import type { Layout } from './layout/layout.js';
import type { Row } from './row.js';
import { addedHeaders, fillCells } from './table/fillCells.js';

/** A table row to be converted to another format. */
export interface ConvertibleRow {
  readonly row: Row | undefined;
  readonly inherits: boolean;
  /** Empty if the row cannot be split into cells. */
  readonly cells: readonly string[];
  /** The cells as the product has them. */
  readonly clean: readonly string[];
}

/** The product as one JSON line, with blanks filled by applied facts, and with its facts if there are any. */
export function productLine(product: Product, facts: readonly Fact[]): { text: string; filled: number } {
  const filled = applyFacts(product, facts);
  const line = filled.facts.length === 0 ? filled.product : documentOf(filled);
  return { text: `${JSON.stringify(line)}\n`, filled: countFilled(product, facts) };
}

/** The number of blank fields that the applied facts fill. */
function countFilled(product: Product, facts: readonly Fact[]): number {
  const fields = facts
    .filter(({ field, status }) => status === 'applied' && fieldValue(product, field) === undefined)
    .map(({ field }) => field);
  return new Set(fields).size;
}

/** The cells of a converted row, added columns last. Filled cells pass through `guardFormula` if `guarded`. */
export function convertedCells(
  layout: Layout,
  { cells, clean, inherits }: ConvertibleRow,
  facts: readonly Fact[],
  added: readonly string[],
  guarded: boolean,
): { cells: string[]; filled: number } {
  const filling = fillCells(layout, clean, inherits, facts, added);
  const guard = (value: string): string => (guarded ? guardFormula(value) : value);
  const existing = layout.columns.map((_, at) => {
    const value = filling.cells.get(at);
    return value === undefined ? (cells[at] ?? '') : guard(value);
  });
  return { cells: [...existing, ...filling.added.map(guard)], filled: filling.filled };
}

export function convertedHeader(layout: Layout, added: readonly string[], guarded: boolean): string[] {
  const headers = addedHeaders(layout.columns, added);
  return [...layout.columns, ...(guarded ? headers.map(guardFormula) : headers)];
}

/** A record as a line of CSV or TSV. */
export function recordLine(cells: readonly string[], format: 'csv' | 'tsv'): string {
  return stringify([[...cells]], { delimiter: format === 'tsv' ? '\t' : ',' });
}
