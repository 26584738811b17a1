import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAX_SUGGESTIONS, suggestAnswerSchema, suggestRequestSchema } from '../../search/suggest/request.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';
import { wholeNumber } from '../searchParameters.js';

const suggestQuery = z
  .strictObject({
    q: z
      .string({
        error: (issue) => (Array.isArray(issue.input) ? 'given more than once; give it once' : undefined),
      })
      .optional()
      .describe('What has been typed so far; empty for what is most popular.'),
    limit: wholeNumber(MAX_SUGGESTIONS)
      .optional()
      .describe(`How many; 10 unless said, at most ${MAX_SUGGESTIONS}.`),
  })
  .pipe(suggestRequestSchema);

/** GET /v1/suggest: completions of what is being typed, each of which finds something. */
export const suggestRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/suggest',
    {
      schema: {
        summary: 'Complete what is being typed',
        tags: ['search'],
        querystring: suggestQuery,
        response: { 200: suggestAnswerSchema },
      },
    },
    async (request) => {
      // Completions and their counts are made over the whole catalog, and would tell what the key may not see.
      if (request.apiKey?.filter != null) {
        throw new HttpError(
          403,
          'This key sees a part of the catalog only, and completions are made over all of it: use a key without a filter.',
        );
      }
      return shop.suggest(request.query);
    },
  );
};
