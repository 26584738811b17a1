import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import type { Scope } from '../../domain/apiKey.js';
import { onResponseEnd } from '../onResponseEnd.js';
import { HttpError } from '../problem.js';
import { AdmissionQueue } from './admissionQueue.js';
import { estimateCost } from './estimateCost.js';
import { isProbe } from './probes.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether answers last long and do nothing most of the time; the route limits their number itself. */
    follows?: boolean;
  }
}

/**
 * Limits concurrency per scope: so many requests run, so many wait in a queue, and beyond that 503 with Retry-After
 * (backpressure). A search that is expensive by its parameters counts for several, and cheap ones pass it. The body of a waiting request is not read yet. A client that disconnects frees its slot.
 */
export function limitConcurrency(app: FastifyInstance, limits: LimitsSettings): void {
  const searches = { concurrency: limits.max_concurrent_searches, waiting: limits.max_waiting_searches };
  const writes = { concurrency: limits.max_concurrent_writes, waiting: limits.max_waiting_writes };
  const queues: Readonly<Record<Scope, AdmissionQueue>> = {
    search: new AdmissionQueue(searches),
    write: new AdmissionQueue(writes),
    admin: new AdmissionQueue(searches),
  };
  app.addHook('onRequest', (request, reply, done) => {
    const { scope = 'admin', follows = false } = request.routeOptions.config;
    if (scope === 'none' || follows || isProbe(request)) return done();
    const queue = queues[scope];
    const slot = queue.enter(done, scope === 'write' ? 1 : costOf(request));
    if (slot !== undefined) return onResponseEnd(request, reply, () => slot.leave());
    reply.header('retry-after', String(limits.retry_after_seconds));
    const what = scope === 'write' ? 'writes' : 'requests';
    done(
      new HttpError(
        503,
        `${queue.waiting + queue.running} ${what} are running or waiting already, which is the limit: try again in ${limits.retry_after_seconds} s.`,
      ),
    );
  });
}

function costOf({ method, routeOptions, query, headers }: FastifyRequest): number {
  const length = Number(headers['content-length'] ?? 0) || 0;
  return estimateCost({ method, route: routeOptions.url ?? '', query, length });
}
