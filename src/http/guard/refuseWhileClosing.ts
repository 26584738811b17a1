import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';

/**
 * As soon as the app begins to close, requests on open connections are refused with 503, and every answer closes its
 * connection, so that keep-alive clients do not delay the shutdown.
 */
export function refuseWhileClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (_request, reply) => {
    if (!closing) return;
    reply.header('retry-after', '1');
    throw new HttpError(
      503,
      'The service is shutting down and accepts no new requests: try again in a moment.',
    );
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
