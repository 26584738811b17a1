import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { HttpError } from '../problem.js';
import { type Access, keyNeeded, keyOf } from './authorize.js';
import { isProbe } from './probes.js';

const WINDOW = 60_000;
/** How many clients are counted at the same time; the least recently seen one is dropped first (LRU). */
const CLIENTS = 10_000;

/**
 * Rate limit (throttle) per key, and per address for requests without a valid key: 429 with Retry-After.
 * A client with a key is counted by the key alone, so other clients behind the same proxy do not use up its limit.
 */
export async function limitRate(app: FastifyInstance, access: Access, limits: LimitsSettings): Promise<void> {
  const { max_requests_per_minute_per_key: perKey, max_requests_per_minute_per_address: perAddress } = limits;
  const max = (request: FastifyRequest): number =>
    keyOf(request, access) === undefined ? perAddress : perKey;
  await app.register(rateLimit, { global: false, timeWindow: WINDOW, cache: CLIENTS });
  const count = app.createRateLimit({
    max,
    keyGenerator: (request) => {
      const key = keyOf(request, access);
      return key === undefined ? `address ${rateLimit.normalizeIP(request.ip)}` : `key ${key.id}`;
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return;
    if (!limits.limit_without_keys && !keyNeeded(access)) return;
    if (max(request) === 0) return;
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header('x-ratelimit-limit', String(counted.max));
    reply.header('x-ratelimit-remaining', String(counted.remaining));
    reply.header('x-ratelimit-reset', String(counted.ttlInSeconds));
    if (!counted.isExceeded) return;
    reply.header('retry-after', String(counted.ttlInSeconds));
    const client = keyOf(request, access) === undefined ? 'an address without a key' : 'this key';
    throw new HttpError(
      429,
      `The rate limit of ${counted.max} requests per minute for ${client} is exceeded: try again in ${counted.ttlInSeconds} s.`,
    );
  });
}
