import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LimitsSettings } from '../../configuration/limits.js';
import { type Guard, keyNeeded, shownKey } from '../authorize.js';
import { isProbe } from '../probes.js';
import { HttpError } from '../problem.js';

const WINDOW = 60_000;
/** Clients that are counted at the same time; the one seen longest ago is forgotten first. */
const CLIENTS = 10_000;

/**
 * Limits how many requests a minute each key makes, and each address those without a valid key: 429 with Retry-After.
 * A client with a key is counted by that alone, so that strangers behind the same proxy take nothing from it.
 */
export async function limitRate(app: FastifyInstance, guard: Guard, limits: LimitsSettings): Promise<void> {
  const { requests_per_minute_per_key: perKey, requests_per_minute_per_address: perAddress } = limits;
  const max = (request: FastifyRequest): number =>
    shownKey(request, guard) === undefined ? perAddress : perKey;
  await app.register(rateLimit, { global: false, timeWindow: WINDOW, cache: CLIENTS });
  const count = app.createRateLimit({
    max: max,
    keyGenerator: (request) => {
      const key = shownKey(request, guard);
      return key === undefined ? `address ${rateLimit.normalizeIP(request.ip)}` : `key ${key.id}`;
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return;
    if (!limits.limit_without_keys && !keyNeeded(guard)) return;
    if (max(request) === 0) return;
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header('x-ratelimit-limit', String(counted.max));
    reply.header('x-ratelimit-remaining', String(counted.remaining));
    reply.header('x-ratelimit-reset', String(counted.ttlInSeconds));
    if (!counted.isExceeded) return;
    reply.header('retry-after', String(counted.ttlInSeconds));
    const whose = shownKey(request, guard) === undefined ? 'an address without a key' : 'this key';
    throw new HttpError(
      429,
      `More than the ${counted.max} requests a minute that ${whose} may make: try again in ${counted.ttlInSeconds} s.`,
    );
  });
}
