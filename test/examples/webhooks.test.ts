import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { webhooksSchema } from '../../src/configuration/webhooks.js';
import { emptyFolders } from '../support/indexedCatalog.js';
import { serveFolders } from './runExample.js';

const WAIT = { timeout: 20_000 };

/** The receiver with this secret on a port (0: a free one), its lines, and its end. */
async function receiver(secret: string, port = 0) {
  const child = spawn(process.execPath, ['examples/webhooks/receiver.mjs', String(port)], {
    env: { ...process.env, WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  const lines = () => text.split('\n').slice(1, -1);
  await expect.poll(() => text, WAIT).toContain('listening');
  const url = /http:\S+/.exec(text)?.[0] ?? '';
  const end = () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    return ended;
  };
  return { url, lines, end };
}

it('webhooks: the receiver refuses another secret, and gets everything once it has the right one', async () => {
  const secret = 'a secret of both sides';
  const wrong = await receiver('another secret, not that');
  const settings = {
    endpoints: [{ url: `${wrong.url}/hooks`, secret }],
    min_pause_seconds: 0.05,
    max_pause_seconds: 0.1,
  };
  const address = await serveFolders(emptyFolders(), {}, { webhooks: webhooksSchema.parse(settings) });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const post = (body: unknown) =>
    fetch(`${address}/v1/products`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await post([{ id: 'a' }, { id: 'b' }])).ok).toBe(true);
  await expect.poll(wrong.lines, WAIT).toContain('refused: the signature is wrong');
  await wrong.end();

  // Nothing listens, and the service answers as before.
  expect((await post({ id: 'c' })).ok).toBe(true);
  const right = await receiver(secret, Number(new URL(wrong.url).port));
  expect((await fetch(`${address}/v1/products/a`, { method: 'DELETE' })).ok).toBe(true);
  const job = await fetch(`${address}/v1/import`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'id,title\nd,Teapot\n',
  });
  expect(job.status).toBe(202);
  await expect
    .poll(right.lines, WAIT)
    .toEqual(
      expect.arrayContaining([
        ...['change 1: a content', 'change 2: b content', 'change 3: c content', 'change 4: a delete'],
        ...['change 5: d content', 'job import: done'],
      ]),
    );
  expect(new Set(right.lines()).size).toBe(right.lines().length);
});
