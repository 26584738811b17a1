import fastify from 'fastify';
import { expect, it } from 'vitest';
import { logWebhooks } from '../../../src/http/logging/logWebhooks.js';
import type { WebhookNotices } from '../../../src/service/service.js';

it('logs once that a webhook fails, and once that it is back', async () => {
  const lines: string[] = [];
  const app = fastify({ logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } } });
  const listeners: Parameters<WebhookNotices['onReport']>[0][] = [];
  logWebhooks(app, { state: [], onReport: (listener) => listeners.push(listener) });
  expect(listeners).toHaveLength(1);
  for (const listener of listeners) {
    listener({ host: 'hooks.example', failures: 1, problem: 'it answered 500' });
    listener({ host: 'hooks.example', failures: 0, problem: undefined });
  }
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      ...{ level: 40, webhook: 'hooks.example' },
      msg: 'The webhook at hooks.example did not take a delivery (it answered 500); it is repeated until it is taken.',
    },
    { level: 30, webhook: 'hooks.example', msg: 'The webhook at hooks.example takes deliveries again.' },
  ]);
  await app.close();
});
