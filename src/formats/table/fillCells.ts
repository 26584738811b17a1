import type { Fact } from '../../domain/fact.js';
import { attributeName } from '../../domain/field.js';
import type { AttributeValue } from '../../domain/product.js';
import type { Layout } from '../layout/layout.js';

/** What to write into the blanks of one row. */
export interface CellFilling {
  /** Column -> value, of columns that were there and blank. */
  readonly cells: ReadonlyMap<number, string>;
  /** A value for each added column, '' where there is none. */
  readonly added: readonly string[];
  /** How many values that makes. */
  readonly filled: number;
}

/**
 * Which applied facts go into which blank cells of a row. A cell that holds anything is left alone, and so is
 * a shared column of a row that inherits it. `writable` tells values that the output's encoding has.
 */
export function fillCells(
  layout: Layout,
  cells: readonly string[],
  inherits: boolean,
  facts: readonly Fact[],
  added: readonly string[],
  writable: (value: string) => boolean = () => true,
): CellFilling {
  const into = new Map<number, string>();
  const values = added.map(() => '');
  let filled = 0;
  for (const { field, value, status } of facts) {
    const text = cellText(value);
    if (status !== 'applied' || text === '' || !writable(text)) continue;
    const place = added.indexOf(field);
    const column = layout.columnIndex(field);
    if (place !== -1 && values[place] === '') {
      values[place] = text;
      filled++;
    } else if (
      place === -1 &&
      column !== undefined &&
      !into.has(column) &&
      (cells[column] ?? '').trim() === ''
    ) {
      if (inherits && layout.isShared(column)) continue;
      into.set(column, text);
      filled++;
    }
  }
  return { cells: into, added: values, filled };
}

/** A value as a cell shows it: several joined by `, `. */
export function cellText(value: AttributeValue): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

/** Headers of added columns: the attributes' names, or the whole field where a column has that name already. */
export function addedHeaders(columns: readonly string[], added: readonly string[]): string[] {
  return added.map((field) => {
    const name = attributeName(field) ?? field;
    return columns.includes(name) ? field : name;
  });
}
