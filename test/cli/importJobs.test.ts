import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { jobSchema } from '../../src/domain/job.js';
import { openStore } from '../../src/store/open.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

async function serve(where: readonly string[]) {
  const { child, ended, output } = startShelfwright(['serve', '--port', '0', ...where]);
  await expect.poll(output, { timeout: 60_000 }).toMatch(ADDRESS);
  const address = ADDRESS.exec(output())?.[0] ?? '';
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { address, kill };
}

/** Without a model, so that no text is embedded; lexical search is enough here. */
function places() {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const where = [
    '--data',
    data,
    '--indexes',
    path.join(folder, 'indexes'),
    '--model',
    path.join(folder, 'none'),
  ];
  return { folder, data, where };
}

it('an import interrupted by a kill resumes in the next service with correct counts, and a command waits for it', async () => {
  const { folder, data, where } = places();
  const rows = Array.from({ length: 30_000 }, (_, i) =>
    JSON.stringify({ ...(i % 1000 !== 7 && { id: `p${i}` }), title: `thing ${i}` }),
  );
  let service = await serve(where);
  const sent = await fetch(`${service.address}/v1/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': 'tonight' },
    body: rows.join('\n'),
  });
  expect(sent.status).toBe(202);
  const accepted = await sent.text();
  const { id } = JSON.parse(accepted);
  const job = async () => jobSchema.parse(await (await fetch(`${service.address}/v1/jobs/${id}`)).json());
  await expect
    .poll(async () => (await job()).progress?.done ?? 0, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(2000);
  const file = path.join(folder, 'more.csv');
  writeFileSync(file, 'id,title\nx,Mug\n');
  const meanwhile = await runShelfwright(['import', file, ...where]);
  expect([meanwhile.code, meanwhile.stderr]).toEqual([1, expect.stringContaining('is running')]);
  await service.kill();
  service = await serve(where);
  const again = await fetch(`${service.address}/v1/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': 'tonight' },
    body: rows.join('\n'),
  });
  expect([again.status, await again.text()]).toEqual([202, accepted]);
  await expect.poll(async () => (await job()).finished, { timeout: 120_000 }).not.toBeNull();
  expect(await job()).toMatchObject({
    ...{ state: 'done', attempts: 2 },
    report: { rows: 30_000, imported: 29_970, updated: 0, unchanged: 0, deleted: 0, quarantined: 30 },
  });
  await service.kill();
  const listed = await runShelfwright(['jobs', '--data', data]);
  expect(listed.stdout).toMatch(new RegExp(`${id} {2}import {2}done`));
});

it('writes repeated with their idempotency keys after kill -9 take effect once', async () => {
  const { data, where } = places();
  let service = await serve(where);
  const write = async (row: number) => {
    const response = await fetch(`${service.address}/v1/products`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `write-${row}` },
      body: JSON.stringify([{ id: `p${row}`, title: `zebra ${row}` }]),
    });
    return response.text();
  };
  const answers: string[] = [];
  const stop = setTimeout(() => void service.kill(), 1000);
  try {
    for (;;) answers.push(await write(answers.length));
  } catch {
    clearTimeout(stop);
  }
  expect(answers.length).toBeGreaterThan(5);
  await service.kill();
  service = await serve(where);
  // The interrupted write may have reached the disk or not; either way the row is created once.
  for (let row = Math.max(0, answers.length - 20); row <= answers.length; row++) {
    expect(await write(row)).toBe(
      answers[row] ?? JSON.stringify({ results: [{ id: `p${row}`, status: 'created' }] }),
    );
  }
  await service.kill();
  const store = openStore(data);
  expect(store.products.count()).toBe(answers.length + 1);
  expect(store.changes.last()).toBe(answers.length + 1);
  store.close();
});
