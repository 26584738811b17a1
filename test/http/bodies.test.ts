import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { limitsSchema } from '../../src/configuration/limits.js';
import { serving } from './serving.js';

const limits = limitsSchema.parse({
  max_body_mb: 1,
  max_products_body_mb: 2,
  max_stream_mb: 3,
  max_stream_rows: 1200,
  max_body_idle_seconds: 1,
});
const partly = z.object({ detail: z.string(), results: z.array(z.looseObject({ id: z.string() })) });
const MEGABYTE = 1024 * 1024;

async function listening() {
  const app = await serving({}, { limits });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  const post = (url: string, body: string | ReadableStream, type = 'application/json') =>
    fetch(address + url, { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' });
  return { app, port: Number(new URL(address).port), post };
}

const row = (n: number, length = 0) =>
  `${JSON.stringify({ id: `n${n}`, title: 'mug', description: 'x'.repeat(length) })}\n`;

test('a too large JSON body is refused with its limit and what to do', async () => {
  const { post } = await listening();
  const search = await post('/v1/search', JSON.stringify({ q: 'x'.repeat(MEGABYTE) }));
  expect(search.status).toBe(413);
  expect(await search.json()).toMatchObject({
    detail: 'The body is larger than the limit of 1 MB of POST /v1/search; send less at once.',
  });
  for (const url of ['/v1/products', '/v1/enrich']) {
    const products = await post(url, JSON.stringify([{ id: 'x', title: 'x'.repeat(2 * MEGABYTE) }]));
    expect(products.status).toBe(413);
    expect(await products.json()).toMatchObject({
      detail: `The body is larger than the limit of 2 MB of POST ${url} for JSON; send it in parts, or one product per line as application/x-ndjson, which is streamed.`,
    });
  }
  const fits = await post(
    '/v1/products',
    JSON.stringify(Array.from({ length: 20 }, (_, n) => ({ id: `y${n}`, description: 'x'.repeat(90_000) }))),
  );
  expect(fits.status).toBe(200);
});

test('a stream whose content-length exceeds the limit is refused before any row is written', async () => {
  const { app, post } = await listening();
  const body = Array.from({ length: 4 }, (_, n) => row(n, MEGABYTE)).join('');
  const refused = await post('/v1/products', body, 'application/x-ndjson');
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({
    detail: expect.stringMatching(
      /^The body is longer than the limit of 3 MB for a stream; .* another request\.$/,
    ),
  });
  expect((await app.inject({ url: '/v1/products/n0' })).statusCode).toBe(404);
});

test('a stream that exceeds the limit is refused, with the results of the rows before', async () => {
  const { app, post } = await listening();
  const endless = (length: number) => {
    let n = 0;
    return new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(row(n++, length))),
    });
  };
  for (const [length, why] of [
    [MEGABYTE / 16, /^The body is longer than the limit of 3 MB/],
    [0, /^The body has more rows than the limit of 1200/],
  ] as const) {
    const refused = await post('/v1/products', endless(length), 'application/x-ndjson');
    expect(refused.status).toBe(413);
    const { detail, results } = partly.parse(await refused.json());
    expect(detail).toMatch(why);
    expect(detail).toMatch(new RegExp(` The first ${results.length} rows are answered in results\\.$`));
    expect(results.length).toBeGreaterThan(2);
    // The results are true.
    for (const { id } of [...results.slice(0, 1), ...results.slice(-1)])
      expect((await app.inject({ url: `/v1/products/${id}` })).statusCode).toBe(200);
    expect((await app.inject({ url: `/v1/products/n${results.length}` })).statusCode).toBe(404);
    await app.inject({ method: 'DELETE', url: '/v1/products/n1199' });
  }
});

test('a client that stalls in the middle of a body is cut off with 408', async () => {
  const { port } = await listening();
  for (const type of ['application/json', 'application/x-ndjson']) {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /v1/products HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: 1000\r\n\r\n{"id":"half"`,
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('Nothing more of the body arrived for 1 s; send it again.');
  }
});

test('a slow client that keeps sending is not cut off', async () => {
  const { port } = await listening();
  const socket = connect(port, '127.0.0.1');
  const body = '[{"id":"slow","title":"mug"}]';
  socket.write(
    `POST /v1/products HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  for (let at = 0; at < body.length; at += 5) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    socket.write(body.slice(at, at + 5));
  }
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});
