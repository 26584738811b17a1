import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { isLoopback, listen } from '../../src/http/server.js';
import { at, serving } from './serving.js';

test('health reports whether searches are answered, and the reasons if not', async () => {
  const app = await serving();
  expect((await app.inject({ url: '/health/live' })).json()).toEqual({ status: 'live' });
  const ready = await app.inject({ url: '/health/ready' });
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toMatchObject({ ready: true, mode: 'hybrid', generation: 'g1', reasons: [] });

  const empty = await serving({
    health: () => ({
      ready: false,
      mode: 'lexical',
      generation: undefined,
      products: 0,
      reasons: ['nothing was indexed yet'],
    }),
  });
  const waiting = await empty.inject({ url: '/health/ready' });
  expect(waiting.statusCode).toBe(503);
  expect(waiting.json()).toMatchObject({
    ready: false,
    generation: null,
    reasons: ['nothing was indexed yet'],
  });
  expect((await empty.inject({ url: '/health/live' })).statusCode).toBe(200);
});

test('generations are listed and switched', async () => {
  const app = await serving();
  expect((await app.inject({ url: '/v1/generations' })).json().generations).toMatchObject([
    { id: 'g1', current: true },
    { id: 'g2', current: false },
  ]);
  const switched = await app.inject({ method: 'POST', url: '/v1/generations/g2/activate' });
  expect(switched.json()).toEqual({ current: 'g2' });
  expect((await app.inject({ url: '/v1/search' })).json().generation).toBe('g2');
});

test("a write from another site's page is refused; a read, a client without a browser and the own page are not", async () => {
  const app = await serving();
  const activate = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/v1/generations/g2/activate', headers });
  expect((await activate({ origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await activate({ origin: 'null' })).statusCode).toBe(403);
  expect((await activate({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  expect(
    (await activate({ 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' })).statusCode,
  ).toBe(200);
  expect((await activate({ origin: 'http://localhost:3000', host: 'localhost:3000' })).statusCode).toBe(200);
  expect((await activate({})).statusCode).toBe(200);
  const read = await app.inject({
    url: at('c'),
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(read.statusCode).toBe(200);
});

test('the page is served with a content security policy for its own files only', async () => {
  const app = await serving();
  const page = await app.inject({ url: '/' });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'");
  expect(page.headers['cache-control']).toBe('no-cache');
  expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const files = [...page.body.matchAll(/(?:src|href)="(\/[^"?]*\.(?:js|css|svg))"/g)].map(
    (match) => match[1] ?? '',
  );
  expect(files.length).toBeGreaterThan(2);
  for (const url of files) expect((await app.inject({ url })).statusCode).toBe(200);
  const again = await app.inject({ url: '/', headers: { 'if-none-match': String(page.headers.etag) } });
  expect(again.statusCode).toBe(304);
});

test.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('%s is loopback', (host) =>
  expect(isLoopback(host)).toBe(true),
);
test.each(['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.example.com', 'shop.example', ''])(
  '%s is not loopback',
  async (host) => {
    const app = await serving();
    await expect(listen(app, { host, port: 0, guarded: false })).rejects.toThrow(
      /no API keys are set.*--host 127\.0\.0\.1/,
    );
  },
);

test('a port in use is reported with a message', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refused = listen(await serving(), { host: '127.0.0.1', port, guarded: false });
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  await expect(listen(await serving(), { host: '127.0.0.1', port: 70_000, guarded: false })).rejects.toThrow(
    'expected 0 to 65535',
  );
  await new Promise((resolve) => holder.close(resolve));
});

test('SIGTERM lets a running search finish, accepts no new ones, and closes the app', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = () => {};
  const running = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const app = await serving({
    async search(request) {
      entered();
      await held;
      return {
        query: request.q,
        total: 0,
        page: 1,
        per_page: 20,
        hits: [],
        facets: {},
        understood: { filters: [], corrections: [], synonyms: [], readings: [], relaxed: [] },
        mode: 'hybrid',
        generation: 'g1',
        took_ms: 1,
      };
    },
  });
  const closed = new Promise<void>((resolve) => {
    app.addHook('onClose', async () => resolve());
  });
  const address = await listen(app, { host: '127.0.0.1', port: 0, guarded: false });
  const answer = fetch(`${address}/v1/search?q=last`);
  await running;
  process.emit('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 50));
  release();
  expect((await answer).status).toBe(200);
  await closed;
  const { port } = new URL(address);
  const again = await new Promise((resolve) => {
    connect(Number(port), '127.0.0.1')
      .once('connect', () => resolve('connected'))
      .once('error', () => resolve('refused'));
  });
  expect(again).toBe('refused');
});

test('an NDJSON body whose connection closes is not an internal error', async () => {
  const app = await serving();
  const address = await listen(app, { host: '127.0.0.1', port: 0, guarded: false });
  const { port } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    'POST /v1/products HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\ncontent-length: 1000\r\n\r\n{"id":"half"}\n{"id":',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await fetch(`${address}/health/live`)).status).toBe(200);
  await app.close();
});
