import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';
import { decisionAnswer, decisionsAnswer, paging } from '../reviewSchemas.js';
import { wholeNumber } from '../searchParameters.js';

/** GET /v1/decisions and /v1/decisions/:decision: the log of who decided what, when, and what was shown. */
export const decisionsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/decisions',
    {
      schema: {
        summary: 'Who decided what, newest first',
        tags: ['review'],
        querystring: z.strictObject(paging),
        response: { 200: decisionsAnswer },
      },
    },
    async (request) => shop.review.decisions(request.query),
  );
  app.get(
    '/v1/decisions/:decision',
    {
      schema: {
        summary: 'One decision with the products that it was about',
        tags: ['review'],
        params: z.object({ decision: wholeNumber().describe('A number of /v1/decisions.') }),
        querystring: z.strictObject(paging),
        response: { 200: decisionAnswer },
      },
    },
    async (request) => {
      const { decision } = request.params;
      const entry = shop.review.decision(decision, request.query);
      if (entry === undefined)
        throw new HttpError(404, `There is no decision ${decision}; /v1/decisions lists what there is.`);
      return entry;
    },
  );
};
