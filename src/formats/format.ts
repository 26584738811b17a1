import { UserError } from '../domain/errors.js';

export const FORMATS = ['csv', 'tsv', 'jsonl', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** What a file's name implies; `format` is undefined for an unknown extension. */
export interface FileName {
  readonly format: Format | undefined;
  readonly gzip: boolean;
  /** The path without `.gz` and without the format's extension. */
  readonly stem: string;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  xlsx: 'xlsx',
};

/** Splits a file name: `feed.tsv.gz` is a gzipped TSV with the stem `feed`. */
export function parseFileName(path: string): FileName {
  const gzip = /\.gz$/i.test(path);
  const withoutGz = gzip ? path.slice(0, -3) : path;
  const extension = /\.([a-z]+)$/i.exec(withoutGz)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  return { format, gzip, stem: format === undefined ? withoutGz : withoutGz.slice(0, -extension.length - 1) };
}

/**
 * The format of an output file, from its name.
 * @throws UserError if the extension is unknown, or the file would be a gzipped workbook.
 */
export function outputFormat(path: string): { format: Format; gzip: boolean; stem: string } {
  const { format, gzip, stem } = parseFileName(path);
  if (format === undefined) {
    throw new UserError(
      `The output ${path} has no known extension: end its name in .csv, .tsv, .jsonl or .xlsx (.gz may follow).`,
    );
  }
  if (format === 'xlsx' && gzip) {
    throw new UserError(
      `The output ${path} would be a gzipped workbook, which no spreadsheet program opens: drop .gz.`,
    );
  }
  return { format, gzip, stem };
}
