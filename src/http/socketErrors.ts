import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PROBLEM_TYPE, problem } from './problem.js';

/**
 * Maximum bytes of URL and headers. Large enough that an overlong query reaches its route, which answers with a clear
 * message.
 */
export const MAX_HEAD_BYTES = 131_072;

const ANSWERS: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    400,
    'The URL and the headers together are longer than 128 KB; send a long search as the JSON body of POST /v1/search.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    413,
    'The chunk extensions of the body are too long; send it without them.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time; send it again.'],
};

/** Answers what the HTTP parser rejects, before there is a request for a route, as problem+json. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = ANSWERS[error.code ?? ''] ?? [
    400,
    'The data received is not HTTP; send requests as HTTP/1.1.',
  ];
  const id = randomUUID();
  this.log.info({ request_id: id, status, code: error.code }, 'malformed request');
  refuseOnSocket(socket, status, detail, id);
}

/** Answers with a problem and closes the connection, where no Fastify reply is available. */
export function refuseOnSocket(socket: Socket, status: number, detail: string, id: string): void {
  const answer = { ...problem(status, detail), request_id: id };
  const text = JSON.stringify(answer);
  socket.end(
    [
      `HTTP/1.1 ${status} ${answer.title}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${id}`,
      'cache-control: no-store',
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
  // A client that keeps sending would hold the connection half open.
  socket.setTimeout(1000, () => socket.destroy());
}
