import { expect, test } from 'vitest';
import type { SearchRequest } from '../../src/search/searchRequest.js';
import { memoryService } from './memoryService.js';
import { serving } from './serving.js';

const UNKNOWN = expect.stringMatching(/^unknown; expected one of q, filter, .*explain/);

async function recordingApp(): Promise<{
  requests: SearchRequest[];
  app: Awaited<ReturnType<typeof serving>>;
}> {
  const requests: SearchRequest[] = [];
  const inner = memoryService([]);
  const app = await serving({
    search(request) {
      requests.push(request);
      return inner.search(request);
    },
  });
  return { requests, app };
}

test('the query string and the JSON body make the same request', async () => {
  const { requests, app } = await recordingApp();
  const url =
    '/v1/search?q=mug&filter=price%20%3C%2050&facets=brand,attributes.color&sort=price:asc,%20rating:desc&page=2&per_page=5&explain=true&facet_limit=3&relax=false' +
    "&refine=brand%20IN%20['A','B']&facet_query=brand:a,b&facet_ranges=price:..20..50..,stock:10&category_tree=3&group=true&status=draft";
  expect((await app.inject({ url })).statusCode).toBe(200);
  const body = {
    q: 'mug',
    filter: 'price < 50',
    facets: ['brand', 'attributes.color'],
    sort: 'price:asc,rating:desc',
    page: 2,
    per_page: 5,
    correct: true,
    explain: true,
    facet_limit: 3,
    refine: "brand IN ['A','B']",
    facet_query: 'brand:a,b',
    facet_ranges: 'price:..20..50..,stock:10',
    category_tree: 3,
    group: true,
    status: 'draft',
    relax: false,
  };
  expect((await app.inject({ method: 'POST', url: '/v1/search', payload: body })).statusCode).toBe(200);
  expect(requests[0]).toEqual({
    ...body,
    sort: ['price:asc', 'rating:desc'],
    facet_ranges: ['price:..20..50..', 'stock:10'],
    understand: true,
  });
  expect(requests[1]).toEqual(requests[0]);
});

test('of a long query the beginning is searched, cut at a word', async () => {
  const { requests, app } = await recordingApp();
  const q = 'mug with a handle '.repeat(100);
  const answer = await app.inject({ method: 'POST', url: '/v1/search', payload: { q } });
  expect(answer.statusCode).toBe(200);
  expect(requests[0]?.q.length).toBeLessThanOrEqual(1000);
  expect(requests[0]?.q.length).toBeGreaterThan(980);
  expect(q.startsWith(`${requests[0]?.q} `)).toBe(true);
});

test('defaults are applied', async () => {
  const { requests, app } = await recordingApp();
  await app.inject({ url: '/v1/search' });
  await app.inject({ method: 'POST', url: '/v1/search', payload: {} });
  const defaults = {
    q: '',
    facets: [],
    facet_limit: 100,
    facet_ranges: [],
    group: false,
    status: 'active',
    sort: [],
    page: 1,
    per_page: 20,
    understand: true,
    correct: true,
    explain: false,
    relax: true,
  };
  expect(requests).toEqual([defaults, defaults]);
});

test.each([
  ['per_page=251', 'per_page', 'expected at most 250, found 251'],
  ['per_page=0', 'per_page', 'expected at least 1, found 0'],
  ['page=1.5', 'page', 'expected a whole number of at least 1, found "1.5"'],
  ['page=', 'page', 'expected a whole number of at least 1, found ""'],
  ['explain=maybe', 'explain', 'expected true or false, found "maybe"'],
  ['q=a&q=b', 'q', 'given more than once; give it once, lists with commas between'],
  ['facets=a&facets=b', 'facets', 'given more than once; give it once, lists with commas between'],
  ['limit=3', 'limit', UNKNOWN],
  ['category_tree=21', 'category_tree', 'expected at most 20, found 21'],
  ['group=yes', 'group', 'expected true or false, found "yes"'],
  ['facet_limit=10001', 'facet_limit', 'expected at most 10000, found 10001'],
  [
    `q=${'a'.repeat(10_001)}`,
    'q',
    `expected at most 10000 characters, found "${'a'.repeat(60)}…" of 10001 characters`,
  ],
])('GET ?%s is refused with its field and reason', async (query, field, reason) => {
  const app = await serving();
  const response = await app.inject({ url: `/v1/search?${query}` });
  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({ title: 'Bad Request', status: 400, errors: [{ field, reason }] });
});

test.each([
  [{ per_page: '20' }, 'per_page', 'expected a number, found "20"'],
  [{ q: null }, 'q', 'expected a string, found null'],
  [{ facets: [1] }, 'facets', 'expected a list of strings, or one string with commas between'],
  [{ nope: 1 }, 'nope', UNKNOWN],
  [{ group: 'true' }, 'group', 'expected true or false, found "true"'],
  [[], '', 'expected an object, found an empty list'],
])('POST %j is refused with its field and reason', async (payload, field, reason) => {
  const app = await serving();
  const response = await app.inject({ method: 'POST', url: '/v1/search', payload });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ errors: [{ field, reason }] });
});

test('a filter that does not parse is 400', async () => {
  const app = await serving();
  const response = await app.inject({ url: '/v1/search?filter=brand%20%3D' });
  expect(response.statusCode).toBe(400);
  expect(response.json()).toMatchObject({ errors: [{ field: 'filter' }] });
  expect(response.json().detail).toContain('character');
});

test('answers are not cached by browsers, so that a new price shows in the next search', async () => {
  const app = await serving();
  expect((await app.inject({ url: '/v1/search?q=mug' })).headers['cache-control']).toBe('no-store');
});
