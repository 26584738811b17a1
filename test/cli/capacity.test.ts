import path from 'node:path';
import { expect, test } from 'vitest';
import { QueryLog } from '../../src/store/queryLog.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const PARTS = ['understand', 'embed', 'retrieve', 'rank'];

test('shelfwright capacity measures with words of titles, or with the queries of the log if there are enough', async () => {
  const folder = copyOfDemo(demo, temporaryFolder());
  const run = (...flags: string[]) => runInProcess(['capacity', ...flags, ...whereIn(folder)]);
  const first = await run('--seconds', '1', '--json');
  expect(first.code).toBe(0);
  const report = JSON.parse(first.stdout);
  expect(report).toMatchObject({ seconds: 1, max_p95_ms: 100, queries: { from: 'titles' } });
  expect(report.products).toBeGreaterThan(100);
  expect(report.levels.map((level: { clients: number }) => level.clients)).toEqual([1, 2, 4, 8, 16, 32]);
  for (const level of report.levels) {
    expect(level.searches_per_second).toBeGreaterThan(0);
    expect(level.p95_ms).toBeGreaterThanOrEqual(level.p50_ms);
  }
  expect(Object.keys(report.parts_ms)).toEqual(PARTS);
  for (const part of PARTS) expect(report.parts_ms[part]).toBeGreaterThan(0);
  expect(['embedding', 'retrieval', 'ranking']).toContain(report.bottleneck);

  const log = new QueryLog(path.join(folder, 'data', 'store.sqlite'), 1000);
  const day = new Date().toISOString().slice(0, 10);
  log.add(
    Array.from({ length: 20 }, (_, n) => ({
      ...{ query: `mug ${n}`, day, mode: 'hybrid' as const, corrected: false, filtered: false, total: 1 },
    })),
  );
  log.close();
  const second = await run('--seconds', '1', '--p95', '60000');
  expect(second.stdout).toMatch(
    /^[\d.]+\/s with a p95 of [\d.]+ ms, with \d+ clients?, among \d+ products\n/,
  );
  expect(second.stdout).toContain('20 queries of the log, as often as they were asked');
  expect(second.stdout).toMatch(/^bottleneck: /m);
  expect((await run('--seconds', '0')).code).toBe(2);
});
