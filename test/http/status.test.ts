import { expect, test } from 'vitest';
import { packageVersion } from '../../src/configuration/packagePaths.js';
import { memoryService } from './memoryService.js';
import { serving } from './serving.js';

test('the status shows what serves, what waits and what is wrong', async () => {
  const quality = {
    ...{ format: 1 as const, at: '2026-11-21T00:00:00.000Z', generation: 'g1' },
    measures: [
      {
        ...{ name: 'delta' as const, value: 0.3, threshold: 0.2, of: 10 },
        ...{ state: 'known' as const, sentence: 'Much has changed.' },
      },
    ],
  };
  const alert = { name: 'delta', state: 'raised' as const, since: '2026-11-21T00:00:00.000Z' };
  const alerts = [
    { ...alert, value: 0.3, threshold: 0.2, posted: true },
    { ...alert, name: 'drift', state: 'cleared' as const, value: 1, threshold: 2, posted: true },
  ];
  const { monitor, health } = memoryService([]);
  const app = await serving({
    monitor: { ...monitor, state: { quality, alerts, unposted: 0, problem: undefined } },
    health: () => ({ ...health(), products: 3, mode: 'lexical', reasons: ['No model.'] }),
  });
  for (let i = 0; i < 3; i++) await app.inject({ method: 'POST', url: '/v1/reindex' });
  const answer = await app.inject({ url: '/v1/status' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    version: packageVersion(),
    started: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    ...{ mode: 'lexical', degraded: true, reasons: ['No model.'], products: 3, delta: 2 },
    generation: { id: 'g1', model: 'm', age_seconds: expect.any(Number) },
    jobs: { queued: 1, running: null, latest: [{ id: 'j3' }, { id: 'j2' }, { id: 'j1' }] },
    imports: { rows: 20, quarantined: 7 },
    quality: {
      at: quality.at,
      measures: [{ name: 'delta' }],
      alerts: [{ name: 'delta', since: alert.since, value: 0.3, threshold: 0.2 }],
    },
  });
});

test('before the first measurement and without a readable store, the status says so', async () => {
  const { figures } = memoryService([]);
  const unknown = { jobsQueued: Number.NaN, importedRows: Number.NaN, quarantinedRows: Number.NaN };
  const app = await serving({ figures: () => ({ ...figures(), ...unknown }) });
  expect((await app.inject({ url: '/v1/status' })).json()).toMatchObject({
    ...{ degraded: false, imports: null, quality: null },
    jobs: { queued: 0 },
  });
});
