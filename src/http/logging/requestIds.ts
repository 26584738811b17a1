import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What tracing systems and proxies give; nothing that could break a log line or a header. */
const SANE = /^[A-Za-z0-9][A-Za-z0-9._:~+/=@-]{0,127}$/;
/** Somebody's mistake; an id is written to the log. */
const A_KEY = /sw_[0-9a-f]{12}_/;

/** The id by which a request is told from others: the client's `x-request-id` where that is sane, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) && !A_KEY.test(given) ? given : randomUUID();
}

/** Has every answer name its request's id. */
export function tellRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
}
