import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../src/http/app.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { openService } from '../../src/service/openService.js';
import type { Service } from '../../src/service/service.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

let send: (body: string, type?: string) => Promise<{ status: number; body: Record<string, unknown> }>;
let total: (filter: string) => Promise<number>;
let opened: { readonly app: FastifyInstance; readonly service: Service };

beforeEach(async () => {
  const folder = temporaryFolder();
  const service = await openService({
    ...{ dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') },
    modelDir: '/none',
  });
  const app = await buildApp({ service, webDir, logger: false });
  opened = { app, service };
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  send = async (payload, type = 'application/x-ndjson') => {
    const headers = { 'content-type': type };
    const answer = await app.inject({ method: 'POST', url: '/v1/products', payload, headers });
    return { status: answer.statusCode, body: answer.json() };
  };
  total = async (filter) => (await service.search(searchRequestSchema.parse({ filter }))).total;
});

test('if a request contains a product twice, the last row wins and both rows are answered', async () => {
  const rows = ['{"id":"a","price":1}', '{"id":"a","price":2}', '{"id":"a","price":2}', '{"id":"b"}'];
  const { status, body } = await send(rows.join('\n'));
  expect(status).toBe(200);
  const statuses = ['created', 'updated', 'unchanged', 'created'];
  expect(body.results).toMatchObject(statuses.map((one) => ({ status: one })));
  expect([await total('price = 1'), await total('price = 2')]).toEqual([0, 1]);
});

test('valid rows are written and found although others are malformed, too long or not products', async () => {
  const huge = JSON.stringify({ id: 'huge', description: 'x'.repeat(5 * 1024 * 1024) });
  const large = JSON.stringify({ id: 'large', description: 'word '.repeat(19_000) });
  const lines = [
    '{"id":"a"}',
    huge,
    '{"id":',
    '[]',
    'null',
    large,
    '',
    '{"title":"no id"}',
    '\ufeff{"id":"z"}',
  ];
  const { status, body } = await send(lines.join('\n'));
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { id: 'a', status: 'created' },
    { row: 2, status: 'refused', reason: expect.stringContaining('longer than 1 MiB') },
    { row: 3, status: 'refused' },
    { row: 4, status: 'refused' },
    { row: 5, status: 'refused' },
    { id: 'large', status: 'created' },
    { row: 8, status: 'refused', field: 'id' },
    { id: 'z', status: 'created' },
  ]);
  expect(await total("id IN ['a', 'large', 'z', 'huge']")).toBe(3);
});

test('an empty body is answered without rows as a stream, and refused as JSON', async () => {
  expect(await send('')).toEqual({ status: 200, body: { results: [] } });
  expect(await send('\n\n')).toEqual({ status: 200, body: { results: [] } });
  expect(await send('[]', 'application/json')).toEqual({ status: 200, body: { results: [] } });
  expect((await send('', 'application/json')).status).toBe(400);
  expect((await send('"text"', 'application/json')).status).toBe(400);
});

test('PATCH changes the fields that a row has, one attribute at a time, and null clears', async () => {
  const { app, service } = opened;
  await send('{"id":"a","title":"Red mug","price":5,"brand":"Acme","attributes":{"color":"red","size":"M"}}');
  await send('{"id":"b","title":"Jug","price":7}');
  const headers = { 'content-type': 'application/x-ndjson' };
  const rows = [
    '{"id":"a","stock":3,"brand":null,"attributes":{"color":"blue","size":null,"lid":true}}',
    '{"id":"b","price":"dear"}',
    '{"id":"c","price":1}',
    '{"id":"b"}',
  ];
  const answer = await app.inject({
    method: 'PATCH',
    url: '/v1/products',
    payload: rows.join('\n'),
    headers,
  });
  expect(answer.json().results).toEqual([
    { id: 'a', status: 'updated' },
    { row: 2, status: 'refused', field: 'price', reason: expect.stringContaining('"dear"') },
    { row: 3, status: 'refused', field: 'id', reason: expect.stringContaining('no product with this id') },
    { id: 'b', status: 'unchanged' },
  ]);
  expect(service.product('a')).toMatchObject({
    ...{ title: 'Red mug', price: 5, stock: 3 },
    attributes: { color: 'blue', lid: true },
  });
  expect(service.product('a')).not.toHaveProperty('brand');
  expect(service.product('b')).toMatchObject({ title: 'Jug', price: 7 });
  expect([await total("attributes.color = 'blue'"), await total("brand = 'Acme'")]).toEqual([1, 0]);
  const list = [{ id: 'a', price: 6 }];
  expect((await app.inject({ method: 'PATCH', url: '/v1/products', payload: list })).json()).toEqual({
    results: [{ id: 'a', status: 'updated' }],
  });
  expect(await total('price = 6')).toBe(1);
});

test('a list of products may come as the list itself or under the key products', async () => {
  const { status, body } = await send('{"products":[{"id":"a"},{"id":"b"}]}', 'application/json');
  expect([status, body.results]).toMatchObject([200, [{ id: 'a' }, { id: 'b' }]]);
  await send('{"id":"c","products":["d"]}', 'application/json');
  expect(opened.service.product('c')).toMatchObject({ products: ['d'] });
  expect(opened.service.product('d')).toBeUndefined();
});

test('POST replaces: what a row lacks is removed', async () => {
  await send('{"id":"a","title":"Red mug","price":5}');
  await send('{"id":"a","title":"Red mug"}');
  expect(opened.service.product('a')).not.toHaveProperty('price');
});
