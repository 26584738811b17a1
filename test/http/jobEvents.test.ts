import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { limitsSchema } from '../../src/configuration/limits.js';
import type { Job } from '../../src/domain/job.js';
import { memoryService } from './memoryService.js';
import { serving } from './serving.js';

const QUEUED: Job = {
  ...{ id: 'j1', kind: 'reindex', state: 'queued', request: {}, created: '2026-11-21T00:00:00.000Z' },
  ...{ started: null, finished: null, attempts: 0, progress: null, report: null, error: null },
};
const RUNNING: Job = { ...QUEUED, state: 'running', progress: { step: 'embed', done: 1, total: 3 } };
const DONE: Job = { ...QUEUED, state: 'done', finished: '2026-11-21T00:01:00.000Z', report: { products: 3 } };

/** An app with one job, which the test changes. */
async function appWith(job: Job, max_job_followers = 2) {
  const now = { job };
  const { jobs } = memoryService([]);
  const app = await serving(
    { jobs: { ...jobs, get: (id) => (id === 'j1' ? now.job : undefined) } },
    { limits: limitsSchema.parse({ max_job_followers }) },
  );
  return { app, now };
}

async function listening(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port }: AddressInfo = Object(app.server.address());
  return `http://127.0.0.1:${port}/v1/jobs/j1/events`;
}

/** Reads from a stream of events until it has `text`, or to its end. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
  let read = '';
  while (!read.includes(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    read += Buffer.from(value).toString();
  }
  return read;
}

function follow(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no body');
  return reader;
}

test('a finished job is sent once, and a client that reconnects stops', async () => {
  const { app } = await appWith(DONE);
  const url = '/v1/jobs/j1/events';
  const answer = await app.inject({ url });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.body).toBe(`event: end\nid: end\ndata: ${JSON.stringify(DONE)}\n\n`);
  expect((await app.inject({ url, headers: { 'last-event-id': 'end' } })).statusCode).toBe(204);
  const unknown = await app.inject({ url: '/v1/jobs/none/events' });
  expect([unknown.statusCode, unknown.json().detail]).toMatchObject([404, /no job "none"/]);
});

test('each change is sent, until the job has ended', async () => {
  const { app, now } = await appWith(QUEUED);
  const reader = follow(await fetch(await listening(app)));
  expect(await readUntil(reader, '\n\n')).toContain('event: progress\nid: 1\ndata: {"id":"j1"');
  now.job = RUNNING;
  expect(await readUntil(reader, '\n\n')).toBe(
    `event: progress\nid: 2\ndata: ${JSON.stringify(RUNNING)}\n\n`,
  );
  now.job = DONE;
  expect(await readUntil(reader, 'never')).toBe(`event: end\nid: end\ndata: ${JSON.stringify(DONE)}\n\n`);
  await app.close();
});

test('followers are limited, do not keep others waiting, and free their place when they leave', async () => {
  const { app } = await appWith(RUNNING, 2);
  const url = await listening(app);
  const leaving = new AbortController();
  const first = await fetch(url, { signal: leaving.signal });
  const second = await fetch(url);
  const third = await fetch(url);
  expect(third.status).toBe(503);
  expect(third.headers.get('retry-after')).toBe('5');
  expect((await fetch(url.replace('/events', ''))).status).toBe(200);
  leaving.abort();
  await expect
    .poll(async () => {
      const again = await fetch(url);
      await again.body?.cancel();
      return again.status;
    })
    .toBe(200);
  await first.body?.cancel().catch(() => undefined);
  // The service does not wait for the job.
  await app.close();
  expect(await readUntil(follow(second), 'never')).toContain('event: progress');
});
