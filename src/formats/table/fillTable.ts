import type { Fact } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { factsForOriginal } from '../../domain/readableProduct.js';
import { canEncode, encode } from '../bytes/encoding.js';
import { guardFormula } from '../formulaGuard.js';
import { quoteCell, scanCells } from './cells.js';
import { addedHeaders, type FilledCells, fillCells } from './fillCells.js';
import type { TableEntry, TableFile } from './tableFile.js';

/** One record of the filled table, with the facts of its product. */
export interface FilledPart {
  readonly bytes: readonly Buffer[];
  /** Undefined for the header, blank lines and continuation rows. */
  readonly row: { readonly filled: number } | undefined;
  readonly facts: readonly Fact[];
  readonly product: Product | undefined;
}

/**
 * Fills the blanks of a table. Records without new values keep their original bytes; in the others, existing cells keep
 * their text, including quotes. New values pass through `guardFormula` if `guarded`.
 */
export async function* fillTable(
  file: TableFile,
  added: readonly string[],
  guarded: boolean,
  factsOf: (product: Product, line: number) => readonly Fact[],
): AsyncGenerator<FilledPart> {
  const writer = new RecordWriter(file, added.length, guarded);
  const headers = addedHeaders(file.layout.columns, added);
  const blanks = added.map(() => '');
  const isWritable = (value: string): boolean => canEncode(value, file.encoding);
  const noCells: ReadonlyMap<number, string> = new Map();
  for await (const batch of file.entries()) {
    for (const entry of batch) {
      const { row, record } = entry;
      const counted = row !== undefined && row.kind !== 'continuation' ? { filled: 0 } : undefined;
      if (row?.kind !== 'product') {
        const values = entry.kind === 'header' ? headers : blanks;
        const bytes = writer.write(entry, { cells: noCells, added: values, filled: 0 });
        yield { bytes, row: counted, facts: [], product: undefined };
        continue;
      }
      const facts = factsForOriginal(row.original, factsOf(row.product, row.line));
      const filling = fillCells(
        file.layout,
        file.clean(record.cells),
        entry.inherits,
        facts,
        added,
        isWritable,
      );
      const bytes = writer.write(entry, filling);
      yield { bytes, row: { filled: filling.filled }, facts, product: row.product };
    }
  }
}

/**
 * Copies a table with other texts in some cells. Records without any keep their bytes. New texts pass through
 * `guardFormula` if `guarded`.
 */
export async function* respellTable(
  file: TableFile,
  guarded: boolean,
  cellsOf: (product: Product, cells: readonly string[]) => ReadonlyMap<number, string>,
): AsyncGenerator<{ readonly bytes: readonly Buffer[]; readonly changed: number }> {
  const writer = new RecordWriter(file, 0, guarded);
  for await (const batch of file.entries()) {
    for (const entry of batch) {
      const { row, record } = entry;
      const cells = new Map<number, string>();
      if (row?.kind === 'product') {
        for (const [column, text] of cellsOf(row.product, record.cells))
          if (canEncode(text, file.encoding)) cells.set(column, text);
      }
      yield { bytes: writer.write(entry, { cells, added: [], filled: 0 }), changed: cells.size };
    }
  }
}

/** An empty quoted cell, or a quoted text. */
const QUOTED = /^"(?:"$|\s*[^\s"])/;

class RecordWriter {
  readonly #delimiter: string;
  readonly #width: number;
  /** Whether the header quotes its names. */
  #quoted = false;

  constructor(
    readonly file: TableFile,
    readonly added: number,
    readonly guarded: boolean,
  ) {
    this.#delimiter = file.dialect.delimiter;
    this.#width = file.layout.columns.length;
  }

  write(entry: TableEntry, filling: FilledCells): Buffer[] {
    const { record } = entry;
    const original = record.lines.map((line) => line.bytes);
    if (entry.kind === 'header') this.#quoted = record.text.trimEnd().endsWith('"');
    // A record that cannot be split into cells, or a blank line, cannot take new cells.
    if (record.fault !== undefined || record.cells.length === 0) return original;
    if (entry.kind === 'title') return original;
    if (entry.kind === 'blank' && record.cells.length < 2) return original;
    if (filling.cells.size === 0 && this.added === 0) return original;
    const cells = this.#rawCells(record.text, record.literal);
    const cell = (value: string, quoted: boolean): string => {
      const guardedValue = this.guarded ? guardFormula(value) : value;
      return record.literal
        ? guardedValue.replace(/\s+/g, ' ')
        : quoteCell(guardedValue, this.#delimiter, quoted);
    };
    for (const [column, value] of filling.cells) {
      while (cells.length <= column) cells.push('');
      cells[column] = cell(value, QUOTED.test(cells[column] ?? ''));
    }
    if (this.added > 0) {
      while (cells.length < this.#width) cells.push('');
      cells.splice(this.#width, 0, ...filling.added.map((value) => cell(value, this.#quoted)));
    }
    return [this.#encoded(entry, cells.join(this.#delimiter))];
  }

  #rawCells(text: string, literal: boolean): string[] {
    if (literal || !text.includes('"')) return text.split(this.#delimiter);
    const ends = scanCells(text, this.#delimiter);
    let from = 0;
    return (Array.isArray(ends) ? ends : [text.length]).map((end) => {
      const raw = text.slice(from, end);
      from = end + 1;
      return raw;
    });
  }

  #encoded({ record }: TableEntry, text: string): Buffer {
    const { encoding } = this.file;
    const bytes = encode(text + (record.lines.at(-1)?.ending ?? ''), encoding);
    const first = record.lines[0];
    if (first?.number !== 1 || encoding.mark === 0) return bytes;
    return Buffer.concat([first.bytes.subarray(0, encoding.mark), bytes]);
  }
}
