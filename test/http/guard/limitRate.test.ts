import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import { makeKey, openApiKeys } from '../../../src/service/apiKeys.js';
import { openStore } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { serving } from '../serving.js';

const limits = limitsSchema.parse({
  max_requests_per_minute_per_key: 3,
  max_requests_per_minute_per_address: 2,
});

async function guarded(): Promise<{ app: FastifyInstance; key: () => string }> {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  onTestFinished(() => store.close());
  const app = await serving({ access: openApiKeys(store) }, { limits });
  const key = () => makeKey(store, { name: 'test', scope: 'admin', filter: undefined }).token;
  return { app, key };
}

async function statuses(app: FastifyInstance, times: number, url: string, words?: string): Promise<number[]> {
  const headers = words === undefined ? {} : { 'x-api-key': words };
  const codes: number[] = [];
  for (let time = 0; time < times; time++) codes.push((await app.inject({ url, headers })).statusCode);
  return codes;
}

test('each key has its own rate limit, and a refused request says when to try again', async () => {
  const { app, key } = await guarded();
  const [one, other] = [key(), key()];
  expect(await statuses(app, 4, '/v1/search?q=mug', one)).toEqual([200, 200, 200, 429]);
  expect(await statuses(app, 1, '/v1/jobs', one)).toEqual([429]);
  expect(await statuses(app, 3, '/v1/search?q=mug', other)).toEqual([200, 200, 200]);
  const refused = await app.inject({ url: '/v1/search', headers: { authorization: `Bearer ${one}` } });
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(refused.json()).toMatchObject({
    status: 429,
    detail: expect.stringMatching(
      /rate limit of 3 requests per minute for this key is exceeded: try again in \d+ s\./,
    ),
  });
});

test('requests without a valid key are counted by address, and do not use up the limit of a key', async () => {
  const { app, key } = await guarded();
  const words = key();
  expect(await statuses(app, 1, '/v1/search', `${words}x`)).toEqual([401]);
  expect(await statuses(app, 2, '/')).toEqual([200, 429]);
  expect(await statuses(app, 1, '/docs/')).toEqual([429]);
  expect(await statuses(app, 1, '/no-such-path')).toEqual([429]);
  expect(await statuses(app, 1, '/v1/search', `${words}x`)).toEqual([429]);
  expect(await statuses(app, 1, '/v1/search', words)).toEqual([200]);
});

test('health and metrics have no rate limit', async () => {
  const { app, key } = await guarded();
  const words = key();
  expect(await statuses(app, 6, '/health/live')).not.toContain(429);
  expect(await statuses(app, 6, '/health/ready')).not.toContain(429);
  expect(await statuses(app, 6, '/metrics', words)).not.toContain(429);
  expect(await statuses(app, 1, '/v1/search', words)).toEqual([200]);
});

test('a service without keys has no rate limit, unless it is configured', async () => {
  const open = await serving({}, { limits });
  expect(await statuses(open, 6, '/v1/search?q=mug')).not.toContain(429);
  const limited = await serving({}, { limits: { ...limits, limit_without_keys: true } });
  expect(await statuses(limited, 3, '/v1/search?q=mug')).toEqual([200, 200, 429]);
  const boundless = { ...limits, limit_without_keys: true, max_requests_per_minute_per_address: 0 };
  expect(await statuses(await serving({}, { limits: boundless }), 6, '/v1/search')).not.toContain(429);
});
