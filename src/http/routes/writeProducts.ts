import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { MEGABYTE } from '../bodyLimits.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';
import { answerRows, refusedRow, rowsBody, streamNdjson, takesRows } from '../rows.js';

const BATCH_ROWS = 500;

const writeAnswer = z.object({
  results: z.array(
    z.union([z.object({ id: z.string(), status: z.enum(['created', 'updated', 'unchanged']) }), refusedRow]),
  ),
});

/** POST /v1/products: upserts, each row answered in order; 400 only where every row was refused. */
export const writeProductsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  streamNdjson(app);
  app.post(
    '/v1/products',
    {
      bodyLimit: app.bodyLimits.products_body_mb * MEGABYTE,
      validatorCompiler: takesRows.validatorCompiler,
      schema: {
        summary: 'Add or replace products',
        description: 'A list, a single product, or a product a line as application/x-ndjson.',
        tags: ['products'],
        consumes: takesRows.consumes,
        headers: takesKey,
        body: rowsBody,
        response: { 200: writeAnswer },
      },
    },
    async (request) => ({
      results: await answerRows(request.body, { batch: BATCH_ROWS }, async (rows, batch) => {
        // Lines that are no JSON are part of what was asked, though nothing is written of them.
        const idempotencyKey = idempotencyKeyOf(request, [rows, batch.refused], batch);
        const results = await shop.upsert(
          rows.map(({ value }) => value),
          idempotencyKey,
        );
        // A shop numbers within one call; a client counts over its whole request.
        return results.map((result, place) =>
          result.status === 'refused' ? { ...result, row: rows[place]?.row ?? 0 } : result,
        );
      }),
    }),
  );
};
