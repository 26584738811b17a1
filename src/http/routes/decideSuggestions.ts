import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attributeValueSchema } from '../../domain/product.js';
import { decideRequestSchema } from '../../service/review/requests.js';
import type { Service } from '../../service/service.js';

const MAX_BYTES = 8 * 1024 * 1024;

const decideAnswer = z.object({
  decisions: z.array(
    z.object({
      decision: z.number().int().describe('To undo it by, and its number in /v1/decisions.'),
      action: z.enum(['accept', 'reject', 'correct', 'undo']),
      field: z.string(),
      value: attributeValueSchema,
      corrected: attributeValueSchema.optional(),
      undoes: z.number().int().optional(),
      settled: z.number().int().describe('How many products it settled.'),
    }),
  ),
});

/** POST /v1/suggestions/decide: accept, reject, correct or undo, all of the request or, where one cannot be, none. */
export const decideSuggestionsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.post(
    '/v1/suggestions/decide',
    {
      bodyLimit: MAX_BYTES,
      schema: {
        summary: 'Decide about groups of suggestions or single products, or undo a decision',
        description:
          'All decisions of a request are done, or none: 409 where what was shown has changed since. What is accepted or corrected is in the next search; what is rejected is not suggested again.',
        tags: ['review'],
        body: decideRequestSchema,
        response: { 200: decideAnswer },
      },
    },
    async (request) => ({ decisions: await shop.review.decide(request.body) }),
  );
};
