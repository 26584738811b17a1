import { stringify } from 'csv-stringify/sync';
import { UserError } from '../domain/errors.js';
import { decode, detectEncoding } from './bytes/encoding.js';
import { readLines } from './bytes/lines.js';
import { OutputFile } from './bytes/outputFile.js';
import { readCompressedFile, readSample } from './bytes/readCompressedFile.js';
import { outputFormat, parseFileName } from './format.js';
import { guardFormula, unguardFormula } from './formulaGuard.js';
import { detectDialect, SEPARATOR_LINE } from './table/dialect.js';
import { RecordReader, type TableRecord } from './table/recordReader.js';
import { workbookOf } from './workbook/fillWorkbook.js';
import { readSheetRows } from './workbook/workbookFile.js';

/** A row of a sheet that a person edits. The cells are trimmed; their keys are the column names in lower case. */
export interface SheetRow {
  /** 1-based; the header counts. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
  /** Why the row cannot be split into cells; undefined if it can. */
  readonly fault: string | undefined;
}

/** Without this mark, spreadsheet programs read a CSV in the machine's legacy code page. */
const UTF8_MARK = '\uFEFF';

/**
 * Writes a table for a person to edit in a spreadsheet program. The name determines the format: CSV, TSV or XLSX.
 * Cells of a CSV or TSV pass through `guardFormula` if `guarded`; in a workbook every cell is text, which spreadsheet
 * programs do not evaluate.
 * @throws UserError if it cannot be written, or its name has none of these extensions.
 */
export async function writeSheet(
  path: string,
  rows: readonly (readonly string[])[],
  guarded = true,
): Promise<void> {
  const { format, gzip } = outputFormat(path);
  if (format === 'jsonl')
    throw new UserError(`${path} is not a sheet: end the output's name in .xlsx, .csv or .tsv.`);
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
 * Reads a sheet that a person edited. Detects encoding and delimiter from the first bytes, skips blank rows, and
 * removes the guard of `writeSheet` if `guarded`.
 * @throws UserError if it cannot be read, or one of the `needed` columns is missing.
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
  const cellValue = (cell: string): string => (guarded && !workbook ? unguardFormula(cell) : cell).trim();
  const columns = header?.cells.map((name) => cellValue(name).toLowerCase()) ?? [];
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new UserError(
      `${path} has no column ${missing.map((name) => `'${name}'`).join(', ')}: expected a sheet with the columns ${needed.join(', ')}.`,
    );
  return rows.map(({ line, cells, fault }) => ({
    line,
    cells: new Map(columns.map((name, column) => [name, cellValue(cells[column] ?? '')])),
    fault,
  }));
}

type RawRecord = Pick<TableRecord, 'line' | 'cells' | 'fault'>;

async function readRecords(
  path: string,
  sample: Awaited<ReturnType<typeof readSample>>,
): Promise<RawRecord[]> {
  const encoding = detectEncoding(sample.head);
  const head = decode(sample.head.subarray(encoding.mark), encoding);
  const dialect = detectDialect(head, parseFileName(path).format ?? 'csv', sample.whole);
  const reader = new RecordReader(dialect.delimiter);
  const records: RawRecord[] = [];
  for await (const lines of readLines(readCompressedFile(path, sample.gzip), encoding, dialect.lineBreak))
    records.push(...reader.push(lines));
  records.push(...reader.end());
  return records.filter(({ cells }) => !SEPARATOR_LINE.test(cells.join('')));
}
