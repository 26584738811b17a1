import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bestMatch } from '../../src/service/mappings.js';
import { type AlgoliaShop, openShop } from './algolia/shop.js';
import { serving } from './serving.js';

const CSV = 'Exported on Monday\nItem;Name;Farbe;Note\n1;Blue mug;;a\n2;Red mug;Red;b\n2;Twice;;c\n';
const csv = { 'content-type': 'text/csv' };
let shop: AlgoliaShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const preview = async (payload: string, query = '', headers: Record<string, string> = csv) => {
  const answer = await shop.app.inject({
    method: 'POST',
    url: `/v1/uploads/preview${query}`,
    payload,
    headers,
  });
  return { status: answer.statusCode, body: answer.json() };
};

test('a preview guesses the columns of a file, with examples, and stores nothing', async () => {
  const { status, body } = await preview(CSV);
  expect(status).toBe(200);
  expect(body).toMatchObject({ format: 'csv', layout: 'plain', sheets: [], header_row: 2, mapping: null });
  expect(body.columns).toEqual([
    { name: 'Item', key: 'Item', field: 'id', values: ['1', '2'] },
    { name: 'Name', key: 'Name', field: 'title', values: ['Blue mug', 'Red mug', 'Twice'] },
    { name: 'Farbe', key: 'Farbe', field: 'attributes.Farbe', values: ['Red'] },
    { name: 'Note', key: 'Note', field: 'Note', values: ['a', 'b', 'c'] },
  ]);
  expect(body.fields).toContain('brand');
  expect(shop.store.jobs.list(10)).toEqual([]);
});

test('a file without ids has a preview that says so; a map tells where they are', async () => {
  const without = await preview('Name,Colour\nMug,Red\n');
  expect(without.body.has_id).toBe(false);
  const mapped = await preview(
    'Name,"Code, long"\nMug,7\n',
    `?map=${encodeURIComponent('{"id":"Code, long"}')}`,
  );
  expect(mapped.body).toMatchObject({ has_id: true, columns: [{}, { field: 'id' }] });
  const lines = await preview('{"code":"7","name":"Mug","tags":["a"]}\n', '?format=jsonl&map=id=code');
  expect(lines.body.columns).toEqual([
    { name: 'code', key: 'code', field: 'id', values: ['7'] },
    { name: 'name', key: 'name', field: 'name', values: ['Mug'] },
    { name: 'tags', key: 'tags', field: 'tags', values: ['["a"]'] },
  ]);
});

test('a workbook has its sheets, and the columns of the chosen one', async () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['About this file']]), 'Read me');
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['SKU', 'Name'],
      ['7', 'Mug'],
    ]),
    'Products',
  );
  const payload: Buffer = write(book, { type: 'buffer', bookType: 'xlsx' });
  const answer = await shop.app.inject({
    ...{ method: 'POST', url: '/v1/uploads/preview?sheet=Products', payload },
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.statusCode).toBe(415);
  const typed = await shop.app.inject({
    ...{ method: 'POST', url: '/v1/uploads/preview?sheet=Products&format=xlsx', payload },
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(typed.json()).toMatchObject({
    ...{ format: 'xlsx', sheets: ['Read me', 'Products'], sheet: 'Products', header_row: 1, has_id: true },
    columns: [
      { name: 'SKU', field: 'id', values: ['7'] },
      { name: 'Name', field: 'title', values: ['Mug'] },
    ],
  });
});

test('what is no readable file is refused without the paths of the service', async () => {
  for (const [payload, query, message] of [
    ['', '', /The file is empty/],
    ['{}', '?format=xlsx', /the file is not an \.xlsx workbook/],
    [CSV, '?map=title=Titel', /names a column that the file does not have/],
    [CSV, '?map=%7B%22a%22', /map: expected JSON/],
    [CSV, '?header_row=1', undefined],
  ] as const) {
    const { status, body } = await preview(payload, query);
    if (message === undefined) continue;
    expect(status, query).toBe(400);
    expect(body.detail).toMatch(message);
    expect(body.detail).not.toMatch(/uploads|tmp/);
  }
  expect((await preview(CSV, '', { 'content-type': 'text/html' })).status).toBe(415);
});

test('a mapping is saved under a name, chosen by the columns, and removed', async () => {
  const mapping = {
    columns: ['Item', 'Name', 'Farbe', 'Note'],
    map: { id: 'Item', 'attributes.color': 'Farbe' },
  };
  const put = (name: string, payload: object) =>
    shop.app.inject({ method: 'PUT', url: `/v1/mappings/${encodeURIComponent(name)}`, payload });
  expect((await put('Müller & Sons', mapping)).json()).toEqual({ name: 'Müller & Sons', ...mapping });
  expect((await put('Empty', { ...mapping, columns: [] })).statusCode).toBe(400);
  expect((await shop.app.inject({ url: '/v1/mappings' })).json()).toEqual({
    mappings: [{ name: 'Müller & Sons', ...mapping }],
  });
  expect((await preview(CSV)).body.mapping).toEqual({ name: 'Müller & Sons', ...mapping });
  expect((await preview('id,title\n1,Mug\n')).body.mapping).toBeNull();
  const url = `/v1/mappings/${encodeURIComponent('Müller & Sons')}`;
  expect((await shop.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
  expect((await shop.app.inject({ method: 'DELETE', url })).statusCode).toBe(404);
});

test('the mapping of the most similar columns is chosen, and it must find its columns', () => {
  const columns = ['A', 'B', 'C', 'D', 'E'];
  const near = { name: 'near', columns: ['A', 'B', 'C', 'D', 'E', 'F'], map: { id: 'A' } };
  const exact = { name: 'same', columns, map: { id: 'A' } };
  const lost = { name: 'lost', columns, map: { id: 'F' } };
  expect(bestMatch([lost, near], columns)).toBe(near);
  expect(bestMatch([lost, near, exact], columns)).toBe(exact);
  expect(bestMatch([exact], ['A', 'B', 'X', 'Y', 'Z'])).toBeUndefined();
});

test('filling a file is a job; without a result its download says why', async () => {
  const app = await serving();
  const sent = await app.inject({
    ...{ method: 'POST', url: '/v1/enrich/files?name=feed.csv&sheet=2&format=xlsx', payload: 'PK' },
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.statusCode).toBe(202);
  expect(sent.json()).toMatchObject({
    kind: 'fill',
    request: { name: 'feed.csv', sheet: '2', format: 'xlsx', learn_from: 'shop' },
  });
  const gone = await app.inject({ url: `/v1/jobs/${sent.json().id}/files/filled` });
  expect([gone.statusCode, gone.json().detail]).toEqual([404, expect.stringMatching(/has no filled file/)]);
  expect((await app.inject({ url: '/v1/jobs/none/files/filled' })).statusCode).toBe(404);
  const named = await app.inject({ method: 'POST', url: '/v1/enrich/files', payload: { file: 'a.csv' } });
  expect(named.statusCode).toBe(415);
});
