import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IdempotencyKey } from '../service/writes/idempotency.js';
import { invalid } from './problem.js';

const HEADER = 'idempotency-key';
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Names the header in a route's schema. */
export const takesKey = z.looseObject({
  [HEADER]: z
    .string()
    .optional()
    .describe(
      'Known to you alone, new for each write: sent again with the same request it is answered as before, and nothing is written twice.',
    ),
});

/**
 * What a write is known by when it is repeated; undefined where no key came with it. `asked` is all that the request
 * says beside its method and path.
 * @throws HttpError 400 for what is no key.
 */
export function idempotencyKeyOf(
  request: FastifyRequest,
  asked: unknown,
  { part, last }: { part: number; last: boolean } = { part: 0, last: true },
): IdempotencyKey | undefined {
  const key = request.headers[HEADER];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw invalid([
      {
        field: HEADER,
        reason: 'expected 1 to 255 visible ASCII characters without blanks, such as a UUID',
      },
    ]);
  }
  const [path = ''] = request.url.split('?', 1);
  const hash = createHash('sha256')
    .update(JSON.stringify([request.method, path, asked]))
    .digest('base64url');
  return { owner: request.apiKey?.id ?? '', key, request: hash, part, last };
}
