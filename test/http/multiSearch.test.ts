import { expect, test } from 'vitest';
import { limitsSchema } from '../../src/configuration/limits.js';
import { serving } from './serving.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function asking(limits?: object) {
  const app = await serving({}, limits === undefined ? {} : { limits: limitsSchema.parse(limits) });
  return async (payload: object) => {
    const answer = await app.inject({ method: 'POST', url: '/v1/multi-search', payload });
    return { status: answer.statusCode, body: answer.json() };
  };
}

test('several searches are answered in their order', async () => {
  const ask = await asking();
  const { status, body } = await ask({
    searches: [{ q: 'mug', per_page: 1 }, { q: 'dress' }, { q: 'mug', sort: 'price:asc' }],
  });
  expect(status).toBe(200);
  const ids = body.results.map(({ hits }: { hits: { id: string }[] }) => hits.map(({ id }) => id));
  expect(ids).toEqual([['c'], ['a/1'], ['ü %2F?#', 'c']]);
});

test('a wrong search is refused with its position', async () => {
  const ask = await asking();
  const wrong = await ask({ searches: [{ q: 'mug' }, { q: 'mug', per_page: 1000 }] });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors[0].field).toBe('searches.1.per_page');
  const unsortable = await ask({ searches: [{ q: 'mug' }, { q: 'mug' }, { sort: 'price:up' }] });
  expect(unsortable.status).toBe(400);
  expect(unsortable.body.errors[0].field).toBe('searches.2.sort');
  expect(unsortable.body.detail).toMatch(/^searches\.2: sort: found 'price:up', expected/);
});

test('the number of searches is limited', async () => {
  const ask = await asking({ max_searches_per_request: 2 });
  const searches = [{ q: 'a' }, { q: 'b' }, { q: 'c' }];
  const { status, body } = await ask({ searches });
  expect([status, body.errors[0].field]).toEqual([400, 'searches']);
  expect((await ask({ searches: searches.slice(1) })).status).toBe(200);
  expect((await ask({ searches: [] })).status).toBe(400);
});

test('every answer has an id of its own', async () => {
  const app = await serving();
  const search = { url: '/v1/search?q=mug' };
  const alone = [await app.inject(search), await app.inject(search)].map((answer) => answer.json().query_id);
  const ask = await asking();
  const { body } = await ask({ searches: [{ q: 'mug' }, { q: 'mug' }] });
  const ids: string[] = [...alone, ...body.results.map(({ query_id }: { query_id: string }) => query_id)];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(UUID);
});
