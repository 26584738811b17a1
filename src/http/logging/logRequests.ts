import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Ending, onResponseEnd } from '../onResponseEnd.js';

/** Writes a line a request when it is over: what was asked of which route, never with which words, by whom from where. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    onResponseEnd(request, reply, (ending) => logRequest(request, reply, ending));
  });
}

/** `status` is null where the client had gone before there was one, and `key` the id of the key, which is no secret. */
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
