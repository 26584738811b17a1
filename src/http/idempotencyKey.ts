import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IdempotencyKey } from '../service/writes/idempotency.js';
import { invalid } from './problem.js';

const HEADER = 'idempotency-key';
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The schema of the request headers of a route that accepts an idempotency key. */
export const idempotencyHeader = z.looseObject({
  [HEADER]: z
    .string()
    .optional()
    .describe(
      'A secret value, new for each write. A repeated request with the same key gets the first answer again and writes nothing twice.',
    ),
});

/**
 * The idempotency key of a write; undefined if the request has none. `content` is everything that the request says
 * besides its method and path; its hash tells a repetition from another request with the same key.
 * @throws HttpError 400 for a malformed key.
 */
export function idempotencyKeyOf(
  request: FastifyRequest,
  content: unknown,
  { part, last }: { part: number; last: boolean } = { part: 0, last: true },
): IdempotencyKey | undefined {
  const key = request.headers[HEADER];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw invalid([
      {
        field: HEADER,
        reason: 'expected 1 to 255 visible ASCII characters without spaces, such as a UUID',
      },
    ]);
  }
  const [path = ''] = request.url.split('?', 1);
  const hash = createHash('sha256')
    .update(JSON.stringify([request.method, path, content]))
    .digest('base64url');
  return { owner: request.apiKey?.id ?? '', key, request: hash, part, last };
}
