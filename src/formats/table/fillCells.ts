import type { Fact } from '../../domain/fact.js';
import { attributeName } from '../../domain/field.js';
import type { AttributeValue } from '../../domain/product.js';
import type { Layout } from '../layout/layout.js';

/** The values to write into the blanks of one row. */
export interface FilledCells {
  /** Column -> value, for existing columns that are blank in this row. */
  readonly cells: ReadonlyMap<number, string>;
  /** A value for each added column; '' for none. */
  readonly added: readonly string[];
  /** The number of values in both. */
  readonly filled: number;
}

/**
 * Assigns applied facts to the blank cells of a row. Never fills a cell that has a value, or a shared column of a row
 * that inherits it. `isWritable` returns whether the output's encoding can represent a value.
 */
export function fillCells(
  layout: Layout,
  cells: readonly string[],
  inherits: boolean,
  facts: readonly Fact[],
  added: readonly string[],
  isWritable: (value: string) => boolean = () => true,
): FilledCells {
  const filledCells = new Map<number, string>();
  const values = added.map(() => '');
  let filled = 0;
  for (const { field, value, written = value, status } of facts) {
    const text = cellText(written);
    if (status !== 'applied' || text === '' || !isWritable(text)) continue;
    const addedIndex = added.indexOf(field);
    const column = layout.columnIndex(field);
    if (addedIndex !== -1 && values[addedIndex] === '') {
      values[addedIndex] = text;
      filled++;
    } else if (
      addedIndex === -1 &&
      column !== undefined &&
      !filledCells.has(column) &&
      (cells[column] ?? '').trim() === ''
    ) {
      if (inherits && layout.isShared(column)) continue;
      const cell = layout.cellOf === undefined ? text : layout.cellOf(column, text);
      if (cell === undefined) continue;
      filledCells.set(column, cell);
      filled++;
    }
  }
  return { cells: filledCells, added: values, filled };
}

/** A value as cell text; lists are joined with `, `. */
export function cellText(value: AttributeValue): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

/** Headers of added columns: the attribute's name, or the full field if a column already has that name. */
export function addedHeaders(columns: readonly string[], added: readonly string[]): string[] {
  return added.map((field) => {
    const name = attributeName(field) ?? field;
    return columns.includes(name) ? field : name;
  });
}
