import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseOnSocket } from '../clientError.js';
import { onResponseEnd } from '../onResponseEnd.js';

interface Coming {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of the connection, when it was last looked. */
  bytes: number;
  since: number;
}

/**
 * Cuts off, with 408, clients that send nothing for so many seconds in the middle of a body: each of them holds a place.
 * One that is ahead of our own reading is never late, however long that takes.
 */
export function cutOffIdleBodies(app: FastifyInstance, seconds: number): void {
  const coming = new Set<Coming>();
  app.addHook('onRequest', async (request, reply) => {
    const { headers, raw } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    // One that was injected has no connection to be silent on.
    if (!hasBody || raw.complete || !(raw.socket instanceof Socket)) return;
    const one: Coming = { request, reply, bytes: raw.socket.bytesRead, since: performance.now() };
    coming.add(one);
    onResponseEnd(request, reply, () => coming.delete(one));
  });
  const look = (): void => {
    const now = performance.now();
    for (const one of coming) {
      const { raw } = one.request;
      if (raw.complete) coming.delete(one);
      else if (raw.socket.bytesRead !== one.bytes || raw.readableLength > 0) {
        one.bytes = raw.socket.bytesRead;
        one.since = now;
      } else if (now - one.since >= seconds * 1000) {
        coming.delete(one);
        if (one.reply.sent) raw.socket.destroy();
        else {
          one.reply.hijack();
          refuseOnSocket(
            raw.socket,
            408,
            `Nothing more of the body came for ${seconds} s; send it again.`,
            one.request.id,
          );
        }
      }
    }
  };
  const timer = setInterval(look, Math.min(5, seconds / 2) * 1000);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
