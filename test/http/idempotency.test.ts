import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LazyEmbedder } from '../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { makeKey } from '../../src/service/apiKeys.js';
import { openService } from '../../src/service/openService.js';
import { openStore, type Store } from '../../src/store/open.js';
import { ProductTable } from '../../src/store/products.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

let app: FastifyInstance;
let store: Store;

/** A real service without a model. */
async function open() {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const service = await openService({ dataDir, indexesDir: path.join(folder, 'indexes'), modelDir: '/none' });
  app = await buildApp({ service, webDir, logger: false });
  store = openStore(dataDir);
  onTestFinished(async () => {
    await app.close();
    await service.close();
    store.close();
  });
}

const send = (method: 'POST' | 'PATCH' | 'DELETE', url: string, key: string, more: InjectOptions = {}) =>
  app.inject({ method, url, ...more, headers: { ...more.headers, 'idempotency-key': key } });
const write = (key: string, payload: object, headers = {}) =>
  send('POST', '/v1/products', key, { payload, headers });

test('a repeated write gets the first answer again and does not undo later writes', async () => {
  await open();
  const mug = { id: 'a', title: 'Mug', price: 1 };
  const first = await write('k1', [mug, { id: 'b', price: 'dear' }]);
  expect(first.json().results).toMatchObject([{ status: 'created' }, { row: 2, status: 'refused' }]);
  const patched = await send('PATCH', '/v1/products/a', 'k2', { payload: { price: 2 } });
  expect(patched.json()).toMatchObject({ price: 2 });
  await send('PATCH', '/v1/products/a', 'k3', { payload: { price: 3 } });
  const before = store.changes.last();
  expect((await write('k1', [mug, { id: 'b', price: 'dear' }])).json()).toEqual(first.json());
  const again = await send('PATCH', '/v1/products/a', 'k2', { payload: { price: 2 } });
  expect(again.json()).toEqual(patched.json());
  expect(store.changes.last()).toBe(before);
  expect(store.products.get('a')?.price).toBe(3);
  expect((await send('DELETE', '/v1/products/a', 'k4')).statusCode).toBe(204);
  expect((await send('DELETE', '/v1/products/a', 'k4')).statusCode).toBe(204);
  expect((await send('DELETE', '/v1/products/a', 'k5')).statusCode).toBe(404);
});

test('the same key with another body, path or method is 422 and writes nothing', async () => {
  await open();
  await write('k', [{ id: 'a', title: 'Mug' }]);
  const before = store.changes.last();
  for (const other of [
    await write('k', [{ id: 'a', title: 'Jug' }]),
    await send('PATCH', '/v1/products/a', 'k', { payload: { price: 2 } }),
    await send('DELETE', '/v1/products/a', 'k'),
    await send('POST', '/v1/reindex', 'k'),
  ]) {
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ errors: [{ field: 'idempotency-key' }] });
  }
  expect(store.changes.last()).toBe(before);
  for (const key of ['', 'with blank', 'x'.repeat(256), 'ü']) {
    expect((await write(key, [{ id: 'c' }])).statusCode, key).toBe(400);
  }
  expect(store.products.get('c')).toBeUndefined();
});

test('a request without an accepted row leaves its key unused', async () => {
  await open();
  expect((await write('k', [{ title: 'no id' }])).statusCode).toBe(400);
  expect((await write('k', [{ id: 'a', title: 'fixed' }])).statusCode).toBe(200);
  expect((await send('PATCH', '/v1/products/none', 'p', { payload: { price: 1 } })).statusCode).toBe(404);
  expect((await send('PATCH', '/v1/products/a', 'p', { payload: { price: 1 } })).statusCode).toBe(200);
});

test('an interrupted stream resumes where it stopped, and simultaneous repetitions write once', async () => {
  await open();
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => (i === 3 ? '{cut' : JSON.stringify({ id: `p${i}`, price: i })));
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const bulk = (rows: string[]) =>
    send('POST', '/v1/products', 'bulk', { payload: rows.join('\n'), headers: ndjson });
  const rows = lines(1200);
  let written = 0;
  const upsert = vi.spyOn(ProductTable.prototype, 'upsert').mockImplementation(() => {
    if (++written === 700) throw new Error('pulled the plug');
    return 'inserted';
  });
  onTestFinished(() => upsert.mockRestore());
  expect((await bulk(rows)).statusCode).toBe(500);
  expect(written).toBe(700);
  const together = await Promise.all([bulk(rows), bulk(rows), bulk(rows)]);
  // 699 rows of the first parts were on disk; the other 500 are written once.
  expect(written).toBe(700 + 500);
  for (const answer of together) {
    expect(answer.statusCode).toBe(200);
    const { results } = answer.json();
    expect(results).toHaveLength(1200);
    expect(results.filter(({ status }: { status: string }) => status === 'created')).toHaveLength(1199);
    expect(results[3]).toMatchObject({ row: 4, status: 'refused' });
  }
  for (const other of [
    rows.slice(0, 1199),
    rows.slice(0, 500),
    [...rows, '{"id":"more"}'],
    rows.with(3, 'x'),
  ]) {
    expect((await bulk(other)).statusCode).toBe(422);
  }
  expect(written).toBe(1200);
});

test('an idempotency key creates one job, also for an upload', async () => {
  await open();
  const headers = { 'content-type': 'text/csv' };
  const file = 'id,title\n1,Mug\n';
  const first = await send('POST', '/v1/import', 'i', { payload: file, headers });
  expect(first.statusCode).toBe(202);
  const again = await send('POST', '/v1/import', 'i', { payload: file, headers });
  expect(again.json()).toEqual(first.json());
  const other = await send('POST', '/v1/import', 'i', { payload: `${file}2,Jug\n`, headers });
  expect(other.statusCode).toBe(422);
  expect((await send('POST', '/v1/import?full=true', 'i', { payload: file, headers })).statusCode).toBe(422);
  expect(store.jobs.list(10)).toHaveLength(1);
  const reindex = await send('POST', '/v1/reindex', 'r', { payload: { enrich: false } });
  await expect.poll(() => store.jobs.get(reindex.json().id)?.finished, { timeout: 30_000 }).toBeTruthy();
  const repeated = await send('POST', '/v1/reindex', 'r', { payload: { enrich: false } });
  expect(repeated.json()).toEqual(reindex.json());
});

test('idempotency keys are separate per API key', async () => {
  await open();
  const keys = ['one', 'two'].map(
    (name) => makeKey(store, { name, scope: 'write', filter: undefined }).token,
  );
  const statuses = [];
  for (const key of keys) {
    const answer = await write('k', [{ id: 'a', title: 'Mug' }], { 'x-api-key': key });
    statuses.push(answer.json().results[0].status);
  }
  expect(statuses).toEqual(['created', 'unchanged']);
});

test('a patch of live fields embeds nothing, and neither does an unchanged product', async () => {
  const folder = temporaryFolder();
  const run = vi.spyOn(LazyEmbedder.prototype, 'run');
  const embed = vi.spyOn(LazyEmbedder.prototype, 'embed');
  onTestFinished(() => {
    run.mockRestore();
    embed.mockRestore();
  });
  const service = await openService({
    ...{ dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') },
    ...{ modelDir: packagePaths.model, workers: 1 },
  });
  onTestFinished(() => service.close());
  await service.upsert([{ id: 'a', title: 'Red mug', price: 1 }]);
  const [runs, embeds] = [run.mock.calls.length, embed.mock.calls.length];
  expect(runs).toBeGreaterThan(0);
  await service.patch('a', { price: 5, stock: 3 });
  const found = await service.search(searchRequestSchema.parse({ filter: 'price = 5' }));
  expect(found.total).toBe(1);
  expect(embed.mock.calls.length).toBe(embeds);
  await service.upsert([{ id: 'a', title: 'Red mug', price: 7 }]);
  expect(run.mock.calls.length).toBe(runs);
});
