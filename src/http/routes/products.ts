import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { livePatchSchema, productSchema } from '../../domain/product.js';
import { ALL_FIELDS, selectionOf } from '../../search/present/selectFields.js';
import type { Service } from '../../service/service.js';
import { MEGABYTE } from '../bodies/limits.js';
import { answerRows, refusedRow, rowsBody, streamRows, takesRows } from '../bodies/rows.js';
import { readerOf } from '../guard/readerOf.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { commaList } from '../parameters.js';
import { HttpError } from '../problem.js';

/** Written in one transaction, during which no other request is answered. */
const BATCH_ROWS = 100;

/** The merchant's own id, percent-encoded in the path: `/v1/products/AB%2F12`. */
export const idParameter = z.object({
  id: z.string().min(1).describe("The merchant's own id, percent-encoded."),
});

const writeAnswer = z.object({
  results: z.array(
    z.union([z.object({ id: z.string(), status: z.enum(['created', 'updated', 'unchanged']) }), refusedRow]),
  ),
});

/** /v1/products: read one product; add, replace or change many; change the live fields of one; delete one. */
export const productRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['products'];
  const write = { scope: 'write' as const };

  app.get(
    '/v1/products/:id',
    {
      config: { scope: 'search' },
      schema: {
        operationId: 'getProduct',
        summary: 'Get one product',
        description:
          'Blanks are filled by applied facts; `_shelfwright` holds the origin of each value. Texts are as you wrote them, with their markup, unless `markup=strip`.',
        tags,
        params: idParameter,
        querystring: z.strictObject({
          markup: z
            .enum(['keep', 'strip'])
            .default('keep')
            .describe('`strip` for texts as searches show them: without tags, with decoded entities.'),
          fields: commaList
            .optional()
            .describe(
              'The fields to return, for example title,price,attributes.color; * for all but _shelfwright. Default: everything; for a key with the scope search, *.',
            ),
        }),
        response: { 200: productSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const reader = await readerOf(request, service);
      const product = request.query.markup === 'strip' ? reader.product(id) : reader.original(id);
      if (product === undefined) throw noSuchProduct(id);
      // A key for the shop's page gets what the enricher noted only if it asks for it.
      const fields = request.query.fields ?? (request.apiKey?.scope === 'search' ? [ALL_FIELDS] : undefined);
      return fields === undefined ? product : selectionOf(fields).pick(product);
    },
  );

  // In a scope of its own, so that the other routes refuse NDJSON bodies.
  await app.register(async (bulk) => {
    streamRows(bulk);
    const takesProducts = {
      config: write,
      bodyLimit: bulk.bodyLimits.max_products_body_mb * MEGABYTE,
      validatorCompiler: takesRows.validatorCompiler,
    };
    const schema = {
      tags,
      consumes: takesRows.consumes,
      headers: idempotencyHeader,
      body: rowsBody,
      response: { 200: writeAnswer },
    };
    const body =
      'The body is a list, {"products": [...]}, a single product, or one product per line as application/x-ndjson.';
    const answers = 'Each row is answered in order; 400 only if every row is refused.';
    bulk.post(
      '/v1/products',
      {
        ...takesProducts,
        schema: {
          ...schema,
          operationId: 'upsertProducts',
          summary: 'Add or replace products',
          description: `${body} A row is a complete product: it replaces all fields of a stored product with its id, and what the row lacks is removed. PATCH /v1/products changes single fields. ${answers}`,
        },
      },
      async (request) => ({ results: await answerWrites(request, service.upsert) }),
    );
    bulk.patch(
      '/v1/products',
      {
        ...takesProducts,
        schema: {
          ...schema,
          operationId: 'mergeProducts',
          summary: 'Change single fields of products',
          description: `${body} A row has the id of a stored product and the fields to change: other fields stay, attributes are changed one by one, and null clears a field or an attribute. Only changed texts are embedded again. ${answers}`,
        },
      },
      async (request) => ({ results: await answerWrites(request, service.merge) }),
    );
  });

  app.patch(
    '/v1/products/:id',
    {
      config: write,
      schema: {
        operationId: 'patchProduct',
        summary: 'Change price, stock or availability',
        description: 'The change is visible in the next search; nothing is embedded again.',
        tags,
        params: idParameter,
        headers: idempotencyHeader,
        body: livePatchSchema,
        response: { 200: productSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const product = await service.patch(id, request.body, idempotencyKeyOf(request, request.body));
      if (product === undefined) throw noSuchProduct(id);
      return product;
    },
  );

  app.delete(
    '/v1/products/:id',
    {
      config: write,
      schema: {
        operationId: 'deleteProduct',
        summary: 'Delete a product',
        tags,
        params: idParameter,
        headers: idempotencyHeader,
        response: { 204: z.null().describe('The product existed and is deleted.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await service.remove(id, idempotencyKeyOf(request, null)))) throw noSuchProduct(id);
      return reply.code(204).send(null);
    },
  );
};

/** Writes the rows of a request in batches, and answers each. */
function answerWrites(request: FastifyRequest, write: Service['upsert']) {
  return answerRows(request.body, { batch: BATCH_ROWS }, async (rows, batch) => {
    // Lines that are not JSON are part of the request's hash, although they write nothing.
    const sent = rows.map(({ row, value }) => ({ row, value }));
    const idempotencyKey = idempotencyKeyOf(request, [sent, batch.refused], batch);
    const results = await write(
      rows.map(({ value }) => value),
      idempotencyKey,
    );
    // The service numbers the rows of one batch; the client counts over the whole request.
    return results.map((result, index) =>
      result.status === 'refused' ? { ...result, row: rows[index]?.row ?? 0 } : result,
    );
  });
}

export function noSuchProduct(id: string): HttpError {
  return new HttpError(404, `There is no product with the id ${JSON.stringify(id)}.`);
}
