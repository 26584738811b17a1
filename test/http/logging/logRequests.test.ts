import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { logSchema } from '../../../src/configuration/log.js';
import { UnavailableError } from '../../../src/domain/errors.js';
import type { AppOptions } from '../../../src/http/app.js';
import { makeKey, openApiKeys, revokeKey } from '../../../src/service/apiKeys.js';
import type { Service } from '../../../src/service/service.js';
import { openStore } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { serving } from '../serving.js';

async function logged(service: Partial<Service> = {}, options: Partial<AppOptions> = {}) {
  const written: string[] = [];
  const app = await serving(service, { logger: { write: (line) => written.push(line) }, ...options });
  onTestFinished(() => app.close());
  const lines = () => written.map((line) => JSON.parse(line));
  return { app, lines, text: () => written.join('') };
}

test('a request is logged as JSON with id, method, route, status and time', async () => {
  const { app, lines, text } = await logged();
  for (const url of ['/v1/search?q=mug', '/v1/products/none', '/nothing?x=1', '/icon.svg', '/%zz'])
    await app.inject({ url, headers: { 'x-request-id': `id-${url.length}` } });
  await expect.poll(lines).toHaveLength(5);
  expect(lines()).toMatchObject([
    { request_id: 'id-16', method: 'GET', route: '/v1/search', status: 200, msg: 'request' },
    { request_id: 'id-17', method: 'GET', route: '/v1/products/:id', status: 404 },
    { request_id: 'id-12', method: 'GET', route: 'unknown', status: 404 },
    { request_id: 'id-9', method: 'GET', route: '/*', status: 200 },
    { request_id: 'id-4', method: 'GET', route: 'unknown', status: 400 },
  ]);
  for (const line of lines()) {
    expect(line).toMatchObject({ level: 'info', ms: expect.any(Number) });
    expect(new Date(line.time).toISOString()).toBe(line.time);
  }
  expect(text().split('\n')).toHaveLength(6);
});

test('an unexpected error is logged in full under the request id, and not shown to the client', async () => {
  const { app, lines } = await logged({
    search: async () => {
      throw new Error('SQLITE_CORRUPT in /data/store.db: SELECT * FROM products');
    },
  });
  const answer = await app.inject({ url: '/v1/search?q=mug' });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toMatch(/SQLITE|\/data|SELECT| at /);
  const failure = lines().find(({ level }) => level === 'error');
  expect(failure).toMatchObject({
    request_id: answer.json().request_id,
    route: '/v1/search',
    error: { type: 'Error', message: expect.stringContaining('SQLITE_CORRUPT'), stack: expect.any(String) },
  });
});

test('errors do not reveal file paths of the machine', async () => {
  const { app } = await logged({
    enrich: async () => {
      throw new UnavailableError(
        'Nothing can be filled: /srv/shelf/models/e5/model.onnx is missing; see /docs and /v1/jobs.',
      );
    },
  });
  const answer = await app.inject({ method: 'POST', url: '/v1/enrich', payload: [{ id: 'n' }] });
  expect(answer.statusCode).toBe(503);
  expect(answer.json().detail).toBe('Nothing can be filled: … is missing; see /docs and /v1/jobs.');
});

test('a client that disconnects before the answer is logged as aborted', async () => {
  let entered = () => {};
  const inside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const { app, lines } = await logged({
    search: () => {
      entered();
      return new Promise(() => undefined);
    },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write('GET /v1/search HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await inside;
  socket.destroy();
  await once(socket, 'close');
  await expect.poll(() => lines().filter(({ msg }) => msg === 'request')).toHaveLength(1);
  expect(lines().at(-1)).toMatchObject({ route: '/v1/search', status: null, aborted: true });
});

test('the log settings take effect', async () => {
  const quiet = await logged({}, { log: logSchema.parse({ level: 'warn' }) });
  await quiet.app.inject({ url: '/v1/search' });
  const off = await logged({}, { log: logSchema.parse({ requests: false }) });
  await off.app.inject({ url: '/v1/search' });
  const on = await logged();
  await on.app.inject({ url: '/v1/search' });
  await expect.poll(on.lines).toHaveLength(1);
  expect([...quiet.lines(), ...off.lines()]).toEqual([]);
});

test('the log of a whole session contains no key, query, cookie or address', async () => {
  const store = openStore(path.join(temporaryFolder(), 'data'));
  onTestFinished(() => store.close());
  const { app, lines, text } = await logged(
    {
      access: openApiKeys(store),
      suggest: ({ q }) => {
        throw new Error(`nothing completes ${q}`, { cause: new Error(`sw_0123456789ab_leak and "${q}"`) });
      },
    },
    { log: logSchema.parse({ level: 'debug' }) },
  );
  const address = await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: () => 'listening' });
  const { token, key } = makeKey(store, { name: 'front', scope: 'admin', filter: undefined });
  const ended = makeKey(store, { name: 'old', scope: 'search', filter: undefined });
  revokeKey(store, ended.key.id);
  const secret = token.split('_').slice(2).join('_');
  const bearer = {
    authorization: `Bearer ${token}`,
    cookie: 'session=biscuit',
    'x-forwarded-for': '203.0.113.9',
  };
  const ask = (url: string, init: RequestInit = {}) =>
    fetch(address + url, { ...init, headers: { ...bearer, ...init.headers } }).then(({ status }) => status);
  const json = { 'content-type': 'application/json' };
  const statuses = [
    await ask('/v1/search?q=velvetine%20gown&filter=brand%20%3D%20%27Quillfeather%27'),
    await ask('/v1/search?q=velvetine&page=x&nonsense=velvetine'),
    await ask('/v1/search?q=mug&filter=velvetine%20('),
    await ask('/v1/search', {
      method: 'POST',
      headers: json,
      body: '{"q":"velvetine","filter":"velvetine <>"}',
    }),
    await ask('/v1/search', { method: 'POST', headers: json, body: '{"q":"velvetine' }),
    await ask('/v1/suggest?q=velvetine'),
    await ask(`/v1/search?q=velvetine&key=${token}`),
    await ask('/velvetine?q=velvetine'),
    await ask('/v1/velvetine/%zz?q=velvetine'),
    await ask('/v1/search?q=velvetine', { headers: { 'x-api-key': ended.token } }),
    await ask('/v1/search?q=velvetine', { headers: { 'x-request-id': token } }),
    await ask('/v1/products', { method: 'POST', headers: json, body: '[{"title":"velvetine"}]' }),
    await ask('/v1/products/velvetine'),
    await ask('/?q=velvetine'),
    await ask('/docs/?q=velvetine'),
  ];
  expect(statuses).toEqual([200, 400, 400, 400, 400, 500, 400, 404, 400, 401, 200, 400, 404, 200, 200]);
  for (const broken of [
    `GET /velvetine\u0001 HTTP/1.1\r\nauthorization: Bearer ${token}\r\n\r\n`,
    `POST /v1/products?q=velvetine HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${token}\r\ncontent-type: application/x-ndjson\r\ncontent-length: 99\r\n\r\n{"id":"velvetine"}\n`,
  ]) {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(broken);
    socket.resume();
    await once(socket, 'close');
  }
  await expect.poll(() => lines().filter(({ msg }) => msg === 'request').length).toBe(statuses.length + 1);
  const log = text();
  // The log is about these requests and has what it should have.
  expect(log).toContain(`"key":"${key.id}"`);
  expect(log).toContain('nothing completes …');
  for (const hidden of [
    secret,
    token,
    ended.token,
    'sw_0123456789ab_leak',
    'velvetine',
    'Quillfeather',
    'biscuit',
  ])
    expect(log, hidden).not.toContain(hidden);
  for (const hidden of ['127.0.0.1', '::1', '203.0.113.9', 'authorization', 'cookie', 'x-api-key', 'Bearer'])
    expect(log, hidden).not.toContain(hidden);
});
