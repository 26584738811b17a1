import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { jobSchema } from '../../domain/job.js';
import { enrichRequestSchema } from '../../pipeline/jobs/requests.js';
import type { Shop } from '../../pipeline/shop.js';
import { claimOf, takesKey } from '../idempotencyKey.js';

/** POST /v1/enrich/jobs: queues an enrichment of the store by policy. */
export const enrichStoreRoute: FastifyPluginAsyncZod<{ shop: Shop }> = async (app, { shop }) => {
  app.post(
    '/v1/enrich/jobs',
    {
      schema: {
        summary: 'Fill the blanks of the stored products by policy',
        description:
          'What a reindex does first, alone: products answer with their new values at once, searches after the next reindex.',
        tags: ['operation'],
        headers: takesKey,
        body: enrichRequestSchema.nullish().transform((body) => body ?? {}),
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = shop.jobs.submit('enrich', { ...request.body }, claimOf(request, request.body));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};
