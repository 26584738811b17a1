import { expect, test } from 'vitest';
import { buildApp } from '../../../src/http/app.js';
import type { Alert } from '../../../src/service/monitor/alert.js';
import { memoryService } from '../memoryService.js';
import { products, webDir } from '../serving.js';

test('an alert is logged with its message and figures', async () => {
  const lines: unknown[] = [];
  const alertListeners: ((alert: Alert) => void)[] = [];
  const problemListeners: ((problem: string) => void)[] = [];
  const state = { quality: undefined, alerts: [], unposted: 0, problem: undefined };
  const monitor = {
    state,
    onAlert: (listener: (alert: Alert) => void) => void alertListeners.push(listener),
    onProblem: (listener: (problem: string) => void) => void problemListeners.push(listener),
  };
  const logger = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const app = await buildApp({ service: memoryService(products, { monitor }), webDir, logger });
  const alert: Alert = {
    format: 1,
    event: 'raised',
    alert: 'drift',
    value: 0.4,
    threshold: 0.22,
    at: '2026-11-21T12:00:00.000Z',
    generation: 'g1',
    sentence: 'Far off.',
    recommendation: 'Learn anew.',
  };
  for (const listener of alertListeners) {
    listener(alert);
    listener({ ...alert, event: 'cleared', recommendation: null });
  }
  for (const listener of problemListeners) listener('The webhook refused the post.');
  const { sentence: _, recommendation: __, ...figures } = alert;
  expect(lines).toMatchObject([
    { level: 'warn', alert: figures, msg: 'Far off. Learn anew.' },
    { level: 'info', alert: { event: 'cleared' }, msg: 'Far off.' },
    { level: 'warn', msg: 'The webhook refused the post.' },
  ]);
  await app.close();
});
