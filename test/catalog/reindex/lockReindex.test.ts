import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { lockReindex } from '../../../src/catalog/reindex/lockReindex.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

it('lets one run at a time build in a folder, and creates the folder', async () => {
  const folder = path.join(temporaryFolder(), 'not', 'yet');
  const unlock = await lockReindex(folder);
  await expect(lockReindex(folder)).rejects.toThrow(/Another run is already building/);
  (await lockReindex(temporaryFolder()))();
  unlock();
  (await lockReindex(folder))();
});

it('excludes other processes until the holder ends, however it ends', async () => {
  const folder = temporaryFolder();
  const room = pathToFileURL(path.resolve('dist/src/catalog/reindex/lockReindex.js')).href;
  const code = `import { lockReindex } from ${JSON.stringify(room)};
    await lockReindex(${JSON.stringify(folder)});
    process.stdout.write('locked');
    setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(lockReindex(folder)).rejects.toThrow(/Another run is already building/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  (await lockReindex(folder))();
});

it('reports a folder that is a file', async () => {
  const file = path.join(temporaryFolder(), 'indexes');
  writeFileSync(file, '');
  await expect(lockReindex(file)).rejects.toThrow(/--indexes: .*indexes cannot be a folder of generations/);
});

it('reports a lock file that is not one', async () => {
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, '.reindex.lock'),
    'something else that is longer than a header of SQLite '.repeat(20),
  );
  await expect(lockReindex(folder)).rejects.toThrow(/could not be taken .*remove the file/);
});
