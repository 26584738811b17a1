import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { jobSchema } from '../../domain/job.js';
import { reindexRequestSchema } from '../../service/jobs/requests.js';
import type { Service } from '../../service/service.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';

/** POST /v1/reindex: queues a reindex and answers at once; `location` is where to ask how it goes. */
export const reindexRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.post(
    '/v1/reindex',
    {
      schema: {
        summary: 'Enrich, embed what changed, build a generation, check it, switch to it',
        description:
          'Runs beside the service in a process of its own; searches go on with what serves until the switch. Asking while the same reindex waits answers with the one that waits.',
        tags: ['operation'],
        headers: takesKey,
        body: reindexRequestSchema.nullish().transform((body) => body ?? reindexRequestSchema.parse({})),
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = shop.jobs.submit('reindex', { ...request.body }, idempotencyKeyOf(request, request.body));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};
