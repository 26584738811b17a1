import { UserError } from '../../domain/errors.js';
import { DECIMAL_COMMA, NEUTRAL } from '../../text/numbers.js';
import { decode, detectEncoding, type Encoding, requireText } from '../bytes/encoding.js';
import { LineReader, readLines } from '../bytes/lines.js';
import { type ReadPosition, readCompressedFile, type Sample } from '../bytes/readCompressedFile.js';
import type { Format } from '../format.js';
import { chooseLayout } from '../layout/chooseLayout.js';
import type { Layout } from '../layout/layout.js';
import type { Row } from '../row.js';
import { TableRows } from '../tableRows.js';
import { type Dialect, detectDialect, SEPARATOR_LINE } from './dialect.js';
import { fits, RecordReader, type TableRecord, type Width } from './recordReader.js';

/** A CSV or TSV file, its header read. */
export interface TableFile {
  readonly layout: Layout;
  readonly dialect: Dialect;
  readonly encoding: Encoding;
  /** Everything in the file in order, the header and blank lines too, in batches; a fresh pass each call. */
  entries(): AsyncGenerator<TableEntry[]>;
}

export interface TableEntry {
  readonly kind: 'header' | 'row' | 'blank';
  readonly record: TableRecord;
  /** Of a row. */
  readonly row: Row | undefined;
  /** Whether the row's shared columns are those of an earlier one. */
  readonly inherits: boolean;
}

const SAMPLE_ROWS = 300;

/**
 * Tells a table's encoding, delimiter and columns from its first bytes.
 * @throws UserError if it is no text, has no readable header or no column with an id.
 */
export function openTable(
  path: string,
  format: Format,
  sample: Sample,
  map: Readonly<Record<string, string>> | undefined,
  place: ReadPosition,
  guarded: boolean,
): TableFile {
  requireText(path, sample.head);
  const encoding = detectEncoding(sample.head);
  const head = decode(sample.head.subarray(encoding.mark), encoding);
  const dialect = detectDialect(head, format, sample.whole);
  const { header, rows } = readHead(path, sample, encoding, dialect);
  const columns = header.cells;
  const width = {
    columns: columns.length,
    named: columns.findLastIndex((column) => column.trim() !== '') + 1,
  };
  const layout = chooseLayout({
    path,
    columns,
    sample: rows.filter((cells) => fits(cells, width)),
    map,
    // Semicolons part cells where the comma is the decimal mark.
    usual: dialect.delimiter === ';' ? DECIMAL_COMMA : NEUTRAL,
  });
  return {
    layout,
    dialect,
    encoding,
    entries: () =>
      readEntries({
        path,
        gzip: sample.gzip,
        encoding,
        dialect,
        layout,
        width,
        headerLine: header.line,
        place,
        guarded,
      }),
  };
}

function readHead(
  path: string,
  sample: Sample,
  encoding: Encoding,
  dialect: Dialect,
): { header: TableRecord; rows: (readonly string[])[] } {
  const lineReader = new LineReader(encoding, dialect.lineBreak);
  const lines = lineReader.push(sample.head);
  if (sample.whole) lines.push(...lineReader.end());
  const reader = new RecordReader(dialect.delimiter);
  let header: TableRecord | undefined;
  const rows: (readonly string[])[] = [];
  for (const line of lines) {
    for (const record of reader.push([line])) {
      if (header !== undefined) {
        if (record.fault === undefined && !isEmpty(record.cells)) rows.push(record.cells);
      } else if (record.fault !== undefined) {
        throw new UserError(
          `${path}, line ${record.line}: the header cannot be read, as ${record.fault}; expected the names of the columns.`,
        );
      } else if (!isEmpty(record.cells) && !SEPARATOR_LINE.test(record.text)) {
        header = record;
        reader.width = { columns: record.cells.length, named: record.cells.length };
      }
    }
    if (rows.length >= SAMPLE_ROWS) break;
  }
  if (header !== undefined) return { header, rows };
  const found =
    lines.some((line) => line.text.trim() !== '') || !sample.whole ? 'no header that ends' : 'nothing';
  throw new UserError(
    `${path} holds ${found}: expected a first line with the names of the columns, then a product a line.`,
  );
}

interface Pass {
  readonly path: string;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly width: Width;
  readonly headerLine: number;
  readonly place: ReadPosition;
  readonly guarded: boolean;
}

async function* readEntries(pass: Pass): AsyncGenerator<TableEntry[]> {
  const rows = new TableRows(pass.layout, pass.guarded);
  const reader = new RecordReader(pass.dialect.delimiter);
  reader.width = pass.width;
  const entryOf = (record: TableRecord): TableEntry => {
    const { line, cells, text, fault } = record;
    if (line <= pass.headerLine) {
      return { kind: line === pass.headerLine ? 'header' : 'blank', record, row: undefined, inherits: false };
    }
    if (fault !== undefined) {
      // The further pieces of an overlong line belong to the row that its first piece made.
      const piece = record.lines[0]?.continued === true;
      const known = cells.length > 0 ? cells : leadingCells(text, pass.dialect.delimiter);
      const row = piece ? undefined : rows.unreadable(known, line, fault, text);
      return { kind: piece ? 'blank' : 'row', record, row, inherits: false };
    }
    if (isEmpty(cells)) return { kind: 'blank', record, row: undefined, inherits: false };
    return { kind: 'row', record, ...rows.read(cells, line, text) };
  };
  for await (const lines of readLines(
    readCompressedFile(pass.path, pass.gzip, pass.place),
    pass.encoding,
    pass.dialect.lineBreak,
  )) {
    yield reader.push(lines).map(entryOf);
  }
  yield reader.end().map(entryOf);
}

/** The cells before the first quote, which can be told whatever is wrong with the others. */
function leadingCells(text: string, delimiter: string): string[] {
  const quote = text.indexOf('"');
  const cells = text.slice(0, quote === -1 ? text.length : quote).split(delimiter);
  return quote === -1 ? cells : cells.slice(0, -1);
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
