import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { onResponseEnd } from '../onResponseEnd.js';
import { refuseOnSocket } from '../socketErrors.js';

interface Upload {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Bytes read from the connection at the last check. */
  bytes: number;
  /** When `bytes` last changed. */
  since: number;
}

/**
 * Cuts off clients that send nothing for `seconds` in the middle of a body, with 408: each of them occupies a slot.
 * A client that waits for the service to read (backpressure) is never cut off.
 */
export function cutOffIdleBodies(app: FastifyInstance, seconds: number): void {
  const uploads = new Set<Upload>();
  app.addHook('onRequest', async (request, reply) => {
    const { headers, raw } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    // An injected request has no connection.
    if (!hasBody || raw.complete || !(raw.socket instanceof Socket)) return;
    const upload: Upload = { request, reply, bytes: raw.socket.bytesRead, since: performance.now() };
    uploads.add(upload);
    onResponseEnd(request, reply, () => uploads.delete(upload));
  });
  const check = (): void => {
    const now = performance.now();
    for (const upload of uploads) {
      const { raw } = upload.request;
      if (raw.complete) uploads.delete(upload);
      else if (raw.socket.bytesRead !== upload.bytes || raw.readableLength > 0) {
        upload.bytes = raw.socket.bytesRead;
        upload.since = now;
      } else if (now - upload.since >= seconds * 1000) {
        uploads.delete(upload);
        if (upload.reply.sent) raw.socket.destroy();
        else {
          upload.reply.hijack();
          refuseOnSocket(
            raw.socket,
            408,
            `Nothing more of the body arrived for ${seconds} s; send it again.`,
            upload.request.id,
          );
        }
      }
    }
  };
  const timer = setInterval(check, Math.min(5, seconds / 2) * 1000);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
