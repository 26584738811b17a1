import { expect, test } from 'vitest';
import type { TimingListener } from '../../src/service/reader.js';
import { serving } from './serving.js';

async function scraped(app: Awaited<ReturnType<typeof serving>>): Promise<string> {
  const answer = await app.inject({ url: '/metrics' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  return answer.body;
}

test('metrics count searches by mode and result, and hits by tier', async () => {
  const app = await serving();
  await app.inject({ url: '/v1/search?q=mug' });
  await app.inject({ url: '/v1/search?q=zebra' });
  await app.inject({ method: 'POST', url: '/v1/search', payload: { q: 'mug' } });
  const text = await scraped(app);
  expect(text).toMatch(/^shelfwright_searches_total\{mode="hybrid",found="some"\} 2$/m);
  expect(text).toMatch(/^shelfwright_searches_total\{mode="hybrid",found="none"\} 1$/m);
  expect(text).toMatch(/^shelfwright_search_hits_total\{tier="all"\} 4$/m);
  expect(text).toMatch(/^shelfwright_search_duration_seconds_count\{mode="hybrid"\} 3$/m);
});

test('metrics time requests by route, without queries, ids or addresses', async () => {
  const app = await serving();
  await app.inject({ url: '/v1/search?q=secret-words' });
  await app.inject({ url: '/v1/products/secret-id' });
  await app.inject({ url: '/secret-path' });
  const text = await scraped(app);
  expect(text).toMatch(
    /^shelfwright_http_request_duration_seconds_count\{method="GET",route="\/v1\/search",status="200"\} 1$/m,
  );
  expect(text).toMatch(/route="\/v1\/products\/:id",status="404"\} 1$/m);
  expect(text).not.toMatch(/secret/);
});

test('metrics show the current state of the service', async () => {
  const text = await scraped(await serving());
  for (const line of [
    'products 3',
    'max_delta_products 2',
    'generation_age_seconds 60',
    'jobs_queued 1',
    'degraded 0',
  ]) {
    expect(text).toContain(`\nshelfwright_${line}\n`);
  }
  expect(text).toContain('shelfwright_process_cpu_seconds_total');
});

test('metrics count imported and quarantined rows', async () => {
  const text = await scraped(await serving());
  expect(text).toContain('\nshelfwright_imported_rows 20\n');
  expect(text).toContain('\nshelfwright_quarantined_rows 7\n');
});

const QUALITY = {
  format: 1,
  at: new Date().toISOString(),
  generation: 'g1',
  measures: [
    { name: 'drift', value: 0.4, threshold: 0.22, of: 300, state: 'known', sentence: 'Far.' },
    { name: 'zero_hits', value: null, threshold: 0.3, of: 2, state: 'few', sentence: 'Few.' },
  ],
} as const;

test('metrics show measured quality, thresholds and raised alerts', async () => {
  const raised = {
    name: 'drift',
    state: 'raised',
    since: QUALITY.at,
    value: 0.4,
    threshold: 0.22,
    posted: true,
  } as const;
  const state = {
    quality: { ...QUALITY, measures: [...QUALITY.measures] },
    alerts: [raised, { ...raised, name: 'delta', state: 'cleared' as const }],
    unposted: 3,
    problem: undefined,
  };
  const text = await scraped(await serving({ monitor: { state, onAlert: () => {}, onProblem: () => {} } }));
  for (const line of [
    'quality{measure="drift"} 0.4',
    'quality_threshold{measure="zero_hits"} 0.3',
    'alert{name="drift"} 1',
    'alert{name="zero_hits"} 0',
    'alert{name="delta"} 0',
    'alerts_unposted 3',
  ]) {
    expect(text).toContain(`\nshelfwright_${line}\n`);
  }
  expect(text).not.toContain('quality{measure="zero_hits"}');
  expect(text).toMatch(/^shelfwright_quality_age_seconds \d/m);
});

test('metrics time the parts of every search, explained or not', async () => {
  let report: TimingListener = () => {};
  const app = await serving({
    onSearched: (listen) => {
      report = listen;
    },
  });
  report({ understand: 1, embed: 4, retrieve: 2, rank: 1 });
  report({ understand: 1, embed: 0, retrieve: 2, rank: 1 });
  const text = await scraped(app);
  expect(text).toMatch(/^shelfwright_search_part_duration_seconds_count\{part="embed"\} 2$/m);
  expect(text).toMatch(/^shelfwright_search_part_duration_seconds_sum\{part="embed"\} 0\.004$/m);
});
