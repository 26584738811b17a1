import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type WebhooksSettings, webhooksSchema } from '../../../src/configuration/webhooks.js';
import type { Product } from '../../../src/domain/product.js';
import { Webhooks } from '../../../src/service/webhooks/webhooks.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { receiveWebhooks, type WebhookReceiver } from '../../support/webhookReceiver.js';

const SECRET = 'a secret of both sides';
const WAIT = { timeout: 10_000, interval: 20 };

const changesBody = z.object({
  id: z.string(),
  event: z.literal('products.changed'),
  changes: z.array(z.object({ sequence: z.number(), id: z.string(), kind: z.string() })),
  next: z.number(),
});

let folder: string;
let store: Store;
let receiver: WebhookReceiver;

beforeEach(async () => {
  folder = temporaryFolder();
  store = openStore(folder);
  receiver = await receiveWebhooks();
  return () => store.close();
});

function settings(
  more: Record<string, unknown> = {},
  timing: Record<string, unknown> = {},
): WebhooksSettings {
  return webhooksSchema.parse({
    endpoints: [{ url: receiver.url, secret: SECRET, ...more }],
    ...{ min_pause_seconds: 0.02, max_pause_seconds: 0.05, ...timing },
  });
}

/** Started, and past its first look at the store. */
async function started(given = settings()): Promise<Webhooks> {
  const webhooks = new Webhooks(store, folder, given);
  onTestFinished(() => webhooks.close());
  await new Promise((resolve) => setTimeout(resolve, 50));
  return webhooks;
}

function write(...products: Product[]): void {
  store.transaction(() => {
    for (const product of products) store.products.upsert(product);
  });
}

function endJob(id: string): void {
  store.transaction(() => {
    store.jobs.add(id, 'import', { file: 'products.csv' });
    store.jobs.end(id, { state: 'done', report: { rows: 3 } });
  });
}

const changed = () =>
  receiver.bodies.flatMap((body) => changesBody.safeParse(body).data?.changes.map(({ id }) => id) ?? []);

describe('a delivery', () => {
  it('is signed over timestamp and body, and has an id and an event', async () => {
    write({ id: 'before' });
    await started();
    write({ id: 'a', title: 'Kettle' });
    await expect.poll(changed, WAIT).toEqual(['a']);
    const { headers, text } = receiver.requests[0] ?? { headers: {}, text: '' };
    const timestamp = String(headers['x-shelfwright-timestamp']);
    const expected = createHmac('sha256', SECRET).update(`${timestamp}.${text}`).digest('hex');
    expect(headers['x-shelfwright-signature']).toBe(`sha256=${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect(headers['x-shelfwright-event']).toBe('products.changed');
    expect(JSON.parse(text)).toMatchObject({
      id: headers['x-shelfwright-delivery'],
      next: store.changes.last(),
    });
  });

  it('tells of a finished job with its report', async () => {
    endJob('before');
    await started(settings({ events: ['job.finished'] }));
    write({ id: 'a' });
    endJob('j1');
    await expect.poll(() => receiver.bodies.length, WAIT).toBe(1);
    expect(receiver.bodies[0]).toMatchObject({
      event: 'job.finished',
      job: { id: 'j1', kind: 'import', state: 'done', report: { rows: 3 }, error: null },
    });
  });

  it('is repeated with the same id and body until it is taken, also after 401 and a redirect', async () => {
    const webhooks = await started();
    const reports: (string | undefined)[] = [];
    webhooks.onReport(({ problem }) => reports.push(problem));
    const answers = [500, 401, 302];
    receiver.answer((_, response) => {
      response.writeHead(answers.shift() ?? 204, { location: receiver.url }).end();
    });
    write({ id: 'a' });
    await expect.poll(() => receiver.requests.length, WAIT).toBe(4);
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
    expect(receiver.bodies).not.toContain('GET');
    await expect.poll(() => reports, WAIT).toEqual(['it answered 500', undefined]);
    expect(webhooks.state).toEqual([{ host: new URL(receiver.url).host, failures: 0, problem: undefined }]);
  });
});

describe('a restart', () => {
  it('sends again what was not taken, under its id, and then the rest', async () => {
    const first = await started();
    receiver.answer((_, response) => {
      response.writeHead(503).end();
    });
    write({ id: 'a' });
    endJob('j1');
    await expect.poll(() => receiver.requests.length, WAIT).toBeGreaterThan(0);
    const id = receiver.requests[0]?.headers['x-shelfwright-delivery'];
    await first.close();

    write({ id: 'b' });
    store.transaction(() => store.products.delete('a'));
    receiver.answer((_, response) => {
      response.writeHead(204).end();
    });
    const before = receiver.requests.length;
    await started();
    await expect.poll(changed, WAIT).toContain('b');
    expect(receiver.requests[before]?.headers['x-shelfwright-delivery']).toBe(id);
    const taken = receiver.bodies
      .slice(before)
      .flatMap((body) => changesBody.safeParse(body).data?.changes ?? []);
    expect(taken).toEqual(store.changes.since(0));
    expect(receiver.bodies.slice(before)).toContainEqual(expect.objectContaining({ event: 'job.finished' }));
  });

  it('sends events from then on that the endpoint did not take before', async () => {
    await (await started(settings({ events: ['job.finished'] }))).close();
    write({ id: 'a' });
    await started();
    write({ id: 'b' });
    await expect.poll(changed, WAIT).toEqual(['b']);
  });
});

it('many changes arrive in order, in several deliveries', async () => {
  await started();
  const ids = Array.from({ length: 2300 }, (_, number) => `p${number}`);
  write(...ids.map((id) => ({ id })));
  await expect.poll(changed, WAIT).toEqual(ids);
  expect(receiver.requests).toHaveLength(3);
});

it('of two services over one store one sends, and the other when that ends', async () => {
  const first = await started();
  await started();
  write({ id: 'a' });
  await expect.poll(changed, WAIT).toEqual(['a']);
  await first.close();
  write({ id: 'b' });
  await expect.poll(changed, WAIT).toEqual(['a', 'b']);
});

it('a receiver that never answers delays neither writes nor another receiver nor the end', async () => {
  const silent = await receiveWebhooks();
  silent.answer(() => {});
  const both = webhooksSchema.parse({
    endpoints: [
      { url: silent.url, secret: SECRET },
      { url: receiver.url, secret: SECRET },
    ],
    timeout_seconds: 60,
  });
  const webhooks = await started(both);
  write({ id: 'a' });
  await expect.poll(() => silent.requests.length, WAIT).toBe(1);
  write({ id: 'b' });
  await expect.poll(changed, WAIT).toEqual(['a', 'b']);
  const start = performance.now();
  await webhooks.close();
  expect(performance.now() - start).toBeLessThan(5000);
});

it('a missing secret is an error at the start', () => {
  const endpoint = { url: receiver.url };
  const open = (more: Record<string, string>) =>
    new Webhooks(store, folder, webhooksSchema.parse({ endpoints: [{ ...endpoint, ...more }] }));
  expect(() => open({ secret_env: 'NO_SUCH_VARIABLE' })).toThrow(
    /expected one in the variable NO_SUCH_VARIABLE/,
  );
  expect(() => open({ secret_file: '/no/such/file' })).toThrow(/cannot be read \(.*\): check secret_file/);
});
