import type { FastifyInstance } from 'fastify';
import { HttpError } from '../problem.js';

/**
 * From the moment that the app begins to close: requests that still come, over connections that are open, are
 * refused with 503, and every answer ends its connection, so that nobody's patience keeps the service up.
 */
export function refuseWhileClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (_request, reply) => {
    if (!closing) return;
    reply.header('retry-after', '1');
    throw new HttpError(503, 'The service is stopping and takes nothing new: try again in a moment.');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
