import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

it('a reindex killed after embedding resumes from the embedding cache', async () => {
  const folder = temporaryFolder();
  const where = whereIn(folder);
  const file = fileOf(
    '.jsonl',
    smallCatalog()
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  await runInProcess(['import', file, ...where]);
  const { child, ended } = startShelfwright(['reindex', ...where], {
    SHELFWRIGHT_FAULT: 'reindex.embedded',
  });
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  const { code, stdout } = await runShelfwright(['reindex', '--json', ...where]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ embedded: 0, reused: smallCatalog().length });
});

it('a killed rollback is atomic, and the next reindex removes its leftovers', async () => {
  const copy = copyOfDemo(demo, temporaryFolder());
  const where = whereIn(copy);
  await runShelfwright(['reindex', ...where]);
  const indexes = path.join(copy, 'indexes');
  const current = () => readFileSync(path.join(indexes, 'current'), 'utf8').trim();
  const newer = current();
  const rollBackKilledAt = async (step: string) => {
    const { child, ended } = startShelfwright(['generations', 'rollback', ...where], {
      SHELFWRIGHT_FAULT: step,
    });
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
  };
  await rollBackKilledAt('current.written');
  expect(current()).toBe(newer);
  await rollBackKilledAt('current.renamed');
  expect(current() < newer).toBe(true);
  expect((await runInProcess(['search', 'warm coat', ...where])).stdout).toContain(current());
  await runShelfwright(['reindex', ...where]);
  expect(readdirSync(indexes).filter((name) => name.startsWith('.'))).toEqual(['.reindex.lock']);
}, 180_000);

it('commands work with a damaged current file if a generation is intact, and a reindex repairs it', async () => {
  const copy = copyOfDemo(demo, temporaryFolder());
  const where = whereIn(copy);
  const current = path.join(copy, 'indexes', 'current');
  const id = readFileSync(current, 'utf8').trim();
  writeFileSync(current, `X${id.slice(1)}`);
  const search = await runInProcess(['search', 'warm coat', '--json', ...where]);
  expect(JSON.parse(search.stdout)).toMatchObject({ generation: id });
  expect(search.stderr).toMatch(/expected a generation id/);
  expect((await runInProcess(['generations', ...where])).stdout).toContain(id);
  const { generation } = JSON.parse((await runShelfwright(['reindex', '--json', ...where])).stdout);
  expect(readFileSync(current, 'utf8').trim()).toBe(generation);
}, 180_000);

it('a current file without a valid generation fails a command with a message, without waiting', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'indexes'));
  writeFileSync(path.join(folder, 'indexes', 'current'), 'nonsense');
  for (const command of [
    ['search', 'mug'],
    ['serve', '--port', '0'],
  ]) {
    const { code, stderr } = await runShelfwright([...command, ...whereIn(folder)]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('"nonsense", expected a generation id')]);
  }
});

it('search without an index says what to do', async () => {
  const { code, stderr } = await runShelfwright(['search', 'mug', ...whereIn(temporaryFolder())]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('run shelfwright import <file>')]);
});
