import { expect, test } from 'vitest';
import type { SuggestRequest } from '../../src/search/suggest/suggestSchemas.js';
import { serving } from './serving.js';

async function recordingApp() {
  const requests: SuggestRequest[] = [];
  const app = await serving({
    async suggest(request) {
      requests.push(request);
      return { query: request.q, suggestions: [], took_ms: 0.1 };
    },
  });
  return { requests, app };
}

test('a prefix is completed', async () => {
  const { requests, app } = await recordingApp();
  const answer = await app.inject({ url: '/v1/suggest?q=red%20sh&limit=3' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ query: 'red sh', suggestions: [], took_ms: 0.1 });
  await app.inject({ url: '/v1/suggest' });
  expect(requests).toEqual([
    { q: 'red sh', limit: 3 },
    { q: '', limit: 10 },
  ]);
});

test.each([
  ['limit=0', 'limit', 'expected at least 1, found 0'],
  ['limit=51', 'limit', 'expected at most 50, found 51'],
  ['limit=x', 'limit', 'expected a whole number of at least 1, found "x"'],
  ['q=a&q=b', 'q', 'given more than once; give it once'],
  ['prefix=a', 'prefix', 'unknown; expected one of q, limit'],
  [
    `q=${'a'.repeat(1001)}`,
    'q',
    `expected at most 1000 characters, found "${'a'.repeat(60)}…" of 1001 characters`,
  ],
])('%s is refused with a message', async (query, field, reason) => {
  const { app } = await recordingApp();
  const answer = await app.inject({ url: `/v1/suggest?${query}` });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors).toEqual([{ field, reason }]);
});

test.each(['%00%07', '%ED%A0%80', '%F0%9F%98%80', "'%22%5C"])('%s is answered', async (q) => {
  const { app } = await recordingApp();
  expect((await app.inject({ url: `/v1/suggest?q=${q}` })).statusCode).toBe(200);
});
