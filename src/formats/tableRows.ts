import { attributeName } from '../domain/field.js';
import { readProduct } from '../domain/product.js';
import { unguardFormula } from './formulaGuard.js';
import type { Layout, RowReader } from './layout/layout.js';
import { badRow, duplicateReason, type Row, SeenIds, type SourceRecord } from './row.js';

/** A record of a table as a row; `inherits` if its shared columns are those of an earlier row. */
export interface ReadRow {
  readonly row: Row;
  readonly inherits: boolean;
}

/** Makes rows of a table's records, in order; the work of one pass. */
export class TableRows {
  readonly #reader: RowReader;
  readonly #seen = new SeenIds();
  readonly #id: number | undefined;
  /** Columns that are filled, whose cells may bear the guard against formulas. */
  readonly #filled: readonly number[];

  /** `guarded`: whether cells may have been written by `guardFormula`. */
  constructor(
    readonly layout: Layout,
    guarded: boolean,
  ) {
    this.#reader = layout.reader();
    this.#id = layout.columnIndex('id');
    this.#filled = guarded ? [...layout.fields.keys()].filter((at) => isFilled(layout.fields[at])) : [];
  }

  /** A record whose cells fit the header; `text` is what quarantine shows of it, unless given the cells as JSON. */
  read(cells: readonly string[], line: number, text?: string): ReadRow {
    const record = this.#record(cells);
    const reading = this.#reader.read(this.#unguarded(cells));
    if (reading.kind === 'more') return { row: { kind: 'more', line, record }, inherits: true };
    const bad = (problem: { field: string; reason: string }, id = this.#idOf(cells)): ReadRow => ({
      row: badRow(line, problem, text ?? JSON.stringify(cells), { id, record }),
      inherits: false,
    });
    if (reading.kind === 'bad') return bad(reading);
    const read = readProduct(reading.draft);
    if ('problems' in read) return bad(read.problems[0] ?? { field: '', reason: 'not a product' });
    const { product } = read;
    const first = this.#seen.firstLine(product.id, line);
    if (first !== undefined)
      return bad({ field: 'id', reason: duplicateReason(product.id, first) }, product.id);
    return { row: { kind: 'product', line, product, record }, inherits: reading.inherits };
  }

  /** A record that could not be parted into the header's cells. */
  unreadable(cells: readonly string[], line: number, reason: string, text: string): Row {
    return badRow(line, { field: '', reason }, text, { id: this.#idOf(cells) });
  }

  #unguarded(cells: readonly string[]): readonly string[] {
    let own: string[] | undefined;
    for (const at of this.#filled) {
      const cell = cells[at];
      if (cell === undefined || !cell.startsWith("'")) continue;
      const value = unguardFormula(cell);
      if (value === cell) continue;
      own ??= [...cells];
      own[at] = value;
    }
    return own ?? cells;
  }

  #idOf(cells: readonly string[]): string | undefined {
    const id = this.#id === undefined ? undefined : cells[this.#id]?.trim();
    return id === '' ? undefined : id;
  }

  #record(cells: readonly string[]): SourceRecord {
    const record: Record<string, string> = {};
    const { keys } = this.layout;
    for (let at = 0; at < keys.length; at++) record[keys[at] ?? ''] = cells[at] ?? '';
    return record;
  }
}

/** The fields that facts are about. */
function isFilled(field: string | undefined): boolean {
  return field === 'category' || field === 'description' || attributeName(field ?? '') !== undefined;
}
