import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileInImportFolder } from '../../../src/service/jobs/importFolder.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function folders() {
  const around = realpathSync(temporaryFolder());
  const folder = path.join(around, 'feeds');
  mkdirSync(path.join(folder, 'today'), { recursive: true });
  mkdirSync(`${folder}-private`);
  for (const file of ['secret.csv', 'feeds/a.csv', 'feeds/today/..b.csv', 'feeds-private/c.csv']) {
    writeFileSync(path.join(around, file), 'id,title\n1,Mug\n');
  }
  return { around, folder };
}

it('finds files inside the folder, also by links inside it', async () => {
  const { folder } = folders();
  expect(await fileInImportFolder(folder, 'a.csv')).toBe(path.join(folder, 'a.csv'));
  expect(await fileInImportFolder(folder, './today/..b.csv')).toBe(path.join(folder, 'today', '..b.csv'));
  symlinkSync('../a.csv', path.join(folder, 'today', 'link.csv'));
  expect(await fileInImportFolder(folder, 'today/link.csv')).toBe(path.join(folder, 'a.csv'));
  const linked = path.join(temporaryFolder(), 'link');
  symlinkSync(folder, linked);
  expect(await fileInImportFolder(linked, 'a.csv')).toBe(path.join(folder, 'a.csv'));
});

it('refuses paths out of the folder: with .., absolute, by links of files or folders, or to anything but a file', async () => {
  const { around, folder } = folders();
  symlinkSync(path.join(around, 'secret.csv'), path.join(folder, 'out.csv'));
  symlinkSync('..', path.join(folder, 'up'));
  symlinkSync(`${folder}-private`, path.join(folder, 'private'));
  // A socket stands for pipes and devices, whose reading may never end.
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(path.join(folder, 'pipe.csv'), resolve));
  onTestFinished(() => {
    socket.close();
  });
  for (const name of [
    '../secret.csv',
    'today/../../secret.csv',
    'today/../a.csv',
    '..\\secret.csv',
    '..',
    path.join(around, 'secret.csv'),
    path.join(folder, 'a.csv'),
    'C:\\secret.csv',
    'a.csv\0.jsonl',
    'out.csv',
    'up/secret.csv',
    'private/c.csv',
    'today',
    '.',
    'pipe.csv',
    'missing.csv',
    '~/secret.csv',
  ]) {
    const refused = fileInImportFolder(folder, name);
    await expect(refused, name).rejects.toMatchObject({ name: 'UserError', field: 'file' });
    // The message must not show the path of the folder.
    if (!name.startsWith(around)) await expect(refused).rejects.not.toThrow(around);
  }
});

it('is off by default, and reports a missing folder', async () => {
  await expect(fileInImportFolder('', 'a.csv')).rejects.toThrow(/no import folder is set.*import_folder/);
  await expect(fileInImportFolder('/no/such/folder', 'a.csv')).rejects.toThrow(/does not exist/);
});
