import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';
import { membersAnswer, narrowing, paging, suggestionsAnswer } from '../reviewSchemas.js';

/** GET /v1/suggestions and /v1/suggestions/:group: what waits for a person, grouped so that one word settles many. */
export const suggestionsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/suggestions',
    {
      schema: {
        summary: 'What waits for a decision, by field, value and reason',
        tags: ['review'],
        querystring: z.strictObject({
          field: z.string().optional().describe('Such as category or attributes.color.'),
          ...narrowing,
          ...paging,
        }),
        response: { 200: suggestionsAnswer },
      },
    },
    async (request) => shop.review.suggestions(request.query),
  );
  app.get(
    '/v1/suggestions/:group',
    {
      schema: {
        summary: 'The products of one group',
        tags: ['review'],
        params: z.object({ group: z.string().min(1).describe('A group of /v1/suggestions.') }),
        querystring: z.strictObject({ ...narrowing, ...paging }),
        response: { 200: membersAnswer },
      },
    },
    async (request) => {
      const { group } = request.params;
      const members = shop.review.members(group, request.query);
      if (members === undefined)
        throw new HttpError(
          404,
          `There is no group of suggestions ${JSON.stringify(group)} now, or nothing of it passes the parameters; /v1/suggestions lists what waits.`,
        );
      return members;
    },
  );
};
