import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changedByField } from '../../catalog/enrich/factChanges.js';
import { jobSchema } from '../../domain/job.js';
import { reindexRequestSchema } from '../../service/jobs/jobRequests.js';
import type { Service } from '../../service/service.js';
import { idempotencyHeader, idempotencyKeyOf } from '../idempotencyKey.js';
import { HttpError } from '../problem.js';

const generationsAnswer = z.object({
  generations: z.array(
    z.object({
      id: z.string(),
      created: z.string(),
      products: z.number().int(),
      taxonomy: z.string(),
      model: z.string(),
      current: z.boolean(),
      changed: z
        .record(z.string(), z.object({ applied: z.number().int(), unapplied: z.number().int() }))
        .optional()
        .describe('By field: values that its reindex applied, and values that it applied no longer.'),
    }),
  ),
});

/** /v1/generations: the indexes on disk and which one serves; POST /v1/reindex builds a new one. */
export const generationRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['operation'];
  const config = { scope: 'admin' as const };
  app.get(
    '/v1/generations',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listGenerations',
        summary: 'List the generations on disk',
        tags,
        response: { 200: generationsAnswer },
      },
    },
    async () => {
      const reports = new Map(
        service.insights
          .reindexReports()
          .map((report) => [report.generation, changedByField(report.applied, report.unapplied)]),
      );
      const generations = await service.generations();
      return {
        generations: generations.map((generation) => {
          const changed = reports.get(generation.id);
          return changed === undefined ? generation : { ...generation, changed };
        }),
      };
    },
  );
  app.post(
    '/v1/generations/:id/activate',
    {
      config,
      schema: {
        operationId: 'activateGeneration',
        summary: 'Switch to another generation',
        tags,
        params: z.object({ id: z.string().min(1).describe('A generation from /v1/generations.') }),
        response: { 200: z.object({ current: z.string() }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const ids = (await service.generations()).map((generation) => generation.id);
      if (!ids.includes(id)) {
        const existing = ids.length === 0 ? 'there is none yet' : `there are ${ids.join(', ')}`;
        throw new HttpError(404, `There is no generation ${JSON.stringify(id)}; ${existing}.`);
      }
      await service.activate(id);
      return { current: id };
    },
  );
  app.post(
    '/v1/reindex',
    {
      config,
      schema: {
        operationId: 'startReindex',
        summary:
          'Start a job that enriches, embeds what changed, builds a generation, checks it and switches to it',
        description:
          'Runs in a process of its own; searches use the current generation until the switch. If the same reindex is already queued, the answer is that job.',
        tags,
        headers: idempotencyHeader,
        body: reindexRequestSchema.nullish().transform((body) => body ?? reindexRequestSchema.parse({})),
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const job = service.jobs.submit(
        'reindex',
        { ...request.body },
        idempotencyKeyOf(request, request.body),
      );
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(job);
    },
  );
};
