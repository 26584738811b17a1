import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { lockReindex } from '../../src/pipeline/lockReindex.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('lets one at a time build in a folder, which it makes', async () => {
  const folder = path.join(temporaryFolder(), 'not', 'yet');
  const unlock = await lockReindex(folder);
  expect(readFileSync(path.join(folder, '.reindex-lock'), 'utf8')).toBe(String(process.pid));
  await expect(lockReindex(folder)).rejects.toThrow(`Process ${process.pid} is already building`);
  await (await lockReindex(temporaryFolder()))();
  await unlock();
  expect(existsSync(path.join(folder, '.reindex-lock'))).toBe(false);
  await (await lockReindex(folder))();
});

it('yields to any living process and takes over from one that is gone', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, '.reindex-lock');
  writeFileSync(file, '1');
  await expect(lockReindex(folder)).rejects.toThrow(/Process 1 is already building/);
  writeFileSync(file, String(spawnSync('true').pid));
  await (await lockReindex(folder))();
});

it('yields to a process of somebody else’s, which may not be asked', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, '.reindex-lock'), '4321');
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
  });
  onTestFinished(() => kill.mockRestore());
  await expect(lockReindex(folder)).rejects.toThrow(/Process 4321 is already building/);
});
