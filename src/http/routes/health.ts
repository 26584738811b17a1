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

/** GET /health/live: the process responds. GET /health/ready: searches are answered; if not, 503 with the reasons. */
export const healthRoutes: FastifyPluginAsyncZod<{ service: Pick<Service, 'health'> }> = async (
  app,
  { service },
) => {
  app.get(
    '/health/live',
    {
      config: { scope: 'none' },
      schema: {
        operationId: 'getLiveness',
        summary: 'Check that the process responds',
        tags: ['operation'],
        response: { 200: z.object({ status: z.literal('live') }) },
      },
    },
    async () => ({ status: 'live' as const }),
  );
  app.get(
    '/health/ready',
    {
      config: { scope: 'none' },
      schema: {
        operationId: 'getReadiness',
        summary: 'Check that searches are answered',
        tags: ['operation'],
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const { ready, mode, generation, products, reasons } = service.health();
      const answer = { ready, mode, generation: generation ?? null, products, reasons: [...reasons] };
      return ready ? reply.code(200).send(answer) : reply.code(503).send(answer);
    },
  );
};
