import { sentenceOf } from '../../domain/errors.js';
import { attributeName } from '../../domain/field.js';
import { readProduct } from '../../domain/product.js';
import { type Encoding, evidentEncoding, UTF8 } from '../bytes/encoding.js';
import { type Line, readLines } from '../bytes/lines.js';
import { type ReadPosition, readCompressedFile, type Sample } from '../bytes/readCompressedFile.js';
import { badRow, type Row, type SourceRecord } from '../row.js';
import { duplicateReason, SeenIds } from '../seenIds.js';
import { isRecord } from './isRecord.js';
import { arrayRefusal, requireIds } from './requireIds.js';

/** A line of a JSONL file; `row` is undefined for a blank one. */
interface JsonLine {
  readonly line: Line;
  readonly row: Row | undefined;
}

/** A JSONL file, ready to be read. */
export interface JsonlFile {
  readonly encoding: Encoding;
  /** Every line in order, blank ones too, in batches; a fresh pass each call. */
  entries(): AsyncGenerator<JsonLine[]>;
}

/**
 * Makes ready to read a file of one JSON object a line, as UTF-8 unless its first bytes say UTF-16.
 * @throws UserError if the file is one JSON array, or its first rows are no products (see `requireIds`).
 */
export function openJsonl(
  path: string,
  sample: Sample,
  map: Readonly<Record<string, string>> | undefined,
  place: ReadPosition,
): JsonlFile {
  const encoding = evidentEncoding(sample.head) ?? UTF8;
  if (/^\uFEFF?\s*\[\s*(?:\{[^\n]*)?\n/.test(sample.head.toString('utf8'))) {
    throw arrayRefusal(path);
  }
  requireIds(path, sample, encoding, map ?? {});
  const mapped = Object.entries(map ?? {});
  return {
    encoding,
    async *entries() {
      const seen = new SeenIds();
      for await (const batch of readLines(readCompressedFile(path, sample.gzip, place), encoding)) {
        yield batch.map((line) => ({ line, row: readLine(line, mapped, seen) }));
      }
    },
  };
}

function readLine(
  line: Line,
  mapped: readonly (readonly [string, string])[],
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
  const draft = record === undefined || mapped.length === 0 ? record : renamed(record, mapped);
  const read = readProduct(draft ?? value);
  if ('problems' in read) {
    const problem = read.problems[0] ?? { field: '', reason: 'not a product' };
    if (record === undefined || draft === undefined) return badRow(number, problem, text);
    return badRow(number, problem, text, { id: idOf(draft), record });
  }
  const { product } = read;
  const first = seen.firstLine(product.id, number);
  if (first !== undefined) {
    const problem = { field: 'id', reason: duplicateReason(product.id, first) };
    return badRow(number, problem, text, { id: product.id, ...(record === undefined ? {} : { record }) });
  }
  return { kind: 'product', line: number, product, record: record ?? {} };
}

/** What stands after the key of an id: a whole string or number, as JSON has them. */
const ID_VALUE = /^\s*:\s*("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"|(?:0|[1-9]\d*)(?=[\s,}]))/iu;

/** The id in the text of a broken line, so that a full import spares the product; undefined where it is cut off. */
function idIn(text: string, mapped: readonly (readonly [string, string])[]): string | undefined {
  const key = JSON.stringify(mapped.find(([field]) => field === 'id')?.[1] ?? 'id');
  const at = text.indexOf(key);
  if (at === -1) return undefined;
  const value = ID_VALUE.exec(text.slice(at + key.length))?.[1];
  return value === undefined ? undefined : idOf({ id: JSON.parse(value) });
}

/** The record with the fields that `--map` names taken from their keys. */
function renamed(record: SourceRecord, mapped: readonly (readonly [string, string])[]): SourceRecord {
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
