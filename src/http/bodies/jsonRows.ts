import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';
import { type BodyLimits, MAX_ROW_BYTES, tooManyRows } from './limits.js';

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');
const SPACES: ReadonlySet<number | undefined> = new Set(Buffer.from(' \t\r\n'));
/** Bytes that are read before other work may run. */
const SLICE_BYTES = 256 * 1024;
/** An object may hold several products, and is parsed in one piece. */
const MAX_OBJECT_BYTES = 2 * MAX_ROW_BYTES;

/** A row that is too long to be read. */
export class UnreadRow {
  readonly reason = `longer than ${MAX_ROW_BYTES / 1024} KB; send less of the product`;
}

/** The number of bytes of each row of a list. */
const sizesOf = new WeakMap<readonly unknown[], readonly number[]>();

/** The size of a row of a parsed list in bytes; 0 where the list came otherwise. */
export function sizeOfRow(rows: readonly unknown[], place: number): number {
  return sizesOf.get(rows)?.[place] ?? 0;
}

/** Parses JSON bodies of this scope with `parseJsonRows`. */
export function readJsonRows(app: FastifyInstance): void {
  // A row with the key __proto__ is refused alone, by `readProduct`.
  const parseText = app.getDefaultJsonParser('ignore', 'ignore');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const parse = (text: string): unknown => {
      let parsed: unknown;
      parseText(request, text, (error, value) => {
        if (error !== null) throw new HttpError(400, `The body is not JSON: ${error.message}.`);
        parsed = value;
      });
      return parsed;
    };
    parseJsonRows(body, parse, app.bodyLimits).then(
      (value) => done(null, value),
      (error: Error) => done(error),
    );
  });
}

/**
 * Parses a body with products. A list is parsed row by row, so that a long one does not keep other requests waiting, and
 * a row above the limit becomes an UnreadRow. Undefined for an empty body.
 * @throws HttpError 400 for a body that is not JSON, and 413 for a list of too many rows or one object that is too long.
 */
export async function parseJsonRows(
  body: Buffer,
  parse: (text: string) => unknown,
  limits: BodyLimits,
): Promise<unknown> {
  const start = skipSpaces(body, 0);
  if (start === body.length) return undefined;
  if (body[start] !== OPEN_LIST) {
    if (body.length > MAX_OBJECT_BYTES) throw tooLongObject();
    return parse(body.toString());
  }
  const rows: unknown[] = [];
  const sizes: number[] = [];
  const add = (from: number, to: number): void => {
    if (skipSpaces(body, from) >= to)
      throw new HttpError(400, 'The body is not JSON: the list has an empty place.');
    if (rows.length >= limits.max_stream_rows) throw tooManyRows(limits);
    sizes.push(to - from);
    rows.push(to - from > MAX_ROW_BYTES ? new UnreadRow() : parse(body.toString('utf8', from, to)));
  };
  let from = start + 1;
  let pause = from + SLICE_BYTES;
  let depth = 0;
  let inString = false;
  let at = from;
  for (; at < body.length; at++) {
    const byte = body[at];
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      if (depth === 0) break;
      depth--;
    } else if (byte === COMMA && depth === 0) {
      add(from, at);
      from = at + 1;
      if (at > pause) {
        pause = at + SLICE_BYTES;
        await new Promise(setImmediate);
      }
    }
  }
  if (body[at] !== CLOSE_LIST || skipSpaces(body, at + 1) < body.length)
    throw new HttpError(400, 'The body is not JSON: the list has no end, or something follows it.');
  if (rows.length > 0 || skipSpaces(body, from) < at) add(from, at);
  sizesOf.set(rows, sizes);
  return rows;
}

function skipSpaces(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && SPACES.has(body[at])) at++;
  return at;
}

function tooLongObject(): HttpError {
  return new HttpError(
    413,
    `The body is one object of more than ${MAX_OBJECT_BYTES / 1024} KB; send the products as a list, or one per line as application/x-ndjson.`,
  );
}
