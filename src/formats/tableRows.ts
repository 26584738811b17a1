import { readableProduct } from '../domain/readableProduct.js';
import { readRow } from '../domain/readRow.js';
import type { CleanCells } from './layout/cleanCells.js';
import type { Layout, RowReader } from './layout/layout.js';
import { badRow, duplicateReason, type Row, SeenIds, type SourceRecord } from './row.js';

/** A record of a table as a row; `inherits` if it takes its shared columns from an earlier row. */
export interface ReadRow {
  readonly row: Row;
  readonly inherits: boolean;
}

/** Converts the records of a table to rows, in order. Use one instance per pass. */
export class TableRows {
  readonly #reader: RowReader;
  readonly #seen = new SeenIds();
  readonly #id: number | undefined;

  constructor(
    readonly layout: Layout,
    readonly clean: CleanCells,
  ) {
    this.#reader = layout.reader();
    this.#id = layout.columnIndex('id');
  }

  /** Reads a record whose cells fit the header; quarantine shows `text`, by default the cells as JSON. */
  read(cells: readonly string[], line: number, text?: string): ReadRow {
    const record = this.#record(cells);
    const parsed = this.#reader.read(this.clean(cells));
    if (parsed.kind === 'continuation')
      return { row: { kind: 'continuation', line, record }, inherits: true };
    const bad = (problem: { field: string; reason: string }, id = this.#idOf(cells)): ReadRow => ({
      row: badRow(line, problem, text ?? JSON.stringify(cells), { id, record }),
      inherits: false,
    });
    if (parsed.kind === 'bad') return bad(parsed);
    const read = readRow(parsed.draft);
    if ('problems' in read) return bad(read.problems[0] ?? { field: '', reason: 'not a product' });
    const { product: original } = read;
    const product = readableProduct(original);
    const first = this.#seen.firstLine(product.id, line);
    if (first !== undefined)
      return bad({ field: 'id', reason: duplicateReason(product.id, first) }, product.id);
    const { cleared } = read;
    const unreadable = [...parsed.unreadable, ...read.unreadable];
    return {
      row: { kind: 'product', line, product, original, cleared, unreadable, record },
      inherits: parsed.inherits,
    };
  }

  /** The bad row for a record that cannot be split into the header's cells. */
  unreadable(cells: readonly string[], line: number, reason: string, text: string): Row {
    return badRow(line, { field: '', reason }, text, { id: this.#idOf(cells) });
  }

  #idOf(cells: readonly string[]): string | undefined {
    const id = this.#id === undefined ? undefined : this.clean(cells)[this.#id]?.trim();
    return id === '' ? undefined : id;
  }

  #record(cells: readonly string[]): SourceRecord {
    const record: Record<string, string> = {};
    const { keys } = this.layout;
    for (let at = 0; at < keys.length; at++) record[keys[at] ?? ''] = cells[at] ?? '';
    return record;
  }
}
