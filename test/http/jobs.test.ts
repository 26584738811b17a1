import { expect, test } from 'vitest';
import { serving } from './serving.js';

const reindex = { method: 'POST', url: '/v1/reindex' } as const;

test('a reindex is queued with or without a body, and its location shows its state', async () => {
  const app = await serving();
  const queued = await app.inject({ ...reindex, payload: { enrich: false } });
  expect(queued.statusCode).toBe(202);
  expect(queued.json()).toMatchObject({ kind: 'reindex', request: { enrich: false, allow_shrink: false } });
  const shown = await app.inject({ url: String(queued.headers.location) });
  expect(shown.json()).toEqual(queued.json());
  const bare = await app.inject(reindex);
  expect(bare.json()).toMatchObject({ request: { enrich: true, allow_shrink: false } });
  const { jobs } = (await app.inject({ url: '/v1/jobs' })).json();
  expect(jobs.map(({ id }: { id: string }) => id)).toEqual(['j2', 'j1']);
});

test('an invalid request, an unknown job and too many jobs are refused with a message', async () => {
  const app = await serving();
  const wrong = await app.inject({ ...reindex, payload: { enrich: 'yes' } });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.json().errors[0].field).toBe('enrich');
  expect((await app.inject({ ...reindex, payload: { enrihc: true } })).statusCode).toBe(400);
  for (const url of ['/v1/jobs/none', '/v1/jobs/none/cancel']) {
    const method = url.endsWith('cancel') ? 'POST' : 'GET';
    const missing = await app.inject({ method, url });
    expect(missing.statusCode).toBe(404);
    expect(missing.json().detail).toMatch(/no job "none"/);
  }
  for (let i = 0; i < 3; i++) await app.inject(reindex);
  const busy = await app.inject(reindex);
  expect(busy.statusCode).toBe(503);
  expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0);
  expect(busy.json().detail).toMatch(/waiting already/);
});

test("another site's page may not start a reindex", async () => {
  const app = await serving();
  const answer = await app.inject({ ...reindex, headers: { origin: 'http://elsewhere.example' } });
  expect(answer.statusCode).toBe(403);
});
