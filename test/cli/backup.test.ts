import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { restore } from '../../src/catalog/backup/restore.js';
import { sentenceOf } from '../../src/domain/errors.js';
import { silent } from '../../src/domain/progress.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('refuses a backup with a changed byte, a missing file or no manifest, and restores nothing', async () => {
  const folder = temporaryFolder();
  const to = path.join(folder, 'backup');
  await runShelfwright(['backup', to, ...whereIn(demo)]);
  const elsewhere = path.join(folder, 'elsewhere');
  const refusal = async () => {
    const folders = { dataDir: path.join(elsewhere, 'data'), indexesDir: path.join(elsewhere, 'indexes') };
    return restore({ from: to, ...folders, progress: silent }).then(() => 'restored', sentenceOf);
  };
  const manifest = JSON.parse(readFileSync(path.join(to, 'backup.json'), 'utf8'));
  for (const name of ['backup.json', ...Object.keys(manifest.files)])
    expect([name, statSync(path.join(to, name)).mode & 0o077]).toEqual([name, 0]);
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
  expect(await refusal()).toMatch(/not a complete backup/);
});

it('backup and restore refuse a folder that is not empty', async () => {
  const to = path.join(temporaryFolder(), 'backup');
  expect((await runInProcess(['backup', to, ...whereIn(demo)])).code).toBe(0);
  expect((await runInProcess(['backup', to, ...whereIn(demo)])).stderr).toMatch(/is not empty/);
  expect(
    (await runShelfwright(['restore', to, ...whereIn(copyOfDemo(demo, temporaryFolder()))])).stderr,
  ).toMatch(/is not empty/);
});
