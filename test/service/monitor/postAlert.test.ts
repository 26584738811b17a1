import { expect, test } from 'vitest';
import type { Alert } from '../../../src/service/monitor/alert.js';
import { postAlert } from '../../../src/service/monitor/postAlert.js';
import { receiveWebhooks } from '../../support/webhookReceiver.js';

const alert: Alert = {
  format: 1,
  event: 'raised',
  alert: 'drift',
  value: 0.4,
  threshold: 0.22,
  at: '2026-11-21T12:00:00.000Z',
  generation: 'g1',
  sentence: 'New products are unlike the old ones.',
  recommendation: 'Learn again.',
};
const where = { webhook_timeout_seconds: 1, max_webhook_attempts: 2 };
const never = new AbortController().signal;

test('posts an alert as JSON, and again after a failure', async () => {
  const receiver = await receiveWebhooks();
  let asked = 0;
  receiver.answer((_, response) => {
    response.writeHead(asked++ === 0 ? 503 : 200).end();
  });
  expect(await postAlert(receiver.url, alert, where, never)).toBeUndefined();
  expect(receiver.bodies).toEqual([alert, alert]);
});

test('retries as often as configured after a refusal, a redirect, a timeout or no connection, and never throws', async () => {
  const receiver = await receiveWebhooks();
  const elsewhere = await receiveWebhooks();
  receiver.answer((_, response) => {
    response.writeHead(307, { location: elsewhere.url }).end();
  });
  expect(await postAlert(receiver.url, alert, where, never)).toMatch(/drift \(it answered 307\)/);
  expect(receiver.bodies).toHaveLength(2);
  expect(elsewhere.bodies).toEqual([]);
  receiver.answer(() => {});
  const once = { ...where, max_webhook_attempts: 1 };
  expect(await postAlert(receiver.url, alert, once, never)).toMatch(/did not answer in time/);
  const gone = await postAlert('http://127.0.0.1:9/hook?secret=abc', alert, once, never);
  expect(gone).toMatch(/did not take the alert drift \(.+\)/);
  expect(gone).not.toMatch(/secret|127\.0\.0\.1/);
});

test('does not delay the end of the service', async () => {
  const receiver = await receiveWebhooks();
  receiver.answer(() => {});
  const ending = new AbortController();
  const started = performance.now();
  setTimeout(() => ending.abort(), 50);
  const patient = { webhook_timeout_seconds: 30, max_webhook_attempts: 5 };
  expect(await postAlert(receiver.url, alert, patient, ending.signal)).toMatch(/not take/);
  expect(performance.now() - started).toBeLessThan(5000);
});
