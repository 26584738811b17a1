import { sentenceOf, UserError } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { isBlank } from '../../domain/isBlank.js';
import { isRecord } from '../../domain/isRecord.js';
import { readableProduct } from '../../domain/readableProduct.js';
import { readRow } from '../../domain/readRow.js';
import { type Encoding, evidentEncoding, requireText, UTF8 } from '../bytes/encoding.js';
import { type Line, LineReader, readLines } from '../bytes/lines.js';
import { type ReadPosition, readCompressedFile, type Sample } from '../bytes/readCompressedFile.js';
import { listColumns, suggestIdColumn } from '../layout/suggestIdColumn.js';
import type { ReadingOptions } from '../readingOptions.js';
import { badRow, duplicateReason, type Row, SeenIds, type SourceRecord } from '../row.js';
import { jsonLists } from './jsonLists.js';
import { type JsonNotation, jsonNotation } from './jsonNotation.js';

/** A line of a JSONL file; `row` is undefined for a blank line. */
interface JsonLine {
  readonly line: Line;
  readonly row: Row | undefined;
}

/** An open JSONL file. */
export interface JsonlFile {
  readonly encoding: Encoding;
  /** Whether a value of a row counts as absent. */
  isBlank(value: unknown): boolean;
  /** All lines in order, including blank ones, in batches. Each call starts a new pass. */
  entries(): AsyncGenerator<JsonLine[]>;
}

/**
 * Opens a file with one JSON object per line, as UTF-8 unless its first bytes indicate UTF-16.
 * @throws UserError if the file is one JSON array, or its first rows are not products (see `requireRows`, `requireIds`).
 */
export function openJsonl(
  path: string,
  sample: Sample,
  { map, placeholders, requireId }: Pick<ReadingOptions, 'map' | 'placeholders' | 'requireId'>,
  position: ReadPosition,
): JsonlFile {
  const encoding = evidentEncoding(sample.head) ?? UTF8;
  if (/^\uFEFF?\s*\[\s*(?:\{[^\n]*)?\n/.test(sample.head.toString('utf8'))) {
    throw jsonArrayError(path);
  }
  const lines = sampleLines(sample, encoding);
  const rows = lines.map(({ text }) => objectOf(text)).filter((row) => row !== undefined);
  requireRows(path, sample, lines, rows, map ?? {});
  if (requireId !== false) requireIds(path, lines, rows, map ?? {});
  const mapped = Object.entries(map ?? {});
  const sampleRows = rows.map((row) => withMappedFields(row, mapped));
  const numbers = jsonNotation(sampleRows, placeholders);
  const withLists = jsonLists(sampleRows);
  return {
    encoding,
    isBlank: (value) => isBlank(placeholders.blanked(value)),
    async *entries() {
      const seen = new SeenIds();
      for await (const batch of readLines(readCompressedFile(path, sample.gzip, position), encoding)) {
        yield batch.map((line) => ({ line, row: readLine(line, mapped, numbers, withLists, seen) }));
      }
    },
  };
}

function readLine(
  line: Line,
  mapped: readonly (readonly [string, string])[],
  numbers: JsonNotation,
  withLists: (record: SourceRecord) => SourceRecord,
  seen: SeenIds,
): Row | undefined {
  const { number, text } = line;
  if (line.continued) return undefined;
  if (line.fault !== undefined) return badRow(number, { field: '', reason: `the line ${line.fault}` }, text);
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const problem = { field: '', reason: `not JSON: ${sentenceOf(cause)}` };
    return badRow(number, problem, text, { id: idIn(text, mapped) });
  }
  const record = isRecord(value) ? value : undefined;
  const draft = record === undefined ? undefined : numbers.clean(withLists(withMappedFields(record, mapped)));
  const read = readRow(draft ?? value, numbers.notation);
  if ('problems' in read) {
    const problem = read.problems[0] ?? { field: '', reason: 'not a product' };
    if (record === undefined || draft === undefined) return badRow(number, problem, text);
    return badRow(number, problem, text, { id: idOf(draft), record });
  }
  const { product: original } = read;
  const product = readableProduct(original);
  const first = seen.firstLine(product.id, number);
  if (first !== undefined) {
    const problem = { field: 'id', reason: duplicateReason(product.id, first) };
    return badRow(number, problem, text, { id: product.id, ...(record === undefined ? {} : { record }) });
  }
  const { cleared, unreadable } = read;
  return { kind: 'product', line: number, product, original, cleared, unreadable, record: record ?? {} };
}

/** The JSON text after the key of an id: a complete string or number. */
const ID_VALUE = /^\s*:\s*("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"|(?:0|[1-9]\d*)(?=[\s,}]))/iu;

/** The id in a malformed line, so that a full import does not delete the product; undefined if it is cut off. */
function idIn(text: string, mapped: readonly (readonly [string, string])[]): string | undefined {
  const key = JSON.stringify(mapped.find(([field]) => field === 'id')?.[1] ?? 'id');
  const at = text.indexOf(key);
  if (at === -1) return undefined;
  const value = ID_VALUE.exec(text.slice(at + key.length))?.[1];
  return value === undefined ? undefined : idOf({ id: JSON.parse(value) });
}

/** The record with the fields of `--map` copied from the keys that it names. */
function withMappedFields(
  record: SourceRecord,
  mapped: readonly (readonly [string, string])[],
): SourceRecord {
  if (mapped.length === 0) return record;
  const draft: Record<string, unknown> = { ...record };
  for (const [field, key] of mapped) {
    if (!Object.hasOwn(record, key)) continue;
    const name = attributeName(field);
    if (name === undefined) draft[field] = record[key];
    else draft.attributes = { ...(isRecord(draft.attributes) ? draft.attributes : {}), [name]: record[key] };
  }
  return draft;
}

function idOf(record: SourceRecord): string | undefined {
  const { id } = record;
  return typeof id === 'number' || (typeof id === 'string' && id.trim() !== '')
    ? String(id).trim()
    : undefined;
}

/** The first lines of the file, without blank ones. */
function sampleLines(sample: Sample, encoding: Encoding): Line[] {
  const reader = new LineReader(encoding);
  const lines = reader.push(sample.head);
  if (sample.whole) lines.push(...reader.end());
  return lines.filter(({ text, continued }) => !continued && text.trim() !== '');
}

/**
 * Checks the first rows of a JSONL file, so that a file of another kind fails with one error instead of quarantining
 * every row. Single bad rows pass.
 * @throws UserError if no row is an object, or `--map` names a field that no row has.
 */
function requireRows(
  path: string,
  sample: Sample,
  lines: readonly Line[],
  rows: readonly SourceRecord[],
  map: Readonly<Record<string, string>>,
): void {
  const [first] = lines;
  if (first === undefined) return;
  if (first.text.trim() === '{') {
    throw new UserError(
      `${path} is one JSON object over several lines, expected one product a line: convert its list of products to lines, as with jq -c '.products[]' ${path}.`,
    );
  }
  if (rows.length === 0) {
    requireText(path, sample.head);
    if (first.text.trimStart().startsWith('[')) throw jsonArrayError(path);
    throw new UserError(
      `${path}: ${noneOf(lines)} is a JSON object (line ${first.number} begins ${JSON.stringify(first.text.slice(0, 30))}): expected one product a line; for another format, set --format.`,
    );
  }
  const names = namesIn(rows);
  for (const [field, key] of Object.entries(map)) {
    // A rarely filled field can first appear after the sample.
    if (names.includes(key) || (field !== 'id' && !sample.whole)) continue;
    throw new UserError(
      `--map ${field}=${key} names a field that no row of ${path} has: found ${listColumns(names)}.`,
      { field: '--map' },
    );
  }
}

/** As `requireRows`, for a file with another name for its ids. @throws UserError if none of the rows has an id. */
function requireIds(
  path: string,
  lines: readonly Line[],
  rows: readonly SourceRecord[],
  map: Readonly<Record<string, string>>,
): void {
  const names = namesIn(rows);
  if (lines.length > 0 && map.id === undefined && !names.includes('id')) {
    throw new UserError(
      `${path}: ${noneOf(lines)} has an id; found ${listColumns(names)}: say which field holds it, as in ${suggestIdColumn(names)}.`,
      { field: '--map' },
    );
  }
}

function namesIn(rows: readonly SourceRecord[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function noneOf(lines: readonly Line[]): string {
  return `none of its first ${lines.length} row${lines.length === 1 ? '' : 's'}`;
}

/** The error for a file that is one JSON array. */
function jsonArrayError(path: string): UserError {
  return new UserError(
    `${path} is a JSON array, expected one product a line: convert it to lines with jq -c '.[]' ${path}.`,
  );
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
