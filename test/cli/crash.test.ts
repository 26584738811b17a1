import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('a reindex killed at any moment changes no answer, and the next one goes on from its cache', async () => {
  const copy = copyOfDemo(inject('demo'), temporaryFolder());
  const where = whereIn(copy);
  const indexes = path.join(copy, 'indexes');
  const current = readFileSync(path.join(indexes, 'current'), 'utf8');
  const ask = async (): Promise<unknown> => {
    const { took_ms: _, ...answer } = JSON.parse(
      (await runShelfwright(['search', 'warm coat', '--json', ...where])).stdout,
    );
    return answer;
  };
  const before = await ask();
  for (const delay of [250, 600, 1200]) {
    const { child, ended } = startShelfwright(['reindex', '--taxonomy', 'taxonomy/2026-11', ...where]);
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill('SIGKILL');
    await ended;
    if (readFileSync(path.join(indexes, 'current'), 'utf8') === current) expect(await ask()).toEqual(before);
  }
  const { code, stdout } = await runShelfwright(['reindex', '--json', ...where]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ embedded: 0 });
  expect(readdirSync(indexes).filter((name) => name.startsWith('.'))).toEqual(['.reindex.lock']);
});

it('every write answered before a kill -9 of the server is there after it', async () => {
  const copy = copyOfDemo(inject('demo'), temporaryFolder());
  const { child, ended, output } = startShelfwright(['serve', '--port', '0', ...whereIn(copy)]);
  await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '';
  const acknowledged: string[] = [];
  const stop = setTimeout(() => child.kill('SIGKILL'), 1500);
  try {
    for (let row = 0; ; row++) {
      const id = `crash-${row}`;
      const response = await fetch(`${address}/v1/products`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ id, title: `zebra ${row}` }]),
      });
      if (response.status === 200) acknowledged.push(id);
    }
  } catch {
    clearTimeout(stop);
  }
  await ended;
  expect(acknowledged.length).toBeGreaterThan(10);
  const last = acknowledged.slice(-200);
  const filter = `id IN [${last.map((id) => `'${id}'`).join(', ')}]`;
  const { stdout } = await runShelfwright([
    'search',
    'zebra',
    '--filter',
    filter,
    '--json',
    ...whereIn(copy),
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ total: last.length });
});

it('a current file that names no generation ends a command with a sentence, not with waiting', async () => {
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

it('search says what to do where nothing was indexed yet', async () => {
  const { code, stderr } = await runShelfwright(['search', 'mug', ...whereIn(temporaryFolder())]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('run shelfwright import <file>')]);
});
