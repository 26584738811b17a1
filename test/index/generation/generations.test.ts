import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activateGeneration, rollbackGeneration } from '../../../src/index/generation/activateGeneration.js';
import { FILES } from '../../../src/index/generation/generationFiles.js';
import {
  currentGeneration,
  listGenerations,
  newGenerationId,
} from '../../../src/index/generation/generations.js';
import { GenerationWriter } from '../../../src/index/generation/generationWriter.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import {
  pruneGenerations,
  removeGeneration,
  sweepLeftovers,
} from '../../../src/index/generation/pruneGenerations.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';

async function make(dir: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { manifest } = await makeGeneration(dir, [{ id: `p${i}` }]);
    ids.push(manifest.id);
  }
  return ids;
}

test('ids sort by time', () => {
  expect(newGenerationId(new Date('2026-11-21T11:02:03Z'))).toMatch(/^20261121-110203-[0-9a-f]{4}$/);
});

test('current names the activated generation; rollback activates earlier ones until there is none', async () => {
  const dir = temporaryFolder();
  expect(await currentGeneration(dir)).toBeUndefined();
  expect(await listGenerations(join(dir, 'absent'))).toEqual([]);
  await expect(rollbackGeneration(dir)).rejects.toThrow(/nothing to go back from/);
  const [first = '', second = '', third = ''] = await make(dir, 3);
  await activateGeneration(dir, third);
  expect((await listGenerations(dir)).map(({ id, current }) => [id, current])).toEqual([
    [first, false],
    [second, false],
    [third, true],
  ]);
  expect(await readFile(join(dir, 'current'), 'utf8')).toBe(`${third}\n`);
  expect(await rollbackGeneration(dir)).toBe(second);
  await rm(join(dir, first, 'manifest.json'));
  await expect(rollbackGeneration(dir)).rejects.toThrow(
    /no whole generation before .*manifest\.json cannot be read/,
  );
  expect(await currentGeneration(dir)).toBe(second);
});

test('does not activate a damaged or missing generation, and keeps current', async () => {
  const dir = temporaryFolder();
  const [first = '', second = ''] = await make(dir, 2);
  await activateGeneration(dir, first);
  await expect(activateGeneration(dir, '20200101-000000-0000')).rejects.toThrow(/There is no generation/);
  await expect(activateGeneration(dir, '../../etc')).rejects.toThrow(/is no generation id/);
  await expect(openGeneration(dir, '20200101-000000-0000')).rejects.toThrow(/There is no generation/);
  await rm(join(dir, second, FILES.columns));
  await expect(activateGeneration(dir, second)).rejects.toThrow(/columns.bin is missing/);
  expect(await currentGeneration(dir)).toBe(first);
  await writeFile(join(dir, 'current'), 'rubbish');
  await expect(currentGeneration(dir)).rejects.toThrow(/expected a generation id/);
});

test('readers of current see one id or the other during a switch', async () => {
  const dir = temporaryFolder();
  const ids = await make(dir, 2);
  await activateGeneration(dir, ids[0] ?? '');
  let done = false;
  const reading = (async () => {
    while (!done) expect(ids).toContain(await currentGeneration(dir));
  })();
  for (let i = 0; i < 30; i++) await activateGeneration(dir, ids[i % 2] ?? '');
  done = true;
  await reading;
});

test('activates the same generation concurrently', async () => {
  const dir = temporaryFolder();
  const [id = ''] = await make(dir, 1);
  await Promise.all(Array.from({ length: 20 }, () => activateGeneration(dir, id)));
  expect(await currentGeneration(dir)).toBe(id);
  expect((await readdir(dir)).filter((name) => name.startsWith('.current'))).toEqual([]);
});

test('pruning keeps the newest, the current one and the one before it', async () => {
  const dir = temporaryFolder();
  const ids = await make(dir, 6);
  await activateGeneration(dir, ids[1] ?? '');
  expect(await pruneGenerations(dir, 3)).toEqual([ids[2]]);
  await activateGeneration(dir, ids[5] ?? '');
  expect(await pruneGenerations(dir, 1)).toEqual([ids[0], ids[1], ids[3]]);
  expect((await listGenerations(dir)).map(({ id }) => id)).toEqual([ids[4], ids[5]]);
  await expect(removeGeneration(dir, ids[5] ?? '')).rejects.toThrow(/serves now/);
});

test('sweeps leftovers of dead processes, but not what is being written', async () => {
  const dir = temporaryFolder();
  const writer = await GenerationWriter.create(dir, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'x',
    model: null,
  });
  // Above the largest process id that Linux assigns.
  await mkdir(join(dir, '.building-4999999-20200101-000000-0001', '20200101-000000-0001'), {
    recursive: true,
  });
  const unowned = join(dir, '.building-20200101-000000-0002');
  await mkdir(unowned);
  const old = join(dir, '.building-20200101-000000-0003');
  await mkdir(old);
  const longAgo = new Date(Date.now() - 48 * 3600 * 1000);
  await utimes(old, longAgo, longAgo);
  await mkdir(join(dir, '.removing-20200101-000000-0004'));
  expect((await sweepLeftovers(dir)).sort()).toEqual([
    '.building-20200101-000000-0003',
    '.building-4999999-20200101-000000-0001',
    '.removing-20200101-000000-0004',
  ]);
  writer.add({ id: 'a' }, undefined);
  const manifest = await writer.finish();
  expect((await readdir(dir)).sort()).toEqual(['.building-20200101-000000-0002', manifest.id]);
});
