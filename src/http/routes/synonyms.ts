import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { wholeNumber } from '../parameters.js';

const MAX_QUERIES = 100;
const DEFAULT_QUERIES = 20;

const answer = z.object({
  suggestions: z.array(
    z.object({
      line: z.string(),
      query: z.string(),
      searches: z.number().int(),
      nearest: z.array(
        z.object({
          text: z.string(),
          kind: z.enum(['category', 'value', 'word']),
          products: z.number().int(),
          similarity: z.number(),
        }),
      ),
      asked: z.array(z.object({ query: z.string(), searches: z.number().int(), found: z.number().int() })),
    }),
  ),
});

/** GET /v1/synonyms/suggestions: candidate synonyms for queries without hits; nothing is applied. */
export const synonymRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/synonyms/suggestions',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listSynonymSuggestions',
        summary: 'Suggest synonyms for queries without hits',
        tags: ['search'],
        querystring: z.strictObject({
          limit: wholeNumber(MAX_QUERIES)
            .optional()
            .describe(
              `Number of queries to examine, most frequent first. Default ${DEFAULT_QUERIES}, maximum ${MAX_QUERIES}.`,
            ),
        }),
        response: { 200: answer },
      },
    },
    async (request) => ({
      suggestions: (await service.synonymSuggestions(request.query.limit ?? DEFAULT_QUERIES)).map((each) => ({
        ...each,
        nearest: [...each.nearest],
        asked: [...each.asked],
      })),
    }),
  );
};
