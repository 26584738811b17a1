import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const LISTED = 50;
const jobParameter = z.object({ id: z.string().min(1).describe('A job from /v1/jobs.') });

/** GET /v1/jobs and /v1/jobs/:id: long work and where it stands. */
export const jobsRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/jobs',
    {
      schema: {
        summary: `The latest ${LISTED} jobs`,
        tags: ['operation'],
        response: { 200: z.object({ jobs: z.array(jobSchema) }) },
      },
    },
    async () => ({ jobs: shop.jobs.list(LISTED) }),
  );
  app.get(
    '/v1/jobs/:id',
    {
      schema: {
        summary: 'Where a job stands',
        tags: ['operation'],
        params: jobParameter,
        response: { 200: jobSchema },
      },
    },
    async (request) => found(shop.jobs.get(request.params.id), request.params.id),
  );
};

/** GET /v1/jobs/:id/quarantine: the rows that an import could not read. */
export const quarantineRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.get(
    '/v1/jobs/:id/quarantine',
    {
      schema: {
        summary: 'Rows that an import could not read',
        description: 'A line of JSON each: line, field, reason, text. Empty where there were none.',
        tags: ['operation'],
        params: jobParameter,
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const { id } = found(shop.jobs.get(request.params.id), request.params.id);
      return reply
        .type('application/x-ndjson')
        .serializer((lines: string) => lines)
        .send(shop.imports.quarantine(id) ?? '');
    },
  );
};

/** POST /v1/jobs/:id/cancel: stops a job; what served goes on serving. */
export const cancelJobRoute: FastifyPluginAsyncZod<{ shop: Service }> = async (app, { shop }) => {
  app.post(
    '/v1/jobs/:id/cancel',
    {
      schema: {
        summary: 'Stop a job',
        description: 'Answers before it has stopped; a job that has ended stays as it ended.',
        tags: ['operation'],
        params: jobParameter,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply.code(202).send(found(shop.jobs.cancel(request.params.id), request.params.id)),
  );
};

function found<T>(job: T | undefined, id: string): T {
  if (job !== undefined) return job;
  throw new HttpError(404, `There is no job ${JSON.stringify(id)}; /v1/jobs lists those there are.`);
}
