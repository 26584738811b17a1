import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../src/http/app.js';
import { makeKey, openApiKeys } from '../../../src/service/apiKeys.js';
import { openStore } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { memoryService } from '../memoryService.js';
import { products, webDir } from '../serving.js';

async function serve(exposed = false) {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  onTestFinished(() => store.close());
  const service = memoryService(products, { access: openApiKeys(store) });
  const app = await buildApp({ service, webDir, logger: false, exposed });
  const get = (host: string, url = '/v1/search?q=mug', headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { ...headers, host } });
  return { app, store, get };
}

test.each([
  'localhost',
  'LOCALHOST:3000',
  'localhost.',
  '127.0.0.1',
  '127.0.0.1:80',
  '127.0.0.1.',
  '127.9.9.9',
  '[::1]',
  '[::1]:3000',
])('without keys the host %s is answered', async (host) => {
  const { get } = await serve();
  expect((await get(host)).statusCode).toBe(200);
});

test.each([
  'shop.example',
  'shop.example:3000',
  'localhost.shop.example',
  '127.0.0.1.shop.example',
  '10.0.0.7',
  '[::2]',
  'a:b:c',
  'x'.repeat(5000),
])('without keys the host %s is refused on every route with 421', async (host) => {
  const { app, get } = await serve();
  for (const url of [
    '/',
    '/docs',
    '/health/ready',
    '/metrics',
    '/v1/search?q=mug',
    '/no/such/route',
    '/openapi.json',
  ]) {
    const answer = await get(host, url);
    expect([url, answer.statusCode]).toEqual([url, 421]);
    expect(answer.json().detail).toMatch(/^The host '.{0,80}' is not this machine.*keys create\.$/);
  }
  const preflight = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
  const asked = await app.inject({ method: 'OPTIONS', url: '/v1/search', headers: { ...preflight, host } });
  expect(asked.statusCode).toBe(421);
  const written = await app.inject({
    method: 'POST',
    url: '/v1/products',
    payload: [{ id: 'x' }],
    headers: { host },
  });
  expect(written.statusCode).toBe(421);
});

test('with a key required, any host may be used', async () => {
  const { store, get } = await serve();
  const { token } = makeKey(store, { name: 'shop', scope: 'search', filter: undefined });
  expect((await get('shop.example')).statusCode).toBe(401);
  expect((await get('shop.example', undefined, { 'x-api-key': token })).statusCode).toBe(200);
  const exposed = await serve(true);
  expect((await exposed.get('shop.example')).statusCode).toBe(401);
  expect((await exposed.get('shop.example', '/health/ready')).statusCode).toBe(200);
});
