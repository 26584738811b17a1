import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const read = async (folder: string) => {
  const { code, stdout, stderr } = await runInProcess(['status', '--json', ...whereIn(folder)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

it('says what to do next if there is no data, and creates no folder', async () => {
  const folder = path.join(temporaryFolder(), 'shop');
  const { code, stdout } = await runShelfwright(['status', ...whereIn(folder)]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^service +not running$/m);
  expect(stdout).toMatch(/^next +There is no store .* shelfwright import/m);
  expect(existsSync(folder)).toBe(false);
  const store = openStore(path.join(folder, 'data'));
  expect((await read(folder)).next).toMatch(/store is empty/);
  store.products.upsert({ id: 'a', title: 'Mug' });
  store.close();
  const status = await read(folder);
  expect(status).toMatchObject({ running: false, generation: null, store: { products: 1, delta: 1 } });
  expect(status.next).toMatch(/1 products wait to be indexed: shelfwright reindex/);
});

it('reports the state of the demo, also beside a running service, without problems', async () => {
  const copy = copyOfDemo(demo, temporaryFolder());
  const still = await read(copy);
  expect(still).toMatchObject({
    running: false,
    generation: { products: 909, mode: 'hybrid' },
    store: {
      products: 909,
      delta: 0,
      keys: 0,
      last_import: { rows: expect.any(Number), imported: 909 },
      last_backup: null,
    },
    quality: { alerts: [], recommendation: null },
    problems: [],
    next: null,
  });
  expect(still.store.learned.rows).toBeGreaterThan(500);
  expect(still.store.completeness.after).toBeGreaterThan(still.store.completeness.before);
  const { child, ended, output } = startShelfwright(['serve', '--port', '0', ...whereIn(copy)]);
  await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const beside = await runShelfwright(['status', ...whereIn(copy)]);
  child.kill('SIGTERM');
  await ended;
  expect(beside.stdout).toMatch(/^service +running$/m);
  expect(beside.stdout).toMatch(/^serves +909 products, hybrid: generation \S+, .* old, [\d.]+ MB$/m);
  expect(beside.stdout).toMatch(/^ {2}drift +- of 0\.24 /m);
  expect(beside.stdout).not.toMatch(/^!/m);
}, 120_000);

it('reports the last backup, raised alerts and problems of a generation', async () => {
  const copy = copyOfDemo(demo, temporaryFolder());
  const { code } = await runInProcess(['backup', path.join(copy, 'backup'), ...whereIn(copy)]);
  expect(code).toBe(0);
  const store = openStore(path.join(copy, 'data'));
  const since = '2026-11-21T12:00:00.000Z';
  store.alerts.set({ name: 'drift', state: 'raised', since, value: 0.4, threshold: 0.24, posted: true });
  store.close();
  const status = await read(copy);
  expect(status.store.last_backup.products).toBe(909);
  expect(status.quality.alerts).toEqual([{ name: 'drift', since, value: 0.4, threshold: 0.24 }]);
  expect(status.next).toMatch(/shelfwright reindex/);
  const { stdout } = await runInProcess(['status', ...whereIn(copy)]);
  expect(stdout).toMatch(/^! drift .* Alert since 2026-11-21T12:00:00.000Z\.$/m);
}, 120_000);
