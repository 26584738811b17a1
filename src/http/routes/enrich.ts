import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { applyFacts, documentOf, productFactsSchema } from '../../domain/filledProduct.js';
import { jobSchema } from '../../domain/job.js';
import { FACTS_KEY, productSchema, readProduct } from '../../domain/product.js';
import { factsForOriginal, readableProduct } from '../../domain/readableProduct.js';
import { parseFilter } from '../../search/filter/parseFilter.js';
import { enrichRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { MEGABYTE } from '../bodies/limits.js';
import { answerRows, refusedRow, rowsBody, streamRows, takesRows } from '../bodies/rows.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';

const MAX_PRODUCTS = 1000;
const BATCH_ROWS = 50;

const enrichAnswer = z.object({
  results: z.array(z.union([productSchema.extend({ [FACTS_KEY]: productFactsSchema }), refusedRow])),
});

/** POST /v1/enrich fills the blanks of products in the request; POST /v1/enrich/jobs those of the store. */
export const enrichRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  // In a scope of its own, so that /v1/enrich/jobs refuses NDJSON bodies.
  await app.register(async (bulk) => {
    streamRows(bulk);
    bulk.post(
      '/v1/enrich',
      {
        config: { scope: 'write' },
        bodyLimit: bulk.bodyLimits.max_products_body_mb * MEGABYTE,
        validatorCompiler: takesRows.validatorCompiler,
        schema: {
          operationId: 'enrichProducts',
          summary: 'Fill the blanks of products without storing them',
          description: `The body is a list, {"products": [...]}, a single product, or one product per line as application/x-ndjson; at most ${MAX_PRODUCTS} products.`,
          tags: ['enrichment'],
          consumes: takesRows.consumes,
          body: rowsBody,
          response: { 200: enrichAnswer },
        },
      },
      async (request) => ({
        results: await answerRows(request.body, { batch: BATCH_ROWS, max: MAX_PRODUCTS }, async (rows) => {
          const read = rows.map(({ value }) => readProduct(value));
          const products = read.flatMap((one) => ('product' in one ? [one.product] : []));
          const readable = products.map(readableProduct);
          const enriched = (readable.length === 0 ? [] : await service.enrich(readable)).values();
          return read.map((one, index) => {
            if ('product' in one) {
              const { facts = [] } = enriched.next().value ?? {};
              return documentOf(applyFacts(one.product, factsForOriginal(one.product, facts)));
            }
            const [problem = { field: '', reason: 'unreadable' }] = one.problems;
            return { row: rows[index]?.row ?? 0, status: 'refused' as const, ...problem };
          });
        }),
      }),
    );
  });

  app.post(
    '/v1/enrich/jobs',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'startEnrichment',
        summary: 'Start a job that fills the blanks of the stored products',
        description:
          'The first step of a reindex, alone. GET /v1/products/:id shows the new values at once, searches after the next reindex.',
        tags: ['operation'],
        headers: idempotencyHeader,
        body: enrichRequestSchema.nullish().transform((body) => body ?? { allow_unapply: false }),
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      requireValidFilter(request.body.where);
      const job = service.jobs.submit('enrich', { ...request.body }, idempotencyKeyOf(request, request.body));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};

/** Refuses a malformed filter now; otherwise the job would fail later. */
function requireValidFilter(where: string | undefined): void {
  try {
    if (where !== undefined) parseFilter(where);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`where: ${error.message}`, { field: 'where', cause: error });
  }
}
