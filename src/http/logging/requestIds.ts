import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Ids of tracing systems and proxies; nothing that could break a log line or a header. */
const VALID_ID = /^[A-Za-z0-9][A-Za-z0-9._:~+/=@-]{0,127}$/;
/** An API key sent as an id by mistake; ids are logged. */
const API_KEY = /sw_[0-9a-f]{12}_/;

/** The id of a request: the client's `x-request-id` if it is valid, otherwise a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && VALID_ID.test(given) && !API_KEY.test(given) ? given : randomUUID();
}

/** Sends the id of the request with every answer. */
export function sendRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
}
