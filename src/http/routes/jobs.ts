import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobSchema } from '../../domain/job.js';
import type { Service } from '../../service/service.js';
import { HttpError } from '../problem.js';

const MAX_LISTED = 50;
export const jobParameter = z.object({ id: z.string().min(1).describe('A job from /v1/jobs.') });

/** /v1/jobs: long work (imports, enrichments, reindexes), its progress, its quarantined rows, and cancelling it. */
export const jobRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['operation'];
  const config = { scope: 'write' as const };
  app.get(
    '/v1/jobs',
    {
      config,
      schema: {
        operationId: 'listJobs',
        summary: `List the latest ${MAX_LISTED} jobs`,
        tags,
        response: { 200: z.object({ jobs: z.array(jobSchema) }) },
      },
    },
    async () => ({ jobs: service.jobs.list(MAX_LISTED) }),
  );
  app.get(
    '/v1/jobs/:id',
    {
      config,
      schema: {
        operationId: 'getJob',
        summary: 'Get the state and progress of a job',
        tags,
        params: jobParameter,
        response: { 200: jobSchema },
      },
    },
    async (request) => foundJob(service.jobs.get(request.params.id), request.params.id),
  );
  app.get(
    '/v1/jobs/:id/quarantine',
    {
      config,
      schema: {
        operationId: 'getJobQuarantine',
        summary: 'List the rows that an import could not read',
        description: 'One JSON object per line: line, field, reason, text. Empty if there are none.',
        tags,
        params: jobParameter,
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const { id } = foundJob(service.jobs.get(request.params.id), request.params.id);
      return reply
        .type('application/x-ndjson')
        .serializer((lines: string) => lines)
        .send(service.imports.quarantine(id) ?? '');
    },
  );
  app.post(
    '/v1/jobs/:id/cancel',
    {
      config,
      schema: {
        operationId: 'cancelJob',
        summary: 'Cancel a job',
        description:
          'Answers before the job has stopped. A finished job does not change, and the current generation stays.',
        tags,
        params: jobParameter,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply.code(202).send(foundJob(service.jobs.cancel(request.params.id), request.params.id)),
  );
};

/** @throws HttpError 404 for an unknown job. */
export function foundJob<T>(job: T | undefined, id: string): T {
  if (job !== undefined) return job;
  throw new HttpError(404, `There is no job ${JSON.stringify(id)}; /v1/jobs lists the latest jobs.`);
}
