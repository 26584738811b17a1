import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attributeValueSchema } from '../../domain/product.js';
import type { Service } from '../../service/service.js';
import { wholeNumber } from '../parameters.js';
import { HttpError } from '../problem.js';
import { pageAnswer, pagingQuery } from './suggestions.js';

const decision = {
  decision: z.number().int(),
  at: z.string(),
  by: z.string(),
  action: z.enum(['accept', 'reject', 'correct', 'undo']),
  field: z.string(),
  value: attributeValueSchema,
  corrected: attributeValueSchema.optional(),
  undoes: z.number().int().optional(),
  undone_by: z.number().int().optional(),
  group: z.string().optional(),
  state: z.string().optional(),
  settled: z.number().int(),
  shown: z.unknown().describe('What the person saw when deciding.'),
};

const decisionsAnswer = z.object({
  total: z.number().int(),
  ...pageAnswer,
  decisions: z.array(z.object(decision)),
});

const decisionAnswer = z.object({
  ...decision,
  ...pageAnswer,
  products: z.array(
    z.object({
      id: z.string(),
      before: z
        .array(z.unknown())
        .describe('The facts of the field before the decision, the one decided about first.'),
    }),
  ),
});

/** /v1/decisions: the log of review decisions: who decided what, when, and what was shown. */
export const decisionRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['review'];
  app.get(
    '/v1/decisions',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listDecisions',
        summary: 'List review decisions, newest first',
        tags,
        querystring: z.strictObject(pagingQuery),
        response: { 200: decisionsAnswer },
      },
    },
    async (request) => service.review.decisions(request.query),
  );
  app.get(
    '/v1/decisions/:decision',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'getDecision',
        summary: 'Get one decision and its products',
        tags,
        params: z.object({ decision: wholeNumber().describe('A number from /v1/decisions.') }),
        querystring: z.strictObject(pagingQuery),
        response: { 200: decisionAnswer },
      },
    },
    async (request) => {
      const { decision } = request.params;
      const entry = service.review.decision(decision, request.query);
      if (entry === undefined)
        throw new HttpError(404, `There is no decision ${decision}; /v1/decisions lists all decisions.`);
      return entry;
    },
  );
};
