import { UserError } from '../domain/errors.js';
import type { Fact } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import { factsForOriginal } from '../domain/readableProduct.js';
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
import type { ProductRow } from './row.js';
import type { Source } from './source.js';
import { addedHeaders, fillCells } from './table/fillCells.js';
import { fillTable } from './table/fillTable.js';
import { WorkbookFiller, workbookOf } from './workbook/fillWorkbook.js';
import type { WorkbookFile } from './workbook/workbookFile.js';

export interface FillPlan {
  /** Fields without a column, such as `attributes.color`: the columns to add to a table, in this order. */
  readonly added: readonly string[];
  /** Called once per product, in file order. */
  factsOf(product: Product, line: number): readonly Fact[];
}

export interface FilledCount {
  /** Product rows, including bad ones. */
  readonly rows: number;
  /** Blank fields that got a value. */
  readonly filled: number;
}

/**
 * Copies the file and fills its blanks with applied facts. Keeps the order of rows and columns, every existing value,
 * and bad rows. JSONL gets its facts under `_shelfwright`; for a table, they go to `<name>.facts.csv` next to it.
 * Values that it adds to a CSV or TSV pass through `guardFormula` if the source is `guarded`. The output's name
 * determines its format and compression; if the format differs from the input's, unreadable rows are left out. Both
 * files appear under their names only when they are complete.
 * @throws UserError if the output cannot be written, is the input itself, or is a table made of JSONL.
 */
export async function writeFilled(source: Source, out: string, filling: FillPlan): Promise<FilledCount> {
  const { format, gzip, facts } = await requireOutput(source, out);
  const { contents } = source;
  const output = await OutputFile.create(out, gzip);
  const factsFile = facts === undefined ? undefined : await OutputFile.create(facts, false);
  const counter = new FillCounter(filling, factsFile, source.guarded);
  try {
    await factsFile?.write(FACTS_HEADER);
    if (contents.kind === 'jsonl') await fillLines(source, contents.file, output, counter);
    else if (contents.kind === 'table' && format === source.format) {
      for await (const part of fillTable(contents.file, filling.added, source.guarded, filling.factsOf)) {
        for (const bytes of part.bytes) await output.write(bytes);
        if (part.product !== undefined) await counter.writeFacts(part.product, part.facts);
        if (part.row !== undefined) counter.count(part.row.filled);
      }
    } else if (contents.kind === 'workbook' && format === 'xlsx') {
      await output.write(await fillSheet(source.path, contents.file, counter));
    } else await convert(source, format, output, counter);
    await factsFile?.commit();
    await output.commit();
  } catch (error) {
    await output.discard();
    await factsFile?.discard();
    throw error;
  }
  return { rows: counter.rows, filled: counter.filled };
}

/**
 * Checks `out` before long work; `facts` is the path of the facts file of a table.
 * @throws UserError as `writeFilled` does, for problems that show before anything is written.
 */
export async function requireOutput(
  source: Source,
  out: string,
): Promise<{ format: Format; gzip: boolean; facts: string | undefined }> {
  await requireWritablePath(out, source.path);
  const { format, gzip, stem } = outputFormat(out);
  if (source.format === 'jsonl' && format !== 'jsonl') {
    throw new UserError(
      `${source.path} is JSONL, whose rows can have different fields, so it cannot become the table ${out}: end the output's name in .jsonl.`,
    );
  }
  const facts = format === 'jsonl' ? undefined : `${stem}.facts.csv`;
  if (facts !== undefined) await requireWritablePath(facts, source.path);
  return { format, gzip, facts };
}

/** Counts rows and filled values, and writes the facts file of a table. */
class FillCounter {
  rows = 0;
  filled = 0;

  constructor(
    readonly filling: FillPlan,
    readonly factsFile: OutputFile | undefined,
    readonly guarded: boolean,
  ) {}

  count(filled: number): void {
    this.rows++;
    this.filled += filled;
  }

  async writeFacts({ id }: Product, facts: readonly Fact[]): Promise<void> {
    if (this.factsFile !== undefined && facts.length > 0) {
      await this.factsFile.write(factLines(id, facts, this.guarded));
    }
  }

  /** The facts of a row; their spans quote the merchant's own text. */
  async factsOf({ product, original, line }: ProductRow): Promise<readonly Fact[]> {
    const facts = factsForOriginal(original, this.filling.factsOf(product, line));
    await this.writeFacts(product, facts);
    return facts;
  }
}

async function fillLines(
  source: Source,
  file: JsonlFile,
  output: OutputFile,
  counter: FillCounter,
): Promise<void> {
  const keyOf = (field: string): string | undefined => source.columnOf(field);
  const { encoding } = file;
  for await (const batch of file.entries()) {
    for (const { line, row } of batch) {
      if (row?.kind === 'product') {
        const facts = await counter.factsOf(row);
        const { text, filled } = fillJson(line.text, row.record, facts, keyOf, (value) =>
          file.isBlank(value),
        );
        counter.count(filled);
        if (text !== line.text) {
          if (line.number === 1) await output.write(line.bytes.subarray(0, encoding.mark));
          await output.write(encode(text + line.ending, encoding));
          continue;
        }
      } else if (row !== undefined) counter.count(0);
      await output.write(line.bytes);
    }
  }
}

async function fillSheet(path: string, file: WorkbookFile, counter: FillCounter): Promise<Buffer> {
  const { layout } = file;
  const { added } = counter.filling;
  const book = await WorkbookFiller.of(path, file.place);
  for (const [place, header] of addedHeaders(layout.columns, added).entries()) {
    book.set(book.sheet.headerRow, layout.columns.length + place, header);
  }
  for (const { at, cells, row, inherits } of file.entries()) {
    if (row?.kind === 'bad') counter.count(0);
    if (row?.kind !== 'product') continue;
    const facts = await counter.factsOf(row);
    const filling = fillCells(layout, file.clean(cells), inherits, facts, added);
    for (const [column, value] of filling.cells) book.set(at, column, value);
    for (const [place, value] of filling.added.entries()) {
      if (value !== '') book.set(at, layout.columns.length + place, value);
    }
    counter.count(filling.filled);
  }
  return book.bytes();
}

async function convert(
  source: Source,
  format: Format,
  output: OutputFile,
  counter: FillCounter,
): Promise<void> {
  const { layout, rows } = convertible(source);
  const { added } = counter.filling;
  // Cells that we add to a workbook are text, which spreadsheet programs do not evaluate.
  const guarded = counter.guarded && format !== 'xlsx';
  const sheet: string[][] = [];
  const writeRow = async (cells: string[]): Promise<void> => {
    if (format === 'csv' || format === 'tsv') await output.write(recordLine(cells, format));
    else sheet.push(cells);
  };
  if (format !== 'jsonl') await writeRow(convertedHeader(layout, added, guarded));
  for await (const converted of rows) {
    const { row } = converted;
    if (row === undefined) continue;
    const facts = row.kind === 'product' ? await counter.factsOf(row) : [];
    if (format === 'jsonl') {
      if (row.kind !== 'product') continue;
      const { text, filled } = productLine(row.original, facts);
      await output.write(text);
      counter.count(filled);
    } else if (row.kind !== 'bad' || row.record !== undefined) {
      const { cells, filled } = convertedCells(layout, converted, facts, added, guarded);
      await writeRow(cells);
      if (row.kind !== 'continuation') counter.count(filled);
    }
  }
  if (format === 'xlsx') await output.write(workbookOf(sheet));
}

function convertible({ contents }: Source): { layout: Layout; rows: AsyncIterable<ConvertibleRow> } {
  if (contents.kind === 'jsonl') throw new Error('JSONL can only be written as JSONL');
  if (contents.kind === 'workbook') {
    const { file } = contents;
    return {
      layout: file.layout,
      rows: (async function* () {
        for (const entry of file.entries()) yield { ...entry, clean: file.clean(entry.cells) };
      })(),
    };
  }
  const { file } = contents;
  return {
    layout: file.layout,
    rows: (async function* () {
      for await (const batch of file.entries()) {
        for (const { row, inherits, record } of batch) {
          const { cells } = record;
          yield { row, inherits, cells, clean: file.clean(cells) };
        }
      }
    })(),
  };
}
