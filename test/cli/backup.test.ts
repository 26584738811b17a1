import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { sentenceOf } from '../../src/domain/errors.js';
import { silent } from '../../src/domain/progress.js';
import { restore } from '../../src/pipeline/backup/restore.js';
import { openStore } from '../../src/store/open.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const ask = async (folder: string) =>
  JSON.parse((await runShelfwright(['search', 'warm coat', '--json', ...whereIn(folder)])).stdout);

it('a backup made while the service writes holds every write answered before, and restores elsewhere', async () => {
  const copy = copyOfDemo(inject('demo'), temporaryFolder());
  const { child, ended, output } = startShelfwright(['serve', '--port', '0', ...whereIn(copy)]);
  await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '';
  const acknowledged: { id: string; at: number }[] = [];
  let writing = true;
  const writer = (async () => {
    for (let row = 0; writing; row++) {
      const id = `backed-up-${row}`;
      const body = JSON.stringify([{ id, title: `zebra ${row}` }]);
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(`${address}/v1/products`, { method: 'POST', headers, body });
      if (status === 200) acknowledged.push({ id, at: Date.now() });
    }
  })();
  const to = path.join(temporaryFolder(), 'backup');
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(12);
  const { code, stdout } = await runShelfwright(['backup', to, '--json', ...whereIn(copy)]);
  writing = false;
  await writer;
  child.kill('SIGTERM');
  await ended;
  expect(code).toBe(0);
  const started = Date.parse(JSON.parse(stdout).started);
  const before = acknowledged.filter(({ at }) => at < started);
  expect(before.length).toBeGreaterThan(10);
  const elsewhere = temporaryFolder();
  expect((await runShelfwright(['restore', to, ...whereIn(elsewhere)])).code).toBe(0);
  const store = openStore(path.join(elsewhere, 'data'));
  expect(before.filter(({ id }) => store.products.get(id) === undefined)).toEqual([]);
  store.close();
  const [restored, original] = [await ask(elsewhere), await ask(copy)];
  expect(restored.generation).toBe(original.generation);
  expect(restored.hits.length).toBe(10);
  expect(restored.hits[0].product).toEqual(original.hits[0].product);
});

it('a backup with a byte changed, a file missing or no manifest is refused, and nothing is put in place', async () => {
  const folder = temporaryFolder();
  const to = path.join(folder, 'backup');
  await runShelfwright(['backup', to, ...whereIn(inject('demo'))]);
  const elsewhere = path.join(folder, 'elsewhere');
  const refusal = async () => {
    const places = { dataDir: path.join(elsewhere, 'data'), indexesDir: path.join(elsewhere, 'indexes') };
    return restore({ from: to, ...places, progress: silent }).then(() => 'restored', sentenceOf);
  };
  const manifest = JSON.parse(readFileSync(path.join(to, 'backup.json'), 'utf8'));
  for (const name of Object.keys(manifest.files)) {
    const file = path.join(to, name);
    const bytes = readFileSync(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await refusal()).toContain(`${name} of the backup`);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  }
  expect(readdirSync(elsewhere)).toEqual([]);
  writeFileSync(
    path.join(to, 'backup.json'),
    JSON.stringify({
      ...manifest,
      files: { ...manifest.files, 'data/../../escaped': { bytes: 1, sha256: '0'.repeat(64) } },
    }),
  );
  expect(await refusal()).toMatch(/damaged/);
  rmSync(path.join(to, 'backup.json'));
  expect(await refusal()).toMatch(/no whole backup/);
});

it('a backup writes into no folder that holds something, and a restore neither', async () => {
  const demo = inject('demo');
  const to = path.join(temporaryFolder(), 'backup');
  expect((await runShelfwright(['backup', to, ...whereIn(demo)])).code).toBe(0);
  expect((await runShelfwright(['backup', to, ...whereIn(demo)])).stderr).toMatch(/is not empty/);
  expect(
    (await runShelfwright(['restore', to, ...whereIn(copyOfDemo(demo, temporaryFolder()))])).stderr,
  ).toMatch(/holds something already/);
});
