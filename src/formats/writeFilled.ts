import { UserError } from '../domain/errors.js';
import type { Fact } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import { encode } from './bytes/encoding.js';
import { OutputFile, requireWritablePath } from './bytes/outputFile.js';
import {
  type ConvertibleRow,
  convertedCells,
  convertedHeader,
  productLine,
  recordLine,
} from './convertRow.js';
import { FACTS_HEADER, factLines } from './factsFile.js';
import { type Format, outputFormat } from './format.js';
import { fillJson } from './json/fillJson.js';
import type { JsonlFile } from './json/jsonlFile.js';
import type { Layout } from './layout/layout.js';
import type { Source } from './source.js';
import { addedHeaders, fillCells } from './table/fillCells.js';
import { fillTable } from './table/fillTable.js';
import { WorkbookFilling, workbookOf } from './workbook/fillWorkbook.js';
import type { WorkbookFile } from './workbook/workbookFile.js';

export interface Filling {
  /** Fields such as `attributes.color` that no column holds: the columns to add to a table, in this order. */
  readonly added: readonly string[];
  /** Asked once for each product, in the file's order. */
  factsOf(product: Product, line: number): readonly Fact[];
}

export interface FilledCount {
  /** Rows that are products or were meant to be, bad ones included. */
  readonly rows: number;
  /** Values set in blanks. */
  readonly filled: number;
}

/**
 * Writes the file again with its blanks filled by applied facts: every row in order, every column and every
 * value as it came, bad rows too. JSONL gets its facts under `_shelfwright`; beside a table `<name>.facts.csv`
 * is written. Cells of ours in a CSV or TSV are written by `guardFormula` if the source is `guarded`. The output's format and packing are told from its name; in another format than the input's,
 * rows that cannot be read are left out. Nothing stands under the names until both files are whole.
 * @throws UserError if the output cannot be written, is the input itself, or is a table made of JSONL.
 */
export async function writeFilled(source: Source, out: string, filling: Filling): Promise<FilledCount> {
  const { format, gzip, facts } = await requireOutput(source, out);
  const { contents } = source;
  const main = await OutputFile.create(out, gzip);
  const beside = facts === undefined ? undefined : await OutputFile.create(facts, false);
  const tally = new Tally(filling, beside, source.guarded);
  try {
    await beside?.write(FACTS_HEADER);
    if (contents.kind === 'jsonl') await fillLines(source, contents.file, main, tally);
    else if (contents.kind === 'table' && format === source.format) {
      for await (const part of fillTable(contents.file, filling.added, source.guarded, filling.factsOf)) {
        for (const bytes of part.bytes) await main.write(bytes);
        if (part.product !== undefined) await tally.tell(part.product, part.facts);
        if (part.row !== undefined) tally.count(part.row.filled);
      }
    } else if (contents.kind === 'workbook' && format === 'xlsx') {
      await main.write(await fillSheet(source.path, contents.file, tally));
    } else await convert(source, format, main, tally);
    await beside?.commit();
    await main.commit();
  } catch (error) {
    await main.discard();
    await beside?.discard();
    throw error;
  }
  return { rows: tally.rows, filled: tally.filled };
}

/**
 * Asked before long work whose result goes to `out`; `facts` is the file beside a table.
 * @throws UserError as `writeFilled` does, as far as can be told before anything is written.
 */
export async function requireOutput(
  source: Source,
  out: string,
): Promise<{ format: Format; gzip: boolean; facts: string | undefined }> {
  await requireWritablePath(out, source.path);
  const { format, gzip, stem } = outputFormat(out);
  if (source.format === 'jsonl' && format !== 'jsonl') {
    throw new UserError(
      `${source.path} is JSONL, whose rows need not have the same fields, and ${out} would be a table: end the output's name in .jsonl.`,
    );
  }
  const facts = format === 'jsonl' ? undefined : `${stem}.facts.csv`;
  if (facts !== undefined) await requireWritablePath(facts, source.path);
  return { format, gzip, facts };
}

/** Counts what is written, and writes the facts beside a table. */
class Tally {
  rows = 0;
  filled = 0;

  constructor(
    readonly filling: Filling,
    readonly beside: OutputFile | undefined,
    readonly guarded: boolean,
  ) {}

  count(filled: number): void {
    this.rows++;
    this.filled += filled;
  }

  async tell(product: Product, facts: readonly Fact[]): Promise<void> {
    if (this.beside !== undefined && facts.length > 0) {
      await this.beside.write(factLines(product.id, facts, this.guarded));
    }
  }

  async factsOf(product: Product, line: number): Promise<readonly Fact[]> {
    const facts = this.filling.factsOf(product, line);
    await this.tell(product, facts);
    return facts;
  }
}

async function fillLines(source: Source, file: JsonlFile, main: OutputFile, tally: Tally): Promise<void> {
  const keyOf = (field: string): string | undefined => source.columnOf(field);
  const { encoding } = file;
  for await (const batch of file.entries()) {
    for (const { line, row } of batch) {
      if (row?.kind === 'product') {
        const facts = await tally.factsOf(row.product, row.line);
        const { text, filled } = fillJson(line.text, row.record, facts, keyOf);
        tally.count(filled);
        if (text !== line.text) {
          if (line.number === 1) await main.write(line.bytes.subarray(0, encoding.mark));
          await main.write(encode(text + line.ending, encoding));
          continue;
        }
      } else if (row !== undefined) tally.count(0);
      await main.write(line.bytes);
    }
  }
}

async function fillSheet(path: string, file: WorkbookFile, tally: Tally): Promise<Buffer> {
  const { layout } = file;
  const { added } = tally.filling;
  const book = await WorkbookFilling.of(path);
  for (const [place, header] of addedHeaders(layout.columns, added).entries()) {
    book.set(book.sheet.headerRow, layout.columns.length + place, header);
  }
  for (const { at, cells, row, inherits } of file.entries()) {
    if (row?.kind === 'bad') tally.count(0);
    if (row?.kind !== 'product') continue;
    const facts = await tally.factsOf(row.product, row.line);
    const filling = fillCells(layout, cells, inherits, facts, added);
    for (const [column, value] of filling.cells) book.set(at, column, value);
    for (const [place, value] of filling.added.entries()) {
      if (value !== '') book.set(at, layout.columns.length + place, value);
    }
    tally.count(filling.filled);
  }
  return book.bytes();
}

async function convert(source: Source, format: Format, main: OutputFile, tally: Tally): Promise<void> {
  const { layout, rows } = convertible(source);
  const { added } = tally.filling;
  // In a workbook every cell of ours is text, which nothing evaluates.
  const guarded = tally.guarded && format !== 'xlsx';
  const sheet: string[][] = [];
  const put = async (cells: string[]): Promise<void> => {
    if (format === 'csv' || format === 'tsv') await main.write(recordLine(cells, format));
    else sheet.push(cells);
  };
  if (format !== 'jsonl') await put(convertedHeader(layout, added, guarded));
  for await (const converted of rows) {
    const { row } = converted;
    if (row === undefined) continue;
    const facts = row.kind === 'product' ? await tally.factsOf(row.product, row.line) : [];
    if (format === 'jsonl') {
      if (row.kind !== 'product') continue;
      const { text, filled } = productLine(row.product, facts);
      await main.write(text);
      tally.count(filled);
    } else if (row.kind !== 'bad' || row.record !== undefined) {
      const { cells, filled } = convertedCells(layout, converted, facts, added, guarded);
      await put(cells);
      if (row.kind !== 'more') tally.count(filled);
    }
  }
  if (format === 'xlsx') await main.write(workbookOf(sheet));
}

function convertible({ contents }: Source): { layout: Layout; rows: AsyncIterable<ConvertibleRow> } {
  if (contents.kind === 'jsonl') throw new Error('JSONL is only ever filled as JSONL');
  if (contents.kind === 'workbook') {
    const { file } = contents;
    return {
      layout: file.layout,
      rows: (async function* () {
        yield* file.entries();
      })(),
    };
  }
  const { file } = contents;
  return {
    layout: file.layout,
    rows: (async function* () {
      for await (const batch of file.entries()) {
        for (const { row, inherits, record } of batch) yield { row, inherits, cells: record.cells };
      }
    })(),
  };
}
