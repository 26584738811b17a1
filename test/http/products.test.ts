import { expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { at, products, serving } from './serving.js';

test.each(products.map((product) => product.id))(
  'the id %j is found, patched and deleted under its encoded path',
  async (id) => {
    const app = await serving();
    expect((await app.inject({ url: at(id) })).json()).toMatchObject({ id });
    const similar = await app.inject({ url: `${at(id)}/similar?limit=2` });
    expect(similar.json().hits).toHaveLength(2);
    const patched = await app.inject({ method: 'PATCH', url: at(id), payload: { price: 5 } });
    expect(patched.json()).toMatchObject({ id, price: 5 });
    expect((await app.inject({ method: 'DELETE', url: at(id) })).statusCode).toBe(204);
    expect((await app.inject({ method: 'DELETE', url: at(id) })).statusCode).toBe(404);
    expect((await app.inject({ url: at(id) })).statusCode).toBe(404);
  },
);

test('an unknown product is 404 on every verb, in a sentence', async () => {
  const app = await serving();
  for (const [method, suffix] of [
    ['GET', ''],
    ['GET', '/similar'],
    ['PATCH', ''],
    ['DELETE', ''],
  ] as const) {
    const payload = method === 'PATCH' ? { price: 1 } : undefined;
    const response = await app.inject({ method, url: at('no/such') + suffix, ...(payload && { payload }) });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({
      status: 404,
      detail: 'There is no product with the id "no/such".',
    });
  }
});

test.each([
  [{ price: -1 }, 'price'],
  [{ price: 'cheap' }, 'price'],
  [{ title: 'New' }, 'title'],
  [{}, ''],
])('PATCH %j is refused', async (payload, field) => {
  const app = await serving();
  const response = await app.inject({ method: 'PATCH', url: at('c'), payload });
  expect(response.statusCode).toBe(400);
  expect(response.json().errors[0]).toMatchObject({ field });
});

test('DELETE works for clients that name a media type on an empty body', async () => {
  const app = await serving();
  const headers = { 'content-type': 'application/json' };
  expect((await app.inject({ method: 'DELETE', url: at('c'), headers })).statusCode).toBe(204);
});

test('POST takes a list and a single product, and answers each row with its place', async () => {
  const app = await serving();
  const rows = [{ id: 'new' }, { title: 'no id' }, 'text', { id: 'c', title: 'Blue mug' }];
  const response = await app.inject({ method: 'POST', url: '/v1/products', payload: rows });
  expect(response.statusCode).toBe(200);
  expect(response.json().results).toMatchObject([
    { id: 'new', status: 'created' },
    { row: 2, status: 'refused', field: 'id' },
    { row: 3, status: 'refused' },
    { id: 'c', status: 'updated' },
  ]);
  const single = await app.inject({ method: 'POST', url: '/v1/products', payload: { id: 'one' } });
  expect(single.json().results).toEqual([{ id: 'one', status: 'created' }]);
  const none = await app.inject({ method: 'POST', url: '/v1/products', payload: [{}, 3] });
  expect(none.statusCode).toBe(400);
  expect(none.json().results).toHaveLength(2);
});

test('POST streams NDJSON: order kept, broken lines refused with their number, blank lines skipped', async () => {
  const app = await serving();
  const lines = ['\uFEFF{"id":"x1"}', '', '{"id": "x2"', '{"title":"none"}', '{"id":"x3"}\r', ''];
  const payload = Buffer.concat([
    Buffer.from(lines.join('\n')),
    Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    Buffer.from('{"id":"x4"}'),
  ]);
  const headers = { 'content-type': 'application/x-ndjson; charset=utf-8' };
  const response = await app.inject({ method: 'POST', url: '/v1/products', headers, payload });
  expect(response.statusCode).toBe(200);
  const { results } = response.json();
  expect(results).toMatchObject([
    { id: 'x1' },
    { row: 3, status: 'refused' },
    { row: 4, field: 'id' },
    { id: 'x3' },
    { row: 6 },
    { id: 'x4' },
  ]);
  expect(results[1].reason).toContain('line 3 is not JSON');
  expect(results[4].reason).toContain('not UTF-8');
});

test('NDJSON goes to the shop in batches, however many lines there are', async () => {
  const sizes: number[] = [];
  const app = await serving({
    async upsert(rows) {
      sizes.push(rows.length);
      return rows.map((_row, index) => ({ id: String(index), status: 'created' as const }));
    },
  });
  const payload = Array.from({ length: 1201 }, (_, index) => JSON.stringify({ id: String(index) })).join(
    '\n',
  );
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await app.inject({ method: 'POST', url: '/v1/products', headers, payload });
  expect(sizes).toEqual([500, 500, 201]);
  expect(response.json().results).toHaveLength(1201);
});

test('enrich answers facts for a list and for {products}, and names every bad row', async () => {
  const app = await serving();
  const rows = [
    { id: '1', title: 'Dress, Navy' },
    { id: '2', title: 'Dress' },
  ];
  for (const payload of [rows, { products: rows }]) {
    const response = await app.inject({ method: 'POST', url: '/v1/enrich', payload });
    expect(response.statusCode).toBe(200);
    expect(response.json().results).toMatchObject([
      { id: '1', facts: [{ value: 'Navy' }] },
      { id: '2', facts: [] },
    ]);
  }
  const bad = await app.inject({ method: 'POST', url: '/v1/enrich', payload: [{ id: '1', price: 'x' }, 4] });
  expect(bad.statusCode).toBe(400);
  expect(bad.json().errors.map((error: { field: string }) => error.field)).toEqual([
    'products.0.price',
    'products.1',
  ]);
  const many = Array.from({ length: 1001 }, (_, id) => ({ id }));
  for (const payload of [many, { products: many }, { rows: [] }, undefined]) {
    const response = await app.inject({ method: 'POST', url: '/v1/enrich', ...(payload && { payload }) });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].reason).toContain('at most 1000');
  }
});

test("what the shop's own rules refuse is 400 with the field", async () => {
  const app = await serving({
    upsert: () =>
      Promise.reject(
        new UserError('taxonomy: none is installed; run taxonomy infer.', { field: 'taxonomy' }),
      ),
  });
  const response = await app.inject({ method: 'POST', url: '/v1/products', payload: [{ id: '1' }] });
  expect(response.statusCode).toBe(400);
  expect(response.json().errors).toEqual([
    { field: 'taxonomy', reason: 'taxonomy: none is installed; run taxonomy infer.' },
  ]);
});
