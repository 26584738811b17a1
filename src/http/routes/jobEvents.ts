import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Job } from '../../domain/job.js';
import { followJob } from '../../service/jobs/followJob.js';
import type { Service } from '../../service/service.js';
import { onResponseEnd } from '../onResponseEnd.js';
import { HttpError } from '../problem.js';
import { foundJob, jobParameter } from './jobs.js';

const INTERVAL_MS = 250;
/** Proxies close connections on which nothing is sent. */
const IDLE_MS = 15_000;
const LAST = 'end';
const RETRY_SECONDS = 5;

/** GET /v1/jobs/:id/events: the progress of a job as server-sent events. */
export const jobEventRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const max = app.requestLimits.max_job_followers;
  const followers = new Set<AbortController>();
  // Otherwise the service would wait for the job before it stops.
  app.addHook('preClose', async () => {
    for (const follower of followers) follower.abort();
  });
  app.get(
    '/v1/jobs/:id/events',
    {
      config: { scope: 'write', follows: true },
      schema: {
        operationId: 'followJob',
        summary: 'Follow a job, as server-sent events',
        description:
          'An event progress with the job, as GET /v1/jobs/:id answers it, at once and after each change; when it has ended, an event end with the job, and the answer is over. A comment line every 15 seconds shows that the connection lives. An EventSource that reconnects after the end is answered 204, so that it stops.',
        tags: ['operation'],
        params: jobParameter,
        produces: ['text/event-stream'],
        response: {
          200: z.unknown().describe('The events.'),
          204: z.null().describe('The end was already sent.'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const first = foundJob(service.jobs.get(id), id);
      if (request.headers['last-event-id'] === LAST && first.finished !== null)
        return reply.code(204).send(null);
      if (followers.size >= max) {
        reply.header('retry-after', String(RETRY_SECONDS));
        throw new HttpError(
          503,
          `${followers.size} clients follow jobs already, which is the limit: ask GET /v1/jobs/:id instead, or try again in ${RETRY_SECONDS} s.`,
        );
      }
      const follower = new AbortController();
      followers.add(follower);
      onResponseEnd(request, reply, () => {
        followers.delete(follower);
        follower.abort();
      });
      const jobs = followJob(() => service.jobs.get(id), {
        signal: follower.signal,
        intervalMs: INTERVAL_MS,
        idleMs: IDLE_MS,
      });
      return reply
        .type('text/event-stream')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events(jobs)));
    },
  );
};

async function* events(jobs: AsyncIterable<Job | undefined>): AsyncGenerator<string> {
  let number = 0;
  for await (const job of jobs) {
    if (job === undefined) yield ': still running\n\n';
    else if (job.finished === null) yield event('progress', String(++number), job);
    else yield event(LAST, LAST, job);
  }
}

function event(name: string, id: string, job: Job): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(job)}\n\n`;
}
