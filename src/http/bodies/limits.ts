import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { HttpError } from '../problem.js';

export const MEGABYTE = 1024 * 1024;

/** The longest text of one product; a product that takes more is beyond the limits of products anyway. */
export const MAX_ROW_BYTES = 1_048_576;

/** Maximum size of request bodies, in megabytes and lines. */
export type BodyLimits = Pick<
  LimitsSettings,
  'max_body_mb' | 'max_products_body_mb' | 'max_stream_mb' | 'max_stream_rows'
>;

/** What one request, and the clients that follow jobs, may ask for. */
export type RequestLimits = Pick<LimitsSettings, 'max_searches_per_request' | 'max_job_followers'>;

declare module 'fastify' {
  interface FastifyInstance {
    readonly bodyLimits: BodyLimits;
    readonly requestLimits: RequestLimits;
  }
}

/** Makes the limits available to the routes. */
export function setBodyLimits(app: FastifyInstance, limits: BodyLimits & RequestLimits): void {
  app.decorate('bodyLimits', limits);
  app.decorate('requestLimits', limits);
}

/**
 * The chunks of a stream.
 * @throws HttpError 413 past the limit. The rest is not read and the stream not destroyed, so that the answer arrives.
 */
export async function* limitedChunks(body: Readable, limits: BodyLimits | undefined): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (limits !== undefined && bytes > limits.max_stream_mb * MEGABYTE) throw streamTooLong(limits);
    yield chunk;
  }
}

export function streamTooLong({ max_stream_mb }: BodyLimits): HttpError {
  return new HttpError(
    413,
    `The body is longer than the limit of ${max_stream_mb} MB for a stream; send the rest in another request.`,
  );
}

export function tooManyRows({ max_stream_rows }: BodyLimits): HttpError {
  return new HttpError(
    413,
    `The body has more rows than the limit of ${max_stream_rows}; send the rest in another request.`,
  );
}
