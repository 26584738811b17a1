import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { searchAnswerSchema } from '../../search/searchAnswer.js';
import { searchVariantSchema } from '../../search/searchVariant.js';
import { evaluateQueries } from '../../service/lab/evaluateQueries.js';
import type { Service } from '../../service/service.js';
import { searchFromBody } from './search.js';

/** Each query is searched twice, between searches of shoppers. */
const MAX_QUERIES = 25;
const MAX_GRADES = 1000;
const MAX_GRADE = 100;

const variants = {
  first: searchVariantSchema.prefault({}).describe('The first configuration. Default: the one that serves.'),
  second: searchVariantSchema.prefault({}).describe('The second configuration.'),
};

const compareBody = z.strictObject({ search: searchFromBody, ...variants });
const compareAnswer = z.object({ first: searchAnswerSchema, second: searchAnswerSchema });

const grades = z
  .record(z.string().min(1).max(1000), z.number().min(0).max(MAX_GRADE))
  .refine((given) => Object.keys(given).length <= MAX_GRADES, {
    error: `expected at most ${MAX_GRADES} products of a query`,
  })
  .describe('The grade of each product by its id: 0 is irrelevant, the higher the better.');
const evaluateBody = z.strictObject({
  judgments: z
    .array(z.strictObject({ query: z.string().min(1).max(1000), grades }))
    .min(1)
    .max(MAX_QUERIES)
    .describe(`At most ${MAX_QUERIES} queries a request: send more in several requests.`),
  ...variants,
});

const figures = z.object({
  ndcg_at_10: z.number(),
  reciprocal_rank: z.number(),
  recall_at_100: z.number(),
  found: z.number().int().describe('Number of products found.'),
});
const evaluateAnswer = z.object({
  queries: z.array(
    z.object({
      query: z.string(),
      relevant: z.boolean().describe('Whether a product is relevant; otherwise the measures are 0.'),
      first: figures,
      second: figures,
    }),
  ),
});

/** /v1/lab: searches with two configurations, for comparison. */
export const labRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['search'];
  const config = { scope: 'admin' as const };
  app.post(
    '/v1/lab/compare',
    {
      config,
      schema: {
        operationId: 'compareSearches',
        summary: 'Answer one search with two configurations',
        description: 'These searches are not recorded, and nothing about the service changes.',
        tags,
        body: compareBody,
        response: { 200: compareAnswer },
      },
    },
    async ({ body: { search, first, second } }) => ({
      first: await service.searchVariant(search, first),
      second: await service.searchVariant(search, second),
    }),
  );
  app.post(
    '/v1/lab/evaluate',
    {
      config,
      schema: {
        operationId: 'evaluateSearches',
        summary: 'Measure two configurations on judged queries',
        description:
          'NDCG of the first ten hits, reciprocal rank and recall of the first hundred, as shelfwright evaluate search measures them.',
        tags,
        body: evaluateBody,
        response: { 200: evaluateAnswer },
      },
    },
    async ({ body: { judgments, first, second } }) => ({
      queries: await evaluateQueries(
        judgments,
        (request) => service.searchVariant(request, first),
        (request) => service.searchVariant(request, second),
      ),
    }),
  );
};
