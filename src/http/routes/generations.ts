import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';

const generationsAnswer = z.object({
  generations: z.array(
    z.object({
      id: z.string(),
      created: z.string(),
      products: z.number().int(),
      taxonomy: z.string(),
      model: z.string(),
      current: z.boolean(),
    }),
  ),
});

/** GET /v1/generations: the indexes on disk, and which of them serves. */
export const generationsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/generations',
    { schema: { summary: 'The indexes on disk', tags: ['operation'], response: { 200: generationsAnswer } } },
    async () => ({ generations: await shop.generations() }),
  );
};
