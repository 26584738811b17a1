import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../configuration/limits.js';
import { HttpError } from './problem.js';

export const MEGABYTE = 1024 * 1024;

/** How much a request may bring along, in megabytes and lines. */
export type BodyLimits = Pick<LimitsSettings, 'body_mb' | 'products_body_mb' | 'stream_mb' | 'stream_rows'>;

declare module 'fastify' {
  interface FastifyInstance {
    readonly bodyLimits: BodyLimits;
  }
}

/** Lets the routes know the limits. */
export function setBodyLimits(app: FastifyInstance, limits: BodyLimits): void {
  app.decorate('bodyLimits', limits);
}

/** A stream's chunks up to the limit; what is too long is left unread and not cut off, so that the answer arrives. */
export async function* boundChunks(body: Readable, limits: BodyLimits | undefined): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (limits !== undefined && bytes > limits.stream_mb * MEGABYTE) throw streamTooLong(limits);
    yield chunk;
  }
}

export function streamTooLong({ stream_mb }: BodyLimits): HttpError {
  return new HttpError(
    413,
    `The body is longer than the ${stream_mb} MB of a stream that are taken at once; send the rest in another request.`,
  );
}

export function streamTooManyRows({ stream_rows }: BodyLimits): HttpError {
  return new HttpError(
    413,
    `The body has more than the ${stream_rows} lines that are taken at once; send the rest in another request.`,
  );
}
