import { isRecord } from '../domain/isRecord.js';
import type { Format } from './format.js';
import type { JsonlFile } from './json/jsonlFile.js';
import { openSource, type Source, type SourceOptions } from './source.js';

/** A column of a table, or a key of the rows of a JSONL file. */
export interface ColumnPreview {
  /** As the header has it. */
  readonly name: string;
  /** Unique in the file; options name columns by it. */
  readonly key: string;
  /** The product field that it is read as; undefined for an ignored column. */
  readonly field: string | undefined;
  /** The first different values. */
  readonly values: readonly string[];
}

/** What the beginning of a file shows. */
export interface FilePreview {
  readonly format: Format;
  /** The recognised kind of export; `plain` for a file of any other origin. */
  readonly layout: 'plain' | 'shopify' | 'google' | 'woocommerce';
  /** Names of the sheets of a workbook. */
  readonly sheets: readonly string[];
  readonly sheet: string | undefined;
  /** 1-based line or row of the names of the columns; undefined for JSONL. */
  readonly headerRow: number | undefined;
  readonly columns: readonly ColumnPreview[];
  /** Whether a column holds the product id, without which no row can be read. */
  readonly hasId: boolean;
}

/** Rows to take sample values from. */
const ROWS = 200;
const VALUES = 3;
const MAX_VALUE_LENGTH = 120;

/**
 * Guesses the columns of a file as an import does, with sample values. Unlike an import it accepts a file without ids.
 * Reads the beginning only, but all of a workbook.
 * @throws UserError like openSource.
 */
export async function previewFile(path: string, options: SourceOptions): Promise<FilePreview> {
  const source = await openSource(path, { ...options, requireId: false });
  const { contents, format } = source;
  if (contents.kind === 'jsonl') {
    const samples = new Samples();
    let rows = 0;
    for await (const record of jsonRows(contents.file)) {
      for (const [key, value] of Object.entries(record)) samples.add(key, shownJson(value));
      if (++rows >= ROWS) break;
    }
    const columns = [...samples.byKey].map(([key, values]) => ({
      ...{ name: key, key, values: [...values] },
      field: source.fieldOf(key) ?? (isTaken(source, key) ? undefined : key),
    }));
    const hasId = columns.some(({ field }) => field === 'id');
    return { format, layout: 'plain', sheets: [], sheet: undefined, headerRow: undefined, columns, hasId };
  }
  const { layout } = contents.file;
  const samples = new Samples();
  let rows = 0;
  for await (const cells of tableRows(contents)) {
    for (const [at, cell] of cells.entries()) samples.add(layout.keys[at] ?? '', cell);
    if (++rows >= ROWS) break;
  }
  const place = contents.kind === 'workbook' ? contents.file.place : undefined;
  return {
    format,
    layout: layout.name,
    sheets: contents.kind === 'workbook' ? contents.file.sheets : [],
    sheet: place?.sheet,
    headerRow: contents.kind === 'workbook' ? place?.headerRow : contents.file.headerLine,
    columns: layout.columns.map((name, at) => {
      const key = layout.keys[at] ?? name;
      return { name, key, field: layout.fields[at], values: [...(samples.byKey.get(key) ?? [])] };
    }),
    hasId: layout.columnIndex('id') !== undefined,
  };
}

/** The first different texts of each column. */
class Samples {
  readonly byKey = new Map<string, Set<string>>();

  add(key: string, cell: string): void {
    const values = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, values);
    const text = cell.trim();
    if (text === '' || values.size >= VALUES) return;
    values.add(text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text);
  }
}

async function* jsonRows(file: JsonlFile): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for await (const batch of file.entries()) {
    for (const { line } of batch) {
      const record = parsed(line.text);
      if (record !== undefined) yield record;
    }
  }
}

async function* tableRows(contents: Exclude<Source['contents'], { kind: 'jsonl' }>) {
  if (contents.kind === 'workbook') {
    for (const { cells } of contents.file.entries()) yield cells;
    return;
  }
  for await (const batch of contents.file.entries()) {
    for (const { kind, record } of batch) if (kind === 'row') yield record.cells;
  }
}

/** Whether the options read a field from another key. */
function isTaken(source: Source, key: string): boolean {
  const from = source.columnOf(key);
  return from !== undefined && from !== key;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function shownJson(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? ''
      : JSON.stringify(value);
}
