import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PROBLEM_TYPE, problemText } from './problem.js';

/**
 * Bytes of URL and headers that are read, so that a query of any length that somebody may paste comes to the
 * route, which says in a sentence what is wrong with it.
 */
export const MAX_HEAD_BYTES = 1_048_576;

const SENTENCES: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    400,
    'The URL and the headers are together longer than 1 MB; send a long search as the JSON body of POST /v1/search.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunks of the body carry too long extensions; send it without.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time; send it again.'],
};

/** Answers what the HTTP parser refuses, before there is a request that a route could see, as problem+json. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = SENTENCES[error.code ?? ''] ?? [
    400,
    'What arrived is not HTTP; send requests as HTTP/1.1.',
  ];
  const id = randomUUID();
  this.log.info({ request_id: id, status, code: error.code }, 'not a request');
  refuseOnSocket(socket, status, detail, id);
}

/** Says why and closes the connection, where there is no reply to say it by. */
export function refuseOnSocket(socket: Socket, status: number, detail: string, id: string): void {
  const { title, text } = problemText(status, detail, id);
  socket.end(
    [
      `HTTP/1.1 ${status} ${title}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${id}`,
      'cache-control: no-store',
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
  // A client that goes on sending would keep it half open.
  socket.setTimeout(1000, () => socket.destroy());
}
