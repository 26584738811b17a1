import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import { FACTS_KEY, type Product, productSchema } from '../../domain/product.js';
import { statusOf } from '../../domain/productStatus.js';
import { fixSchema } from '../../learning/findFixes.js';
import { learnReportSchema } from '../../learning/learnReport.js';
import { learnRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { readerOf } from '../guard/readerOf.js';
import { idempotencyKeyOf } from '../idempotencyKey.js';
import { wholeNumber } from '../parameters.js';
import { idParameter, noSuchProduct } from './products.js';

const MAX_COMPLEMENTS = 50;

const complementHit = z.object({
  id: z.string(),
  score: z
    .number()
    .describe('From 0 to 1: at least this share of the orders with both would not be there by chance.'),
  product: productSchema,
  explain: z.object({
    orders: z.number().describe('Orders with both.'),
    lift: z.number().describe('Orders with both, relative to those by chance.'),
    min_lift: z.number().describe('Lower bound of the lift, of all pairs at once.'),
  }),
});

/** What was learned from shoppers: complements of a product, what to fix next, and the log of learnings. */
export const learningRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/products/:id/complements',
    {
      config: { scope: 'search' },
      schema: {
        operationId: 'getComplements',
        summary: 'List products that are bought together with this one',
        description:
          'From orders, as they were at the last learning: only products that are together with this one more often than by chance, beyond a bound that holds for all pairs at once. Empty where orders are too few.',
        tags: ['products'],
        params: idParameter,
        querystring: z.strictObject({
          limit: wholeNumber(MAX_COMPLEMENTS)
            .default(10)
            .describe(`Number of products. Default 10, maximum ${MAX_COMPLEMENTS}.`),
        }),
        response: { 200: z.object({ id: z.string(), hits: z.array(complementHit) }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const reader = await readerOf(request, service);
      if (reader.product(id) === undefined) throw noSuchProduct(id);
      const hits: z.infer<typeof complementHit>[] = [];
      for (const { other, together, lift, low } of service.learned.complements(id)) {
        const product = reader.product(other);
        if (product === undefined || statusOf(product) !== 'active') continue;
        const explain = { orders: together, lift, min_lift: low };
        hits.push({ id: other, score: Math.max(0, 1 - 1 / low), product, explain });
        if (hits.length === request.query.limit) break;
      }
      return { id, hits: hits.map((hit) => ({ ...hit, product: withoutFacts(request, hit.product) })) };
    },
  );
  app.get(
    '/v1/fixes',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listFixes',
        summary: 'List what to fix next, by lost revenue',
        tags: ['events'],
        response: { 200: z.object({ fixes: z.array(fixSchema) }) },
      },
    },
    async () => ({ fixes: service.learned.fixes() }),
  );
  app.get(
    '/v1/retrainings',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listRetrainings',
        summary: 'List what was learned from events and when, with figures before and after',
        tags: ['events'],
        response: {
          200: z.object({
            due: z
              .string()
              .nullable()
              .describe('Why it should be learned again; null where that is not due.'),
            retrainings: z.array(learnReportSchema),
          }),
        },
      },
    },
    async () => ({ due: service.learned.due(), retrainings: service.learned.retrainings() }),
  );
  app.post(
    '/v1/retrainings',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'startRetraining',
        summary: 'Learn from events now, as a job',
        tags: ['events'],
        body: learnRequestSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = service.jobs.submit('learn', request.body, idempotencyKeyOf(request, request.body));
      return reply.code(202).send(job);
    },
  );
};

/** A key for the shop's page does not get what the enricher noted. */
function withoutFacts({ apiKey }: FastifyRequest, product: Product): Product {
  if (apiKey?.scope !== 'search') return product;
  const { [FACTS_KEY]: _, ...rest } = product;
  return rest;
}
