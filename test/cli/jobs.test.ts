import path from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

test('jobs can be listed and cancelled', async () => {
  const data = path.join(temporaryFolder(), 'data');
  expect((await runInProcess(['jobs', '--data', data])).stdout).toMatch(/No job yet/);
  const store = openStore(data);
  store.jobs.add('first', 'reindex', { enrich: true });
  store.jobs.add('second', 'reindex', { enrich: false });
  store.jobs.end('first', { state: 'failed', error: 'The disk is full.' });
  const listed = await runShelfwright(['jobs', 'list', '--data', data]);
  expect(listed.stdout).toMatch(/second {2}reindex {2}queued/);
  expect(listed.stdout).toMatch(/first {2}reindex {2}failed .*The disk is full\./);
  expect((await runInProcess(['jobs', 'cancel', 'second', '--data', data])).stdout).toMatch(/will stop job/);
  expect(store.jobs.isCancelling('second')).toBe(true);
  expect((await runInProcess(['jobs', 'cancel', 'first', '--data', data])).stdout).toMatch(
    /has already ended: failed/,
  );
  const unknown = await runInProcess(['jobs', 'cancel', 'third', '--data', data]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/no job third/);
  store.close();
});
