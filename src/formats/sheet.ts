import { stringify } from 'csv-stringify/sync';
import { UserError } from '../domain/errors.js';
import { decode, detectEncoding } from './bytes/encoding.js';
import { readLines } from './bytes/lines.js';
import { OutputFile } from './bytes/outputFile.js';
import { readCompressedFile, readSample } from './bytes/readCompressedFile.js';
import { nameOf, outputFormat } from './format.js';
import { guardFormula, unguardFormula } from './formulaGuard.js';
import { detectDialect, SEPARATOR_LINE } from './table/dialect.js';
import { RecordReader, type TableRecord } from './table/recordReader.js';
import { workbookOf } from './workbook/fillWorkbook.js';
import { readSheetRows } from './workbook/workbookFile.js';

/** A row of a sheet that is no product's: its line, and its cells by the header's names, trimmed. */
export interface SheetRow {
  /** 1-based, the header's counted. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
  /** Why it could not be parted into cells, if so. */
  readonly fault: string | undefined;
}

/** Marks the bytes as UTF-8, without which spreadsheet programs take a CSV for the machine's old code page. */
const UTF8_MARK = '\uFEFF';

/**
 * Writes a table for a person to work on in a spreadsheet program: CSV, TSV or XLSX, told from the name. A CSV's
 * cells are written by `guardFormula` unless told otherwise; in a workbook every cell is text, which nothing evaluates.
 * @throws UserError if it cannot be written, or the name ends in none of these formats.
 */
export async function writeSheet(
  path: string,
  rows: readonly (readonly string[])[],
  guarded = true,
): Promise<void> {
  const { format, gzip } = outputFormat(path);
  if (format === 'jsonl')
    throw new UserError(`${path} is no sheet: end the output's name in .xlsx, .csv or .tsv.`);
  const file = await OutputFile.create(path, gzip);
  try {
    if (format === 'xlsx') await file.write(workbookOf(rows));
    else {
      const delimiter = format === 'tsv' ? '\t' : ',';
      await file.write(UTF8_MARK);
      await file.write(
        stringify(
          rows.map((cells) => cells.map((cell) => (guarded ? guardFormula(cell) : cell))),
          { delimiter },
        ),
      );
    }
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/**
 * Reads a sheet that a person has worked on, however their program saved it: encoding and delimiter are told from
 * its first bytes. Blank rows are passed over. The guard of `writeSheet` is taken off again, unless told otherwise.
 * @throws UserError if it cannot be read, or lacks one of the `needed` columns.
 */
export async function readSheet(
  path: string,
  needed: readonly string[],
  guarded = true,
): Promise<SheetRow[]> {
  const sample = await readSample(path);
  const workbook = sample.head.subarray(0, 2).toString('latin1') === 'PK';
  const records = workbook ? await readSheetRows(path) : await readRecords(path, sample);
  const [header, ...rows] = records.filter(
    ({ cells, fault }) => fault !== undefined || cells.some((cell) => cell.trim() !== ''),
  );
  const own = (cell: string): string => (guarded && !workbook ? unguardFormula(cell) : cell).trim();
  const columns = header?.cells.map((name) => own(name).toLowerCase()) ?? [];
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new UserError(
      `${path} has no column ${missing.map((name) => `'${name}'`).join(', ')}: expected a sheet with the columns ${needed.join(', ')}.`,
    );
  return rows.map(({ line, cells, fault }) => ({
    line,
    cells: new Map(columns.map((name, column) => [name, own(cells[column] ?? '')])),
    fault,
  }));
}

type Parted = Pick<TableRecord, 'line' | 'cells' | 'fault'>;

async function readRecords(path: string, sample: Awaited<ReturnType<typeof readSample>>): Promise<Parted[]> {
  const encoding = detectEncoding(sample.head);
  const head = decode(sample.head.subarray(encoding.mark), encoding);
  const dialect = detectDialect(head, nameOf(path).format ?? 'csv', sample.whole);
  const reader = new RecordReader(dialect.delimiter);
  const records: Parted[] = [];
  for await (const lines of readLines(readCompressedFile(path, sample.gzip), encoding, dialect.lineBreak))
    records.push(...reader.push(lines));
  records.push(...reader.end());
  return records.filter(({ cells }) => !SEPARATOR_LINE.test(cells.join('')));
}
