import { expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.js';
import type { Alert } from '../../src/service/monitor/alert.js';
import { products, webDir } from './serving.js';
import { smallShop } from './smallShop.js';

test('an alert is a line of the log, with its figures beside the sentence', async () => {
  const lines: unknown[] = [];
  const hearers: ((alert: Alert) => void)[] = [];
  const sufferers: ((problem: string) => void)[] = [];
  const state = { quality: undefined, alerts: [], unposted: 0, problem: undefined };
  const monitor = {
    state,
    onAlert: (hear: (alert: Alert) => void) => void hearers.push(hear),
    onProblem: (hear: (problem: string) => void) => void sufferers.push(hear),
  };
  const logger = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const app = await buildApp({ shop: smallShop(products, { monitor }), webDir, logger });
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
  for (const hear of hearers) {
    hear(alert);
    hear({ ...alert, event: 'cleared', recommendation: null });
  }
  for (const suffer of sufferers) suffer('The webhook did not take it.');
  const { sentence: _, recommendation: __, ...figures } = alert;
  expect(lines).toMatchObject([
    { level: 'warn', alert: figures, msg: 'Far off. Learn anew.' },
    { level: 'info', alert: { event: 'cleared' }, msg: 'Far off.' },
    { level: 'warn', msg: 'The webhook did not take it.' },
  ]);
  await app.close();
});
