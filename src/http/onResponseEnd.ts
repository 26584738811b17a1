import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Ending = 'answered' | 'gone';

/** By connection, who wants to know that it is gone: one listener each, however many requests are pipelined. */
const watched = new WeakMap<Socket, Set<() => void>>();

/** Calls `told` once: when the answer is handed to the system, or when the client has gone before that. */
export function onResponseEnd(
  request: FastifyRequest,
  reply: FastifyReply,
  told: (ending: Ending) => void,
): void {
  const { socket } = request.raw;
  const gone = (): void => end('gone');
  const answered = (): void => end('answered');
  const leavers = watched.get(socket) ?? watch(socket);
  const end = (ending: Ending): void => {
    reply.raw.off('finish', answered);
    reply.raw.off('close', gone);
    leavers.delete(gone);
    told(ending);
  };
  reply.raw.once('finish', answered);
  reply.raw.once('close', gone);
  // An answer that waits behind another of its connection is not told that the connection closed.
  leavers.add(gone);
}

function watch(socket: Socket): Set<() => void> {
  const leavers = new Set<() => void>();
  watched.set(socket, leavers);
  socket.once('close', () => {
    for (const leave of [...leavers]) leave();
  });
  return leavers;
}
