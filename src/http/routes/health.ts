import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Service } from '../../service/service.js';

const readiness = z.object({
  ready: z.boolean(),
  mode: z.enum(['hybrid', 'lexical']),
  generation: z.string().nullable(),
  products: z.number().int(),
  reasons: z.array(z.string()),
});

/** GET /health/live: the process answers. GET /health/ready: searches are answered, or 503 and why not. */
export const healthRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/health/live',
    {
      schema: {
        summary: 'Is it alive?',
        tags: ['operation'],
        response: { 200: z.object({ status: z.literal('live') }) },
      },
    },
    async () => ({ status: 'live' as const }),
  );
  app.get(
    '/health/ready',
    {
      schema: {
        summary: 'Does it answer searches?',
        tags: ['operation'],
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const { ready, mode, generation, products, reasons } = shop.health();
      const answer = { ready, mode, generation: generation ?? null, products, reasons: [...reasons] };
      return ready ? reply.code(200).send(answer) : reply.code(503).send(answer);
    },
  );
};
