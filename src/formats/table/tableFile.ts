import { UserError } from '../../domain/errors.js';
import { DECIMAL_COMMA, NEUTRAL } from '../../text/numbers.js';
import { decode, detectEncoding, type Encoding, requireText } from '../bytes/encoding.js';
import { type Line, LineReader, readLines } from '../bytes/lines.js';
import { type ReadPosition, readCompressedFile, type Sample } from '../bytes/readCompressedFile.js';
import type { Format } from '../format.js';
import { chooseLayout } from '../layout/chooseLayout.js';
import { type CleanCells, cellCleaner } from '../layout/cleanCells.js';
import { type ColumnMap, findHeader, MAX_TITLE_ROWS } from '../layout/findHeader.js';
import type { Layout } from '../layout/layout.js';
import type { ReadingOptions } from '../readingOptions.js';
import type { Row } from '../row.js';
import { TableRows } from '../tableRows.js';
import { type Dialect, detectDialect, SEPARATOR_LINE } from './dialect.js';
import { fitsHeader, type HeaderWidth, RecordReader, type TableRecord } from './recordReader.js';

/** An open CSV or TSV file. */
export interface TableFile {
  readonly layout: Layout;
  readonly dialect: Dialect;
  readonly encoding: Encoding;
  /** 1-based line of the names of the columns. */
  readonly headerLine: number;
  /** The cells of a record as its product has them. */
  readonly clean: CleanCells;
  /** All records in order, including the header and blank lines, in batches. Each call starts a new pass. */
  entries(): AsyncGenerator<TableEntry[]>;
}

export interface TableEntry {
  /** A title stands above the header. */
  readonly kind: 'title' | 'header' | 'row' | 'blank';
  readonly record: TableRecord;
  /** Undefined for titles, the header and blank lines. */
  readonly row: Row | undefined;
  /** Whether the row inherits its shared columns from an earlier row. */
  readonly inherits: boolean;
}

const SAMPLE_ROWS = 300;

/**
 * Opens a table: detects encoding, delimiter and columns from its first bytes.
 * @throws UserError if it is not a text file, or has no readable header or no id column.
 */
export function openTable(
  path: string,
  format: Format,
  sample: Sample,
  options: ReadingOptions,
  position: ReadPosition,
): TableFile {
  const { map, headerRow } = options;
  requireText(path, sample.head);
  const encoding = detectEncoding(sample.head);
  const head = decode(sample.head.subarray(encoding.mark), encoding);
  const dialect = detectDialect(head, format, sample.whole, { headerRow, map });
  const { header, rows } = readHead(path, sample, encoding, dialect, options);
  const columns = header.cells;
  const width = {
    columns: columns.length,
    named: columns.findLastIndex((column) => column.trim() !== '') + 1,
  };
  const cleaner = cellCleaner(
    rows.filter((cells) => fitsHeader(cells, width)),
    options.placeholders,
    options.guarded,
  );
  const layout = chooseLayout({
    path,
    columns,
    sample: cleaner.sample,
    map,
    requireId: options.requireId,
    // Programs write semicolons as delimiter if the comma is the decimal mark.
    fallbackNotation: dialect.delimiter === ';' ? DECIMAL_COMMA : NEUTRAL,
  });
  const clean = cleaner.forFields(layout.fields);
  return {
    layout,
    dialect,
    encoding,
    headerLine: header.line,
    clean,
    entries: () =>
      readEntries({
        path,
        gzip: sample.gzip,
        encoding,
        dialect,
        layout,
        width,
        headerLine: header.line,
        position,
        clean,
      }),
  };
}

function readHead(
  path: string,
  sample: Sample,
  encoding: Encoding,
  dialect: Dialect,
  options: ReadingOptions,
): { header: TableRecord; rows: (readonly string[])[] } {
  const lineReader = new LineReader(encoding, dialect.lineBreak);
  const lines = lineReader.push(sample.head);
  if (sample.whole) lines.push(...lineReader.end());
  const headerLine = headerLineOf(lines, dialect, options);
  const reader = new RecordReader(dialect.delimiter);
  let header: TableRecord | undefined;
  const rows: (readonly string[])[] = [];
  for (const line of lines) {
    for (const record of reader.push([line])) {
      if (header !== undefined) {
        if (record.fault === undefined && !isEmpty(record.cells)) rows.push(record.cells);
      } else if (record.line !== headerLine) {
        // A title, or a blank line.
      } else if (record.fault !== undefined) {
        throw new UserError(
          `${path}, line ${record.line}: the header cannot be read because ${record.fault}; expected the names of the columns.`,
        );
      } else {
        header = record;
        reader.width = { columns: record.cells.length, named: record.cells.length };
      }
    }
    if (rows.length >= SAMPLE_ROWS) break;
  }
  if (header !== undefined) return { header, rows };
  if (options.headerRow !== undefined) {
    throw new UserError(
      `${path} has no header on line ${options.headerRow}: expected the names of the columns; correct --header-row.`,
      { field: '--header-row' },
    );
  }
  const found =
    lines.some((line) => line.text.trim() !== '') || !sample.whole ? 'has no complete header' : 'is empty';
  throw new UserError(
    `${path} ${found}: expected a first line with the names of the columns, then a product a line.`,
  );
}

/** The line of the header, or of the first record that could be it; undefined for a blank file. */
function headerLineOf(
  lines: readonly Line[],
  dialect: Dialect,
  { headerRow, map }: { readonly headerRow?: number | undefined; readonly map?: ColumnMap },
): number | undefined {
  const reader = new RecordReader(dialect.delimiter);
  const records: TableRecord[] = [];
  for (const line of lines) {
    records.push(...reader.push([line]).filter((record) => record.fault !== undefined || !isTitle(record)));
    if (records.length > MAX_TITLE_ROWS && (records.at(-1)?.line ?? 0) >= (headerRow ?? 0)) break;
  }
  if (headerRow !== undefined) return records.find(({ line }) => line === headerRow)?.line;
  return records[
    findHeader(
      records.map(({ cells }) => cells),
      map,
    )
  ]?.line;
}

function isTitle({ cells, text }: TableRecord): boolean {
  return isEmpty(cells) || SEPARATOR_LINE.test(text);
}

interface Pass {
  readonly path: string;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly width: HeaderWidth;
  readonly headerLine: number;
  readonly position: ReadPosition;
  readonly clean: CleanCells;
}

/** Few rows at once, so that most are garbage before it is collected. */
const ROWS_AT_ONCE = 50;

async function* readEntries(pass: Pass): AsyncGenerator<TableEntry[]> {
  const rows = new TableRows(pass.layout, pass.clean);
  const reader = new RecordReader(pass.dialect.delimiter);
  reader.width = pass.width;
  const entryOf = (record: TableRecord): TableEntry => {
    const { line, cells, text, fault } = record;
    if (line <= pass.headerLine) {
      return { kind: line === pass.headerLine ? 'header' : 'title', record, row: undefined, inherits: false };
    }
    if (fault !== undefined) {
      // Later pieces of an overlong line belong to the row of its first piece.
      const isLaterPiece = record.lines[0]?.continued === true;
      const known = cells.length > 0 ? cells : leadingCells(text, pass.dialect.delimiter);
      const row = isLaterPiece ? undefined : rows.unreadable(known, line, fault, text);
      return { kind: isLaterPiece ? 'blank' : 'row', record, row, inherits: false };
    }
    if (isEmpty(cells)) return { kind: 'blank', record, row: undefined, inherits: false };
    return { kind: 'row', record, ...rows.read(cells, line, text) };
  };
  for await (const lines of readLines(
    readCompressedFile(pass.path, pass.gzip, pass.position),
    pass.encoding,
    pass.dialect.lineBreak,
  )) {
    const records = reader.push(lines);
    for (let from = 0; from < records.length; from += ROWS_AT_ONCE)
      yield records.slice(from, from + ROWS_AT_ONCE).map(entryOf);
  }
  yield reader.end().map(entryOf);
}

/** The cells before the first quote, which are certain even if later cells are malformed. */
function leadingCells(text: string, delimiter: string): string[] {
  const quote = text.indexOf('"');
  const cells = text.slice(0, quote === -1 ? text.length : quote).split(delimiter);
  return quote === -1 ? cells : cells.slice(0, -1);
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
