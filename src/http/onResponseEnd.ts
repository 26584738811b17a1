import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Ending = 'answered' | 'gone';

/** The callbacks per connection: one `close` listener each, however many requests are pipelined. */
const callbacksOf = new WeakMap<Socket, Set<() => void>>();

/** Calls `listener` once: when the answer has been handed to the operating system, or when the client disconnects before. */
export function onResponseEnd(
  request: FastifyRequest,
  reply: FastifyReply,
  listener: (ending: Ending) => void,
): void {
  const { socket } = request.raw;
  const gone = (): void => end('gone');
  const answered = (): void => end('answered');
  const callbacks = callbacksOf.get(socket) ?? watch(socket);
  const end = (ending: Ending): void => {
    reply.raw.off('finish', answered);
    reply.raw.off('close', gone);
    callbacks.delete(gone);
    listener(ending);
  };
  reply.raw.once('finish', answered);
  reply.raw.once('close', gone);
  // A pipelined answer that waits behind another does not emit `close` when the connection closes.
  callbacks.add(gone);
}

function watch(socket: Socket): Set<() => void> {
  const callbacks = new Set<() => void>();
  callbacksOf.set(socket, callbacks);
  socket.once('close', () => {
    for (const callback of [...callbacks]) callback();
  });
  return callbacks;
}
