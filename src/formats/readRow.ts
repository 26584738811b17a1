import { readProduct } from '../domain/product.js';
import type { Layout, RowReader } from './layout/layout.js';
import { badRow, type Row, type SourceRecord } from './row.js';
import { duplicateReason, SeenIds } from './seenIds.js';

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

  constructor(readonly layout: Layout) {
    this.#reader = layout.reader();
    this.#id = layout.columnIndex('id');
  }

  /** A record whose cells fit the header; `text` is what quarantine shows of it. */
  read(cells: readonly string[], line: number, text: string): ReadRow {
    const record = this.#record(cells);
    const reading = this.#reader.read(cells);
    if (reading.kind === 'more') return { row: { kind: 'more', line, record }, inherits: true };
    if (reading.kind === 'bad') {
      return { row: badRow(line, reading, text, { id: this.#idOf(cells), record }), inherits: false };
    }
    const read = readProduct(reading.draft);
    if ('problems' in read) {
      const problem = read.problems[0] ?? { field: '', reason: 'not a product' };
      return { row: badRow(line, problem, text, { id: this.#idOf(cells), record }), inherits: false };
    }
    const { product } = read;
    const first = this.#seen.firstLine(product.id, line);
    if (first !== undefined) {
      const problem = { field: 'id', reason: duplicateReason(product.id, first) };
      return { row: badRow(line, problem, text, { id: product.id, record }), inherits: false };
    }
    return { row: { kind: 'product', line, product, record }, inherits: reading.inherits };
  }

  /** A record that could not be parted into the header's cells. */
  unreadable(cells: readonly string[], line: number, reason: string, text: string): Row {
    return badRow(line, { field: '', reason }, text, { id: this.#idOf(cells) });
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
