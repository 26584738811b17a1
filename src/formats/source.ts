import { UserError } from '../domain/errors.js';
import { ReadPosition, readSample } from './bytes/readCompressedFile.js';
import { FORMATS, type Format, nameOf } from './format.js';
import { type JsonlFile, openJsonl } from './json/jsonlFile.js';
import type { Layout } from './layout/layout.js';
import type { Row } from './row.js';
import { openTable, type TableFile } from './table/tableFile.js';
import { openWorkbook, type WorkbookFile } from './workbook/workbookFile.js';

export type { BadRow, Row } from './row.js';

/**
 * Opens a file of products: tells its format (from the name, unless stated), packing, encoding, delimiter and
 * columns. Reads no more than its beginning, but a workbook whole.
 * @throws UserError if it cannot be read, is not of its format, or holds no ids.
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<Source> {
  const sample = await readSample(path);
  const format = formatOf(path, sample.head, options.format);
  const place = new ReadPosition();
  const guarded = options.formulaGuard ?? true;
  const file = { path, format, gzip: sample.gzip, guarded, bytes: sample.size };
  if (format === 'jsonl') {
    const jsonl = openJsonl(path, sample, options.map, place);
    const map = new Map(Object.entries(options.map ?? {}));
    return {
      ...file,
      bytesRead: () => place.bytes,
      columns: undefined,
      contents: { kind: 'jsonl', file: jsonl },
      rows: () => eachRow(jsonl.entries()),
      fieldOf: (column) => [...map].find(([, key]) => key === column)?.[0],
      columnOf: (field) => map.get(field),
    };
  }
  if (format === 'xlsx') {
    if (sample.gzip) throw new UserError(`${path} is a gzipped workbook: unpack it first, with gunzip.`);
    const book = await openWorkbook(path, sample.size, options.map);
    const entries = async function* () {
      for (const entry of book.entries()) yield [entry];
    };
    const source = tableSource(book.layout, { kind: 'workbook', file: book }, () => eachRow(entries()));
    return { ...file, ...source, bytesRead: () => sample.size };
  }
  const table = openTable(path, format, sample, options.map, place, guarded);
  const source = tableSource(table.layout, { kind: 'table', file: table }, () => eachRow(table.entries()));
  return { ...file, ...source, bytesRead: () => place.bytes };
}

function tableSource(
  layout: Layout,
  contents: Contents,
  rows: () => AsyncIterable<Row>,
): Pick<Source, 'columns' | 'rows' | 'fieldOf' | 'columnOf' | 'contents'> {
  return {
    columns: layout.columns,
    contents,
    rows,
    fieldOf(column) {
      const at = layout.columns.indexOf(column);
      return at === -1 ? undefined : layout.fields[at];
    },
    columnOf(field) {
      const at = layout.columnIndex(field);
      return at === undefined ? undefined : layout.columns[at];
    },
  };
}

async function* eachRow(
  batches: AsyncIterable<readonly { readonly row: Row | undefined }[]>,
): AsyncGenerator<Row> {
  for await (const batch of batches) {
    for (const { row } of batch) {
      if (row !== undefined) yield row;
    }
  }
}

/** What .xls files, and workbooks under a password, begin with. */
const OLD_WORKBOOK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** A workbook is told by its own first bytes, whatever it is called. */
function formatOf(path: string, head: Buffer, stated: Format | undefined): Format {
  const magic = head.subarray(0, 4);
  if (magic.equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'xlsx';
  if (magic.equals(OLD_WORKBOOK)) {
    throw new UserError(
      `${path} is an old .xls workbook, or one under a password: save it as .xlsx without a password.`,
    );
  }
  const format = stated ?? nameOf(path).format;
  if (format === undefined) {
    throw new UserError(
      `The format of ${path} cannot be told from its name: say it with --format ${FORMATS.join('|')}.`,
      { field: '--format' },
    );
  }
  if (format === 'xlsx') {
    throw new UserError(
      `${path} is not an .xlsx workbook (its first bytes are no zip archive's): save it as .xlsx again, or say what it is, as in --format csv.`,
      { field: '--format' },
    );
  }
  return format;
}

export interface SourceOptions {
  /** Overrides what the name says. */
  readonly format?: Format | undefined;
  /** Product field -> column name, as from `--map title=Name,price=Cost`. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Whether cells of ours in tables are guarded against formulas, when written and so when read; true unless said. */
  readonly formulaGuard?: boolean | undefined;
}

/** A file of products, opened: told apart, mapped, not yet read. */
export interface Source {
  readonly path: string;
  readonly format: Format;
  readonly gzip: boolean;
  /** Whether what is filled into a CSV or TSV is written, and read back, by `formulaGuard`. */
  readonly guarded: boolean;
  /** Size of the file on disk. */
  readonly bytes: number;
  /** Bytes of the file that the current pass has read, to be held against `bytes`. */
  bytesRead(): number;
  /** Of a table: its header as it came. */
  readonly columns: readonly string[] | undefined;
  /** A fresh pass over the file each call. Bad rows never stop the good ones. */
  rows(): AsyncIterable<Row>;
  /** The product field that a column is read as. */
  fieldOf(column: string): string | undefined;
  /** The column that holds a product field; undefined where none does (and, for JSONL, where `--map` names none). */
  columnOf(field: string): string | undefined;
  /** What the writers need beyond the rows: the text between them, and the bytes as they came. */
  readonly contents: Contents;
}

export type Contents =
  | { readonly kind: 'jsonl'; readonly file: JsonlFile }
  | { readonly kind: 'table'; readonly file: TableFile }
  | { readonly kind: 'workbook'; readonly file: WorkbookFile };
