import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const MAX_CHANGES = 10_000;

const changeSchema = z.object({
  sequence: z.number().int(),
  id: z.string().describe('The id of the product.'),
  kind: z
    .enum(['content', 'live', 'delete'])
    .describe(
      '`content`: the product or its facts were written; `live`: only price, stock or another live field; `delete`: it is gone.',
    ),
});

/** GET /v1/changes: which products changed, for feeds and other systems that follow the catalog. */
export const changeRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  app.get(
    '/v1/changes',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listChanges',
        summary: 'List the changes of products since a number',
        description:
          'In the order in which they were written. Begin with since=0, and ask again with `next`, which is where the answer ended; `more` says whether there are further changes now. A product that changed twice is listed twice.',
        tags: ['products'],
        querystring: z.strictObject({
          since: z.coerce.number().int().min(0).default(0).describe('The `next` of the answer before.'),
          limit: z.coerce.number().int().min(1).max(MAX_CHANGES).default(1000),
        }),
        response: {
          200: z.object({
            changes: z.array(changeSchema),
            next: z.number().int(),
            more: z.boolean(),
          }),
        },
      },
    },
    (request) => {
      const { since, limit } = request.query;
      const { changes, last } = service.changesSince(since, limit);
      if (since > last)
        throw new HttpError(
          409,
          `since: found ${since}, but the last change is ${last}: an older store was restored. Read the whole catalog, then follow from ${last}.`,
        );
      const next = changes.at(-1)?.sequence ?? since;
      return { changes, next, more: next < last };
    },
  );
};
