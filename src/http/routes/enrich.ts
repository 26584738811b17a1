import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { applyFacts } from '../../domain/applyFacts.js';
import { factSchema } from '../../domain/fact.js';
import { productSchema, readProduct } from '../../domain/product.js';
import type { Service } from '../../service/service.js';
import { MEGABYTE } from '../bodyLimits.js';
import { answerRows, refusedRow, rowsBody, streamNdjson, takesRows } from '../rows.js';

const MAX_PRODUCTS = 1000;

const enrichAnswer = z.object({
  results: z.array(
    z.union([productSchema.extend({ _shelfwright: z.object({ facts: z.array(factSchema) }) }), refusedRow]),
  ),
});

/** POST /v1/enrich: products that are not stored, in the order given, filled as an enriched file's are. */
export const enrichRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  streamNdjson(app);
  app.post(
    '/v1/enrich',
    {
      bodyLimit: app.bodyLimits.products_body_mb * MEGABYTE,
      validatorCompiler: takesRows.validatorCompiler,
      schema: {
        summary: 'Fill the blanks of products, storing nothing',
        description: `A list, {"products": [...]}, a single product, or a product a line as application/x-ndjson; at most ${MAX_PRODUCTS}.`,
        tags: ['enrichment'],
        consumes: takesRows.consumes,
        body: rowsBody,
        response: { 200: enrichAnswer },
      },
    },
    async (request) => ({
      results: await answerRows(
        unwrapped(request.body),
        { batch: MAX_PRODUCTS, max: MAX_PRODUCTS },
        async (rows) => {
          const read = rows.map(({ value }) => readProduct(value));
          const products = read.flatMap((one) => ('product' in one ? [one.product] : []));
          const enriched = (products.length === 0 ? [] : await shop.enrich(products)).values();
          return read.map((one, place) => {
            if ('product' in one) return applyFacts(one.product, enriched.next().value?.facts ?? []);
            const [problem = { field: '', reason: 'unreadable' }] = one.problems;
            return { row: rows[place]?.row ?? 0, status: 'refused' as const, ...problem };
          });
        },
      ),
    }),
  );
};

/** `{"products": [...]}` is the list in it; a product of its own has an id. */
function unwrapped(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || 'id' in body || !('products' in body)) return body;
  return Array.isArray(body.products) ? body.products : body;
}
