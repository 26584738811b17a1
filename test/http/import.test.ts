import { expect, test } from 'vitest';
import { serving } from './serving.js';

const CSV = 'id,title\n1,Mug\n';
const packedHeaders = { 'content-type': 'application/octet-stream' };
const post = { method: 'POST', url: '/v1/import', payload: CSV } as const;

test('the format of an upload comes from its content type or the query', async () => {
  const app = await serving();
  const sent = await app.inject({ ...post, headers: { 'content-type': 'text/csv; charset=utf-8' } });
  expect(sent.statusCode).toBe(202);
  expect(sent.json()).toMatchObject({ kind: 'import', request: { format: 'csv', full: false } });
  expect(sent.headers.location).toBe(`/v1/jobs/${sent.json().id}`);
  const packed = await app.inject({
    ...post,
    url: '/v1/import?format=tsv&full=true&allow_shrink=1&map=title=Name,price=Cost',
    headers: packedHeaders,
  });
  expect(packed.json().request).toMatchObject({
    ...{ format: 'tsv', full: true, allow_shrink: true },
    map: { title: 'Name', price: 'Cost' },
  });
  const placed = await app.inject({
    ...post,
    url: '/v1/import?format=xlsx&sheet=Lamps&header_row=3',
    headers: packedHeaders,
  });
  expect(placed.json().request).toMatchObject({ format: 'xlsx', sheet: 'Lamps', header_row: 3 });
});

test('an invalid import is refused with the field', async () => {
  const app = await serving();
  const unknown = await app.inject({
    ...post,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(unknown.statusCode).toBe(415);
  expect(unknown.json().detail).toMatch(/content-type: text\/csv, or add \?format=/);
  const headers = { 'content-type': 'text/csv' };
  for (const [query, field] of [
    ['format=pdf', 'format'],
    ['full=yes', 'full'],
    ['fulll=true', 'fulll'],
    ['map=title', 'map'],
    ['header_row=0', 'header_row'],
  ]) {
    const refused = await app.inject({ ...post, url: `/v1/import?${query}`, headers });
    expect(refused.statusCode, query).toBe(400);
    expect(refused.json().errors[0].field).toBe(field);
  }
  const named = (payload: object, query = '') =>
    app.inject({ method: 'POST', url: `/v1/import${query}`, payload });
  expect((await named({ file: 'a.csv' })).json().request).toEqual({
    ...{
      file: 'a.csv',
      full: false,
      allow_shrink: false,
      replace: false,
      allow_clear: false,
      preview: false,
    },
  });
  expect((await named({ file: 7 })).json().errors[0].field).toBe('file');
  expect((await named({ file: 'a.csv', ful: true })).json().errors[0].field).toBe('ful');
  expect((await named({ file: 'a.csv' }, '?full=true')).json().errors[0].field).toBe('full');
  expect((await app.inject({ method: 'POST', url: '/v1/import' })).statusCode).toBeGreaterThanOrEqual(400);
});

test('enriching the store is a job, for all or some products', async () => {
  const app = await serving();
  const enrich = (payload?: object) =>
    app.inject({ method: 'POST', url: '/v1/enrich/jobs', ...(payload && { payload }) });
  expect((await enrich()).json()).toMatchObject({ kind: 'enrich', request: {} });
  const some = { fields: ['color'], where: 'price > 5' };
  expect((await enrich(some)).json()).toMatchObject({ request: some });
  expect((await enrich({ fields: [] })).json().errors[0].field).toBe('fields');
  expect((await enrich({ where: 'price >' })).json().errors[0].field).toBe('where');
});

test('the quarantine of a job can be read; an unknown job is 404', async () => {
  const app = await serving();
  const { id } = (await app.inject({ ...post, headers: { 'content-type': 'text/csv' } })).json();
  const bad = await app.inject({ url: `/v1/jobs/${id}/quarantine` });
  expect([bad.statusCode, bad.headers['content-type'], bad.body]).toEqual([200, 'application/x-ndjson', '']);
  expect((await app.inject({ url: '/v1/jobs/none/quarantine' })).statusCode).toBe(404);
});
