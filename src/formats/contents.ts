import type { Format } from './format.js';
import type { JsonlFile } from './json/jsonlFile.js';
import type { Row } from './row.js';
import type { TableFile } from './table/tableFile.js';
import type { WorkbookFile } from './workbook/workbookFile.js';

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
