import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import type { Service } from '../../../src/service/service.js';
import { memoryService } from '../memoryService.js';
import { products, serving } from '../serving.js';

const limits = limitsSchema.parse({
  max_concurrent_searches: 2,
  max_waiting_searches: 3,
  max_concurrent_writes: 1,
  max_waiting_writes: 1,
});

/** The listening app over a service whose searches and writes block until they are released. */
async function held() {
  const waiting: { q: string; go: () => void }[] = [];
  let open = false;
  const gate = (q: string) =>
    open ? Promise.resolve() : new Promise<void>((go) => void waiting.push({ q, go }));
  const small = memoryService(products);
  const service: Partial<Service> = {
    search: async (request) => {
      await gate(request.q);
      return small.search(request);
    },
    upsert: async (rows) => {
      await gate('write');
      return small.upsert(rows);
    },
  };
  const app = await serving(service, { limits });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const arrived: string[] = [];
  const gone: string[] = [];
  app.server.on('request', ({ url = '', method = '', socket }) => {
    const q = method === 'GET' ? url.replace(/^.*=/, '') : method;
    arrived.push(q);
    socket.once('close', () => gone.push(q));
  });
  const letAllGo = () => {
    open = true;
    for (const { go } of waiting) go();
  };
  onTestFinished(async () => {
    letAllGo();
    await app.close();
  });
  const inside = () => waiting.map(({ q }) => q);
  return { address, port: Number(new URL(address).port), inside, arrived, gone, letAllGo };
}

const search = (address: string, q: string) => fetch(`${address}/v1/search?q=${q}`);

async function asking(port: number, request: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return socket;
}

test('searches beyond the concurrency and queue limits are refused with 503, other requests are answered', async () => {
  const { address, inside, arrived, letAllGo } = await held();
  const taken = [1, 2, 3, 4, 5].map((n) => search(address, `q${n}`));
  await expect.poll(() => arrived).toHaveLength(5);
  expect(inside()).toHaveLength(2);
  const refused = await search(address, 'more');
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await refused.json()).toMatchObject({
    status: 503,
    detail: '5 requests are running or waiting already, which is the limit: try again in 2 s.',
  });
  for (const probe of ['/health/live', '/health/ready', '/metrics'])
    expect((await fetch(address + probe)).status).toBe(200);
  // Writes have their own limit.
  expect((await fetch(`${address}/v1/products/c`, { method: 'DELETE' })).status).toBe(204);
  letAllGo();
  expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect((await search(address, 'again')).status).toBe(200);
});

test('a client that disconnects frees its slot, running or waiting, also with pipelined requests', async () => {
  const { address, port, inside, arrived, gone } = await held();
  const get = (q: string) => `GET /v1/search?q=${q} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
  const working = await asking(port, get('a') + get('b'));
  await expect.poll(inside).toEqual(['a', 'b']);
  const waiting = await asking(port, get('c'));
  await expect.poll(() => arrived).toHaveLength(3);
  const patient = await asking(port, get('d') + get('e'));
  await expect.poll(() => arrived).toHaveLength(5);
  expect((await search(address, 'more')).status).toBe(503);
  waiting.destroy();
  await expect.poll(() => gone).toEqual(['c']);
  const late = await asking(port, get('f'));
  await expect.poll(() => arrived).toContain('f');
  expect((await search(address, 'more')).status).toBe(503);
  working.destroy();
  await expect.poll(inside).toEqual(['a', 'b', 'd', 'e']);
  patient.destroy();
  await expect.poll(inside).toEqual(['a', 'b', 'd', 'e', 'f']);
  late.destroy();
});

test('the body of a waiting write is not read yet', async () => {
  const { address, port, inside, arrived, letAllGo } = await held();
  const body = JSON.stringify([{ id: 'n', title: 'New mug' }]);
  const write = () =>
    fetch(`${address}/v1/products`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
  const first = write();
  await expect.poll(inside).toEqual(['write']);
  const megabytes = 8 * 1024 * 1024;
  const second = await asking(
    port,
    `POST /v1/products HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${megabytes}\r\n\r\n`,
  );
  second.write(`[${' '.repeat(megabytes - 2)}]`);
  await expect.poll(() => arrived).toHaveLength(2);
  expect((await write()).status).toBe(503);
  await new Promise((resolve) => setTimeout(resolve, 200));
  // Most of the body has not been read.
  expect(second.writableLength).toBeGreaterThan(megabytes / 8);
  letAllGo();
  expect((await first).status).toBe(200);
  const [answer] = await once(second, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200/);
  second.destroy();
});
