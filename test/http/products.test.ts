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

test('an unknown product is 404 for every method, with a message', async () => {
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

test('products similar to several are found by ids in the query string or as JSON', async () => {
  const app = await serving();
  const two = await app.inject({
    url: '/v1/similar?ids=c,a%2F1&limit=1&explain=true&filter=price%20%3C%2050',
  });
  expect(two.json()).toMatchObject({ ids: ['c', 'a/1'], hits: [{ id: 'ü %2F?#' }] });
  const post = (payload: object) => app.inject({ method: 'POST', url: '/v1/similar', payload });
  expect((await post({ ids: ['c'], limit: 1 })).json()).toMatchObject({ ids: ['c'], hits: [{}] });
  const unknown = await post({ ids: ['x,y', 'c', 'z'] });
  expect(unknown.statusCode).toBe(400);
  expect(unknown.json()).toMatchObject({
    detail: 'ids: expected ids of products, found "x,y", "z", which no product has; leave them out.',
    errors: [{ field: 'ids' }],
  });
  for (const url of ['/v1/similar', '/v1/similar?ids=', '/v1/similar?ids=c&limit=101']) {
    const refused = await app.inject({ url });
    expect(refused.statusCode).toBe(400);
    expect(['ids', 'limit']).toContain(refused.json().errors[0].field);
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

test('DELETE accepts a media type without a body', async () => {
  const app = await serving();
  const headers = { 'content-type': 'application/json' };
  expect((await app.inject({ method: 'DELETE', url: at('c'), headers })).statusCode).toBe(204);
});

test('POST takes a list or a single product, and answers each row in order', async () => {
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
  expect(none.json()).toMatchObject({
    status: 400,
    detail:
      'All 2 rows were refused; the first, row 1: id: missing or empty; every product needs an id of its own.',
    errors: [{ field: 'id' }, { field: '', reason: expect.stringContaining('found 3') }],
    results: [
      { row: 1, status: 'refused' },
      { row: 2, status: 'refused' },
    ],
  });
  const empty = await app.inject({ method: 'POST', url: '/v1/products', payload: [] });
  expect([empty.statusCode, empty.json()]).toEqual([200, { results: [] }]);
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

test('NDJSON is written in batches, however many lines there are', async () => {
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
  expect(sizes).toEqual([...Array(12).fill(100), 1]);
  expect(response.json().results).toHaveLength(1201);
});

test.each([
  ['a product', { id: '1', title: 'Dress, Navy' }, 'application/json'],
  [
    'a list',
    [
      { id: '1', title: 'Dress, Navy' },
      { id: '2', title: 'Dress' },
    ],
    'application/json',
  ],
  ['{products}', { products: [{ id: '1', title: 'Dress, Navy' }] }, 'application/json'],
  [
    'a product a line',
    '{"id":"1","title":"Dress, Navy"}\n\n{"id":"2","title":"Dress"}',
    'application/x-ndjson',
  ],
])(
  'enrich takes %s and answers each product filled, with its facts in _shelfwright',
  async (_, payload, type) => {
    const app = await serving();
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/v1/enrich', headers, payload });
    expect(response.statusCode).toBe(200);
    const { results } = response.json();
    expect(results[0]).toMatchObject({
      id: '1',
      title: 'Dress, Navy',
      attributes: { color: 'Navy' },
      _shelfwright: { facts: [{ field: 'attributes.color', value: 'Navy', status: 'applied' }] },
    });
    if (results.length > 1) {
      expect(results).toHaveLength(2);
      expect(results[1]).toEqual({ id: '2', title: 'Dress', _shelfwright: { facts: [] } });
    }
    expect((await app.inject({ url: at('1') })).statusCode).toBe(404);
  },
);

test('enrich answers each bad row in order, and 400 if all rows are bad', async () => {
  const app = await serving();
  const rows = [{ id: '1', price: 'x' }, { id: '2', title: 'Navy' }, 4];
  for (const [payload, type] of [
    [rows, 'application/json'],
    [rows.map((row) => JSON.stringify(row)).join('\n'), 'application/x-ndjson'],
  ] as const) {
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/v1/enrich', headers, payload });
    expect(response.statusCode).toBe(200);
    expect(response.json().results).toMatchObject([
      { row: 1, status: 'refused', field: 'price' },
      { id: '2', _shelfwright: { facts: [{ value: 'Navy' }] } },
      { row: 3, status: 'refused', field: '' },
    ]);
  }
  const bad = await app.inject({ method: 'POST', url: '/v1/enrich', payload: [{ id: '1', price: 'x' }, 4] });
  expect(bad.statusCode).toBe(400);
  expect(bad.json().errors.map((error: { field: string }) => error.field)).toEqual(['price', '']);
});

test('enrich takes at most 1000 products in each format', async () => {
  const app = await serving();
  const many = Array.from({ length: 1001 }, (_, id) => ({ id }));
  const lines = many.map((row) => JSON.stringify(row)).join('\n');
  for (const [payload, type] of [
    [many, 'application/json'],
    [{ products: many }, 'application/json'],
    [lines, 'application/x-ndjson'],
  ] as const) {
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/v1/enrich', headers, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().detail).toContain('at most 1000 products');
  }
  for (const payload of [{ rows: [] }, '3', undefined]) {
    const headers = { 'content-type': 'application/json' };
    const response = await app.inject({
      method: 'POST',
      url: '/v1/enrich',
      headers,
      ...(payload && { payload }),
    });
    expect(response.statusCode).toBe(400);
  }
});

test('a user error of the service is 400 with the field', async () => {
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

test('an id that no path can hold is refused in its row, and the longest one is found', async () => {
  const app = await serving();
  const longest = '/ü'.repeat(500);
  const payload = [
    { id: longest, title: 'Longest' },
    { id: `${longest}x`, title: 'Too long' },
    { id: 'half \ud83e', title: 'Not Unicode' },
    { id: 'p', title: 'Lost', attributes: JSON.parse('{"__proto__":"x"}') },
  ];
  const bodies = {
    'application/json': JSON.stringify(payload),
    'application/x-ndjson': payload.map((row) => JSON.stringify(row)).join('\n'),
  };
  for (const [type, body] of Object.entries(bodies)) {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/products',
      headers: { 'content-type': type },
      payload: body,
    });
    expect(response.json().results).toMatchObject([
      { id: longest },
      { row: 2, status: 'refused', field: 'id', reason: '1001 characters; expected at most 1000' },
      { row: 3, status: 'refused', field: 'id', reason: expect.stringContaining('not valid Unicode') },
      { row: 4, status: 'refused', field: 'attributes.__proto__' },
    ]);
  }
  expect((await app.inject({ url: at(longest) })).json()).toMatchObject({ title: 'Longest' });
});

test('a product is answered with its markup, or without it', async () => {
  const app = await serving({
    product: (id) => ({ id, title: 'Cup & saucer' }),
    original: (id) => ({ id, title: 'Cup &amp; saucer' }),
  });
  const titleOf = async (query: string): Promise<unknown> =>
    (await app.inject({ url: `/v1/products/c${query}` })).json().title;
  expect(await titleOf('')).toBe('Cup &amp; saucer');
  expect(await titleOf('?markup=keep')).toBe('Cup &amp; saucer');
  expect(await titleOf('?markup=strip')).toBe('Cup & saucer');
  expect((await app.inject({ url: '/v1/products/c?markup=some' })).statusCode).toBe(400);
});
