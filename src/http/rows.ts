import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type BodyLimits, boundChunks, MEGABYTE, streamTooLong, streamTooManyRows } from './bodyLimits.js';
import { NDJSON_TYPES, readLines } from './ndjson.js';
import { HttpError } from './problem.js';
import { parseBody } from './validate.js';

/** What a body of products may be, beside a product a line as application/x-ndjson. */
export const rowsBody = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())], {
  error: 'expected one product or a list of products as JSON, or a product a line as application/x-ndjson',
});

export const refusedRow = z.object({
  row: z.number().int().describe('Its place in the list, or its line, from 1.'),
  status: z.literal('refused'),
  field: z.string(),
  reason: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRow>;

/** Parts of a route's options that let it take products in any of the three forms. */
export const takesRows = {
  // A streamed body has nothing to validate before its lines are read.
  validatorCompiler: () => (data: unknown) => ({ value: data }),
  consumes: ['application/json', 'application/x-ndjson'],
};

/** What streamed bodies may come to. */
const bounds = new WeakMap<Readable, BodyLimits>();

/** Hands NDJSON bodies to the routes of this scope as streams, unless they say already that they are too long. */
export function streamNdjson(app: FastifyInstance): void {
  const { bodyLimits } = app;
  app.addContentTypeParser(NDJSON_TYPES, (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > bodyLimits.stream_mb * MEGABYTE)
      return done(streamTooLong(bodyLimits));
    bounds.set(payload, bodyLimits);
    done(null, payload);
  });
}

interface GivenRow {
  readonly row: number;
  readonly value: unknown;
}

/** Where a batch stands in its request. */
export interface Batch {
  /** From 0. */
  readonly part: number;
  readonly last: boolean;
  /** The lines between its rows that are not JSON. */
  readonly refused: readonly RefusedRow[];
}

/**
 * Answers each row of a body in order, by `answer` in batches; lines that are not JSON are refused by themselves.
 * @throws HttpError 400 with every reason where no row is taken, and where there are more than `most`; 413 with the
 * answers to the rows before that where a stream grows past the limits.
 */
export async function answerRows<Answer extends object>(
  body: unknown,
  { batch, max }: { batch: number; max?: number },
  answer: (rows: readonly GivenRow[], batch: Batch) => Promise<(Answer | RefusedRow)[]>,
): Promise<(Answer | RefusedRow)[]> {
  const results: (Answer | RefusedRow)[] = [];
  let given: GivenRow[] = [];
  // Refused lines wait with their batch, so that the answer keeps the order of the lines.
  let waiting: (RefusedRow | undefined)[] = [];
  let part = 0;
  const flush = async (last: boolean): Promise<void> => {
    if (waiting.length === 0) return;
    const lines = waiting.filter((line) => line !== undefined);
    const answered = (await answer(given, { part: part++, last, refused: lines })).values();
    for (const refused of waiting) {
      const result = refused ?? answered.next().value;
      if (result !== undefined) results.push(result);
    }
    given = [];
    waiting = [];
  };
  try {
    for await (const row of readRows(body)) {
      if (max !== undefined && results.length + waiting.length >= max) throw tooMany(max);
      // Only once there is more, so that the last batch is known for the last.
      if (waiting.length >= batch) await flush(false);
      if ('reason' in row) waiting.push({ ...row, status: 'refused', field: '' });
      else {
        given.push(row);
        waiting.push(undefined);
      }
    }
  } catch (error) {
    if (!(error instanceof HttpError) || error.statusCode !== 413) throw error;
    await flush(false);
    const { message } = error;
    throw new HttpError(413, `${message} The ${results.length} rows before are answered in results.`, [], {
      results,
    });
  }
  await flush(true);
  const refused = results.filter(isRefused);
  if (results.length > 0 && refused.length === results.length) throw noneTaken(refused);
  return results;
}

async function* readRows(
  body: unknown,
): AsyncGenerator<GivenRow | { readonly row: number; readonly reason: string }> {
  if (!(body instanceof Readable)) {
    const rows = parseBody(rowsBody, body);
    for (const [place, value] of (Array.isArray(rows) ? rows : [rows]).entries())
      yield { row: place + 1, value };
    return;
  }
  const limits = bounds.get(body);
  let rows = 0;
  try {
    for await (const line of readLines(boundChunks(body, limits))) {
      rows += 1;
      if (limits !== undefined && rows > limits.stream_rows) throw streamTooManyRows(limits);
      yield line;
    }
  } catch (error) {
    if (body.errored === error) throw new HttpError(400, 'The body broke off before its end; send it again.');
    throw error;
  }
}

function isRefused(result: object): result is RefusedRow {
  return 'status' in result && result.status === 'refused';
}

function tooMany(max: number): HttpError {
  const reason = `this route takes at most ${max} products a request; send them in parts`;
  return new HttpError(400, `There are more rows: ${reason}.`, [{ field: '', reason }]);
}

function noneTaken(refused: readonly RefusedRow[]): HttpError {
  const [first] = refused;
  const whose = first?.field === '' ? '' : `${first?.field}: `;
  const which =
    refused.length === 1
      ? `Row ${first?.row} was not taken`
      : `None of the ${refused.length} rows was taken; the first, row ${first?.row}`;
  return new HttpError(
    400,
    `${which}: ${whose}${first?.reason}.`,
    refused.map(({ field, reason }) => ({ field, reason })),
    { results: refused },
  );
}
