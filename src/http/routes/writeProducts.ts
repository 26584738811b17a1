import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Shop, WriteResult } from '../../pipeline/shop.js';
import { NDJSON_TYPES, readLines } from '../ndjson.js';
import { HttpError } from '../problem.js';
import { parseBody } from '../validate.js';

const MAX_JSON_BYTES = 32 * 1024 * 1024;
const BATCH_ROWS = 500;

const jsonBody = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())], {
  error: 'expected one product or a list of products as JSON, or a product a line as application/x-ndjson',
});

const writeAnswer = z.object({
  results: z.array(
    z.union([
      z.object({ id: z.string(), status: z.enum(['created', 'updated', 'unchanged']) }),
      z.object({
        row: z.number().int().describe('Its place in the list, or its line, from 1.'),
        status: z.literal('refused'),
        field: z.string(),
        reason: z.string(),
      }),
    ]),
  ),
});

/** POST /v1/products: upserts, each row answered in order; 400 only where every row was refused. */
export const writeProductsRoute: FastifyPluginAsyncZod<{ shop: Shop }> = async (app, { shop }) => {
  app.addContentTypeParser(NDJSON_TYPES, (_request, payload, done) => done(null, payload));
  app.post(
    '/v1/products',
    {
      bodyLimit: MAX_JSON_BYTES,
      // A streamed body has nothing to validate before its lines are read.
      validatorCompiler: () => (data: unknown) => ({ value: data }),
      schema: {
        summary: 'Add or replace products',
        description: 'A list, a single product, or a product a line as application/x-ndjson.',
        tags: ['products'],
        consumes: ['application/json', 'application/x-ndjson'],
        body: jsonBody,
        response: { 200: writeAnswer, 400: writeAnswer },
      },
    },
    async (request, reply) => {
      const body: unknown = request.body;
      const results =
        body instanceof Readable
          ? await upsertLines(shop, body)
          : await upsertRows(shop, parseBody(jsonBody, body));
      const refused = results.length > 0 && results.every((result) => result.status === 'refused');
      return reply.code(refused ? 400 : 200).send({ results });
    },
  );
};

async function upsertRows(shop: Shop, body: unknown[] | Record<string, unknown>): Promise<WriteResult[]> {
  const rows = Array.isArray(body) ? body : [body];
  return numbered(await shop.upsert(rows), (index) => index + 1);
}

async function upsertLines(shop: Shop, body: Readable): Promise<WriteResult[]> {
  const results: WriteResult[] = [];
  let batch: { row: number; value: unknown }[] = [];
  // Refused lines wait with their batch, so that the answer keeps the order of the lines.
  let waiting: (WriteResult | undefined)[] = [];
  const flush = async () => {
    const written = numbered(
      await shop.upsert(batch.map((line) => line.value)),
      (index) => batch[index]?.row ?? 0,
    );
    let next = 0;
    for (const refused of waiting) {
      const result = refused ?? written[next++];
      if (result !== undefined) results.push(result);
    }
    batch = [];
    waiting = [];
  };
  try {
    for await (const line of readLines(body)) {
      if ('reason' in line)
        waiting.push({ row: line.row, status: 'refused', field: '', reason: line.reason });
      else {
        batch.push(line);
        waiting.push(undefined);
      }
      if (waiting.length >= BATCH_ROWS) await flush();
    }
  } catch (error) {
    if (body.errored === error) throw new HttpError(400, 'The body broke off before its end; send it again.');
    throw error;
  }
  if (waiting.length > 0) await flush();
  return results;
}

/** A shop numbers within one call; a client counts over its whole request. */
function numbered(results: readonly WriteResult[], rowOf: (index: number) => number): WriteResult[] {
  return results.map((result, index) =>
    result.status === 'refused' ? { ...result, row: rowOf(index) } : result,
  );
}
