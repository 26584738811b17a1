import { UserError } from '../domain/errors.js';
import { attributeName } from '../domain/field.js';
import { nearestNames } from '../text/nearestName.js';
import { Placeholders } from '../text/placeholders.js';
import { ReadPosition, readSample } from './bytes/readCompressedFile.js';
import { FORMATS, type Format, parseFileName } from './format.js';
import { type JsonlFile, openJsonl } from './json/jsonlFile.js';
import { FIELD_SYNONYMS } from './layout/fieldSynonyms.js';
import type { Layout } from './layout/layout.js';
import type { ReadingOptions } from './readingOptions.js';
import type { Row } from './row.js';
import { openTable, type TableFile } from './table/tableFile.js';
import { openWorkbook, type WorkbookFile } from './workbook/workbookFile.js';

export type { BadRow, ProductRow, Row } from './row.js';

/**
 * Opens a product file: detects its format (from the name, unless `options` state it), compression, encoding, delimiter
 * and columns. Reads only the beginning of the file, but all of a workbook.
 * @throws UserError if the file cannot be read, does not match its format, or has no ids.
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<Source> {
  requireKnownFields(options.map);
  const sample = await readSample(path);
  const format = formatOf(path, sample.head, options.format);
  const position = new ReadPosition();
  const guarded = options.formulaGuard ?? true;
  const reading: ReadingOptions = {
    map: options.map,
    headerRow: options.headerRow,
    sheet: options.sheet,
    placeholders: new Placeholders(options.placeholders),
    guarded,
    requireId: options.requireId,
  };
  requireApplicable(path, format, options);
  const file = { path, format, gzip: sample.gzip, guarded, bytes: sample.size };
  if (format === 'jsonl') {
    const jsonl = openJsonl(path, sample, reading, position);
    const map = new Map(Object.entries(options.map ?? {}));
    return {
      ...file,
      bytesRead: () => position.bytes,
      columns: undefined,
      contents: { kind: 'jsonl', file: jsonl },
      rows: () => eachRow(jsonl.entries()),
      fieldOf: (column) => [...map].find(([, key]) => key === column)?.[0],
      columnOf: (field) => map.get(field),
    };
  }
  if (format === 'xlsx') {
    if (sample.gzip) throw new UserError(`${path} is a gzipped workbook: unpack it first, with gunzip.`);
    const book = await openWorkbook(path, sample.size, reading);
    const entries = async function* () {
      for (const entry of book.entries()) yield [entry];
    };
    const source = tableSource(book.layout, { kind: 'workbook', file: book }, () => eachRow(entries()));
    return { ...file, ...source, bytesRead: () => sample.size };
  }
  const table = openTable(path, format, sample, reading, position);
  const source = tableSource(table.layout, { kind: 'table', file: table }, () => eachRow(table.entries()));
  return { ...file, ...source, bytesRead: () => position.bytes };
}

/** @throws UserError if an option states something that files of this format do not have. */
function requireApplicable(path: string, format: Format, { sheet, headerRow }: SourceOptions): void {
  if (sheet !== undefined && format !== 'xlsx') {
    throw new UserError(`--sheet names a sheet of a workbook, but ${path} is ${format}: leave it out.`, {
      field: '--sheet',
    });
  }
  if (headerRow !== undefined && format === 'jsonl') {
    throw new UserError(`--header-row names a row of a table, but ${path} is JSONL: leave it out.`, {
      field: '--header-row',
    });
  }
}

/** Fields of products that `--map` may name; everything else is an attribute. */
export const MAPPABLE_FIELDS = [
  ...Object.keys(FIELD_SYNONYMS),
  'status',
  'rating',
  'categories',
  'tags',
  'sale_price',
];

/** @throws UserError if `--map` names a field that products do not have. */
function requireKnownFields(map: Readonly<Record<string, string>> | undefined): void {
  for (const field of Object.keys(map ?? {})) {
    const name = attributeName(field);
    if ((name ?? field) === '__proto__')
      throw new UserError(`--map ${field}: no field can have this name; choose another one.`, {
        field: '--map',
      });
    if (name !== undefined || MAPPABLE_FIELDS.includes(field)) continue;
    const near = nearestNames(field, MAPPABLE_FIELDS).join(', ');
    throw new UserError(
      `--map ${field}: products have no field '${field}'; the nearest are ${near}, and an attribute is named attributes.${field}.`,
      { field: '--map' },
    );
  }
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

/** The first bytes of .xls files and of password-protected workbooks. */
const OLD_WORKBOOK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** Recognises a workbook by its first bytes, whatever its name. */
function formatOf(path: string, head: Buffer, explicit: Format | undefined): Format {
  const signature = head.subarray(0, 4);
  if (signature.equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'xlsx';
  if (signature.equals(OLD_WORKBOOK)) {
    throw new UserError(
      `${path} is an old .xls workbook or password-protected: save it as .xlsx without a password.`,
    );
  }
  const format = explicit ?? parseFileName(path).format;
  if (format === undefined) {
    throw new UserError(
      `The name of ${path} does not show its format: set it with --format ${FORMATS.join('|')}.`,
      { field: '--format' },
    );
  }
  if (format === 'xlsx') {
    throw new UserError(
      `${path} is not an .xlsx workbook (it is not a zip archive): save it as .xlsx again, or set its format, as in --format csv.`,
      { field: '--format' },
    );
  }
  return format;
}

export interface SourceOptions {
  /** Overrides the format that the name implies. */
  readonly format?: Format | undefined;
  /** Product field -> column name, as in `--map title=Name,price=Cost`. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Name or 1-based number of a workbook's sheet; default: the first one. */
  readonly sheet?: string | undefined;
  /** 1-based line or sheet row of the header; default: the first row that is no title. */
  readonly headerRow?: number | undefined;
  /** Texts that mean no value; default: `DEFAULT_PLACEHOLDERS`. */
  readonly placeholders?: readonly string[] | undefined;
  /** Whether a file without ids is an error; default true. */
  readonly requireId?: boolean | undefined;
  /** Whether filled cells of tables are guarded against formulas, and cells lose that guard on reading; default true. */
  readonly formulaGuard?: boolean | undefined;
}

/** An open product file: format and columns are known, rows are not read yet. */
export interface Source {
  readonly path: string;
  readonly format: Format;
  readonly gzip: boolean;
  /** Whether filled cells of a CSV or TSV get the formula guard on writing and lose it on reading. */
  readonly guarded: boolean;
  /** Size of the file on disk. */
  readonly bytes: number;
  /** Bytes of the file that the current pass has read, to compare with `bytes`. */
  bytesRead(): number;
  /** The unchanged header; undefined for JSONL. */
  readonly columns: readonly string[] | undefined;
  /** Reads the file from the beginning on each call. Bad rows never stop the pass. */
  rows(): AsyncIterable<Row>;
  /** The product field of a column. */
  fieldOf(column: string): string | undefined;
  /** The column of a product field; undefined if there is none (for JSONL: if `--map` does not name it). */
  columnOf(field: string): string | undefined;
  /** What writers need besides the rows: the text between them and the original bytes. */
  readonly contents: Contents;
}

/** Where rows come from. */
export type RowSource = Pick<Source, 'rows'>;

export type Contents =
  | { readonly kind: 'jsonl'; readonly file: JsonlFile }
  | { readonly kind: 'table'; readonly file: TableFile }
  | { readonly kind: 'workbook'; readonly file: WorkbookFile };
