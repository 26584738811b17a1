import { UserError } from '../domain/errors.js';

export const FORMATS = ['csv', 'tsv', 'jsonl', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** What a file's name says of it; `format` is undefined where the name says nothing that is known. */
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

/** Reads a file's format off its name: `feed.tsv.gz` is a gzipped TSV with the stem `feed`. */
export function nameOf(path: string): FileName {
  const gzip = /\.gz$/i.test(path);
  const plain = gzip ? path.slice(0, -3) : path;
  const extension = /\.([a-z]+)$/i.exec(plain)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  return { format, gzip, stem: format === undefined ? plain : plain.slice(0, -extension.length - 1) };
}

/**
 * The format of a file to be written, told from its name.
 * @throws UserError if the name ends in none of the known extensions, or is a gzipped workbook.
 */
export function outputFormat(path: string): { format: Format; gzip: boolean; stem: string } {
  const { format, gzip, stem } = nameOf(path);
  if (format === undefined) {
    throw new UserError(
      `The output ${path} has no known extension: end its name in .csv, .tsv, .jsonl or .xlsx (.gz may follow).`,
    );
  }
  if (format === 'xlsx' && gzip) {
    throw new UserError(
      `The output ${path} would be a gzipped workbook, which no spreadsheet opens: drop .gz.`,
    );
  }
  return { format, gzip, stem };
}
