import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isRecord } from '../../domain/isRecord.js';
import { HttpError } from '../problem.js';
import { parseBody } from '../validate.js';
import { readJsonRows, sizeOfRow, UnreadRow } from './jsonRows.js';
import { type BodyLimits, limitedChunks, MEGABYTE, streamTooLong, tooManyRows } from './limits.js';
import { NDJSON_TYPES, readLines } from './ndjson.js';

/** A JSON body of products; the alternative is one product per line as application/x-ndjson. */
export const rowsBody = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())], {
  error:
    'expected one product or a list of products as JSON, or one product per line as application/x-ndjson',
});

export const refusedRow = z.object({
  row: z.number().int().describe('Position in the list or line number, from 1.'),
  status: z.literal('refused'),
  field: z.string(),
  reason: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRow>;

/** The options of a route that accepts products as a list, as a single object or as NDJSON. */
export const takesRows = {
  // A stream can only be validated line by line.
  validatorCompiler: () => (data: unknown) => ({ value: data }),
  consumes: ['application/json', 'application/x-ndjson'],
};

/** The limits of each streamed body. */
const limitsOf = new WeakMap<Readable, BodyLimits>();

/**
 * Passes NDJSON bodies to the routes of this scope as streams, and refuses those whose content-length exceeds the limit;
 * JSON bodies are parsed row by row.
 */
export function streamRows(app: FastifyInstance): void {
  readJsonRows(app);
  const { bodyLimits } = app;
  app.addContentTypeParser(NDJSON_TYPES, (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > bodyLimits.max_stream_mb * MEGABYTE)
      return done(streamTooLong(bodyLimits));
    limitsOf.set(payload, bodyLimits);
    done(null, payload);
  });
}

interface GivenRow {
  readonly row: number;
  readonly value: unknown;
  readonly bytes: number;
}

/** A batch is closed once its rows are this long together, so that none takes long. */
const MAX_BATCH_BYTES = 128 * 1024;
/** Reasons listed where every row is refused. */
const MAX_REASONS = 1000;

/** The position of a batch in its request. */
export interface Batch {
  /** From 0. */
  readonly part: number;
  readonly last: boolean;
  /** The lines among its rows that are not JSON. */
  readonly refused: readonly RefusedRow[];
}

/**
 * Answers each row of a body in order (`of` names what the rows are), calling `answer` in batches; lines that are not JSON are refused one by one.
 * @throws HttpError 400 with every reason if all rows are refused, and if there are more than `max`; 413 with the
 * answers to the rows so far if a stream exceeds the limits.
 */
export async function answerRows<Answer extends object>(
  body: unknown,
  { batch, max, of = 'products' }: { batch: number; max?: number; of?: string },
  answer: (rows: readonly GivenRow[], batch: Batch) => Promise<(Answer | RefusedRow)[]>,
): Promise<(Answer | RefusedRow)[]> {
  const results: (Answer | RefusedRow)[] = [];
  let given: GivenRow[] = [];
  // Refused lines are kept with their batch, so that the answers are in the order of the lines.
  let pending: (RefusedRow | undefined)[] = [];
  let part = 0;
  let bytes = 0;
  const flush = async (last: boolean): Promise<void> => {
    if (pending.length === 0) return;
    const lines = pending.filter((line) => line !== undefined);
    const answered = (await answer(given, { part: part++, last, refused: lines })).values();
    for (const refused of pending) {
      const result = refused ?? answered.next().value;
      if (result !== undefined) results.push(result);
    }
    given = [];
    pending = [];
    bytes = 0;
    // A batch that is refused waits for nothing else.
    await new Promise(setImmediate);
  };
  try {
    for await (const row of readRows(body, of)) {
      if (max !== undefined && results.length + pending.length >= max) throw tooManyForRoute(max, of);
      // Only when another row follows, so that the last batch is flushed as the last.
      if (pending.length >= batch || bytes > MAX_BATCH_BYTES) await flush(false);
      if ('reason' in row) pending.push({ ...row, status: 'refused', field: '' });
      else {
        given.push(row);
        bytes += row.bytes;
        pending.push(undefined);
      }
    }
  } catch (error) {
    if (!(error instanceof HttpError) || error.statusCode !== 413) throw error;
    await flush(false);
    const { message } = error;
    throw new HttpError(413, `${message} The first ${results.length} rows are answered in results.`, [], {
      results,
    });
  }
  await flush(true);
  const refused = results.filter(isRefused);
  if (results.length > 0 && refused.length === results.length) throw allRefused(refused);
  return results;
}

/** `{"products": [...]}` counts as the list inside; an object with an id is a product that has a field `products`. */
function unwrapped(body: unknown, of: string): unknown {
  if (!isRecord(body) || 'id' in body) return body;
  return Array.isArray(body[of]) ? body[of] : body;
}

async function* readRows(
  body: unknown,
  of: string,
): AsyncGenerator<GivenRow | { readonly row: number; readonly reason: string }> {
  if (!(body instanceof Readable)) {
    const rows = parseBody(rowsBody, unwrapped(body, of));
    const list = Array.isArray(rows) ? rows : [rows];
    for (const [index, value] of list.entries()) {
      const row = index + 1;
      if (value instanceof UnreadRow) yield { row, reason: value.reason };
      else yield { row, value, bytes: sizeOfRow(list, index) };
    }
    return;
  }
  const limits = limitsOf.get(body);
  let rows = 0;
  try {
    for await (const line of readLines(limitedChunks(body, limits))) {
      rows += 1;
      if (limits !== undefined && rows > limits.max_stream_rows) throw tooManyRows(limits);
      yield line;
    }
  } catch (error) {
    if (body.errored === error)
      throw new HttpError(400, 'The connection closed before the end of the body; send it again.');
    throw error;
  }
}

function isRefused(result: object): result is RefusedRow {
  return 'status' in result && result.status === 'refused';
}

function tooManyForRoute(max: number, of: string): HttpError {
  const reason = `this route accepts at most ${max} ${of} per request; send them in parts`;
  return new HttpError(400, `There are more rows: ${reason}.`, [{ field: '', reason }]);
}

function allRefused(refused: readonly RefusedRow[]): HttpError {
  const [first] = refused;
  const field = first?.field === '' ? '' : `${first?.field}: `;
  const subject =
    refused.length === 1
      ? `Row ${first?.row} was refused`
      : `All ${refused.length} rows were refused; the first, row ${first?.row}`;
  return new HttpError(
    400,
    `${subject}: ${field}${first?.reason}.`,
    refused.slice(0, MAX_REASONS).map(({ field, reason }) => ({ field, reason })),
    { results: refused.slice(0, MAX_REASONS) },
  );
}
