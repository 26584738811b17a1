import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { wholeNumber } from '../searchParameters.js';

const MOST = 100;
const DEFAULT = 20;

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

/** GET /v1/synonyms/suggestions: what people may mean by queries that found nothing; nothing is applied. */
export const synonymSuggestionsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/synonyms/suggestions',
    {
      schema: {
        summary: 'Synonyms that searches without hits suggest',
        tags: ['search'],
        querystring: z.strictObject({
          limit: wholeNumber(MOST)
            .optional()
            .describe(
              `How many queries to look at, asked most first; ${DEFAULT} unless said, at most ${MOST}.`,
            ),
        }),
        response: { 200: answer },
      },
    },
    async (request) => ({
      suggestions: (await shop.synonymSuggestions(request.query.limit ?? DEFAULT)).map((each) => ({
        ...each,
        nearest: [...each.nearest],
        asked: [...each.asked],
      })),
    }),
  );
};
