import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  MAX_SUGGESTIONS,
  suggestAnswerSchema,
  suggestRequestSchema,
} from '../../search/suggest/suggestSchemas.js';
import type { Service } from '../../service/service.js';
import { readerOf } from '../guard/readerOf.js';
import { wholeNumber } from '../parameters.js';

const suggestQuery = z
  .strictObject({
    q: z
      .string({
        error: (issue) => (Array.isArray(issue.input) ? 'given more than once; give it once' : undefined),
      })
      .optional()
      .describe('The text typed so far. Empty: the most popular completions.'),
    limit: wholeNumber(MAX_SUGGESTIONS)
      .optional()
      .describe(`Number of completions. Default 10, maximum ${MAX_SUGGESTIONS}.`),
  })
  .pipe(suggestRequestSchema);

/** GET /v1/suggest: completions of a partial query; each of them finds at least one product. */
export const suggestRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/suggest',
    {
      config: { scope: 'search' },
      schema: {
        operationId: 'suggest',
        summary: 'Complete a partial query',
        tags: ['search'],
        querystring: suggestQuery,
        response: { 200: suggestAnswerSchema },
      },
    },
    async (request) => (await readerOf(request, service)).suggest(request.query),
  );
};
