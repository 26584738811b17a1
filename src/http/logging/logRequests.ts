import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Ending, onResponseEnd } from '../onResponseEnd.js';

/** Access log: one line per request when it ends, with method and route but without query, client or address. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    onResponseEnd(request, reply, (ending) => logRequest(request, reply, ending));
  });
}

/** `status` is null if the client disconnected before there was one; `key` is the id of the key, not its secret. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, ending: Ending = 'answered'): void {
  const { method, apiKey, routeOptions } = request;
  request.log.info(
    {
      method,
      route: routeOptions.url ?? 'unknown',
      status: ending === 'answered' || reply.raw.headersSent ? reply.statusCode : null,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(apiKey === null || apiKey === undefined ? {} : { key: apiKey.id }),
      ...(ending === 'gone' ? { aborted: true } : {}),
    },
    'request',
  );
}
