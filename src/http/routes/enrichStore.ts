import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { UserError } from '../../domain/errors.js';
import { jobSchema } from '../../domain/job.js';
import { parseFilter } from '../../search/filter/parseFilter.js';
import { enrichRequestSchema } from '../../service/jobs/requests.js';
import type { Service } from '../../service/service.js';
import { idempotencyKeyOf, takesKey } from '../idempotencyKey.js';

/** POST /v1/enrich/jobs: queues an enrichment of the store by policy. */
export const enrichStoreRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
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
      requireFilter(request.body.where);
      const job = shop.jobs.submit('enrich', { ...request.body }, idempotencyKeyOf(request, request.body));
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};

/** So that what cannot be read is told at once, and not by a job that failed. */
function requireFilter(where: string | undefined): void {
  try {
    if (where !== undefined) parseFilter(where);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`where: ${error.message}`, { field: 'where', cause: error });
  }
}
