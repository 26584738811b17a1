import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import type { Progress } from '../../domain/progress.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { checkGeneration } from '../../index/generation/checkGeneration.js';
import { RESTORING } from '../../index/generation/generations.js';
import { openStore } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { type BackupManifest, readBackupManifest } from './backupManifest.js';
import { copyFile } from './copyFile.js';

export interface RestoreOptions {
  readonly from: string;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly progress: Progress;
}

const LOCK = '.lock';

/**
 * Restores a backup into two new or empty folders: copies it into a marker folder within each, checks its checksums,
 * and only then moves it into place. While the marker is in the data folder, no process opens the store. After an
 * interrupted restore the next one starts again.
 * @throws UserError where a folder is not empty, or the backup is not complete.
 */
export async function restore({
  from,
  dataDir,
  indexesDir,
  progress,
}: RestoreOptions): Promise<BackupManifest> {
  const manifest = await readBackupManifest(from);
  const dirs = [indexesDir, dataDir];
  const interrupted = existsSync(path.join(dataDir, RESTORING));
  // A folder with the marker contains only what the interrupted restore wrote.
  for (const dir of dirs)
    if (!(interrupted && existsSync(path.join(dir, RESTORING)))) await requireEmpty(dir);
  const made = dirs.filter((dir) => !existsSync(dir));
  const within = { data: path.join(dataDir, RESTORING), indexes: path.join(indexesDir, RESTORING) };
  // The marker of the indexes is made first and removed last: where the data folder has one, so do the indexes.
  await mkdir(within.indexes, { recursive: true });
  await mkdir(within.data, { recursive: true });
  const unlock = acquireProcessMutex(path.join(within.data, LOCK));
  if (unlock === undefined)
    throw new UserError(`Another restore into ${dataDir} is running: wait for it to finish.`);
  try {
    for (const dir of dirs) await clear(dir, [RESTORING]);
    for (const dir of Object.values(within)) await clear(dir, [LOCK]);
    faultPoint('restore.marked');
    await copyChecked(from, manifest, within, progress);
    faultPoint('restore.checked');
    await moveInto(within.data, dataDir);
    await moveInto(within.indexes, indexesDir);
  } catch (error) {
    for (const dir of dirs) await clear(dir, [RESTORING]);
    await removeMarkers(dirs, unlock);
    for (const dir of made) await rmdir(dir).catch(() => undefined);
    throw error;
  }
  await removeMarkers(dirs, unlock);
  return manifest;
}

/** Removes the markers, which makes the restored folders usable. */
async function removeMarkers(dirs: readonly string[], unlock: () => void): Promise<void> {
  unlock();
  for (const dir of [...dirs].reverse()) {
    await rm(path.join(dir, RESTORING), { recursive: true, force: true });
    await flushDirectory(dir);
    faultPoint('restore.unmarked');
  }
}

async function copyChecked(
  from: string,
  manifest: BackupManifest,
  places: { readonly data: string; readonly indexes: string },
  progress: Progress,
): Promise<void> {
  const names = Object.keys(manifest.files);
  for (const [done, name] of names.entries()) {
    progress('restore', done, names.length);
    const [root = '', ...rest] = name.split('/');
    const target = path.join(root === 'data' ? places.data : places.indexes, ...rest);
    const copied = await copyFile(path.join(from, name), target).catch((cause: unknown) => {
      throw new UserError(`${name} of the backup ${from} cannot be copied (${sentenceOf(cause)}).`, {
        cause,
      });
    });
    const expected = manifest.files[name];
    if (copied.bytes !== expected?.bytes || copied.sha256 !== expected.sha256) {
      throw new UserError(
        `${name} of the backup ${from} does not match its checksum, so nothing was restored: use another backup.`,
      );
    }
    await flushDirectory(path.dirname(target));
    faultPoint('restore.file');
  }
  progress('restore', names.length, names.length);
  if (manifest.generation !== null) {
    await checkGeneration(places.indexes, manifest.generation);
    await activateGeneration(places.indexes, manifest.generation);
  }
  openStore(places.data).close();
}

async function moveInto(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name === LOCK) continue;
    await rename(path.join(from, name), path.join(to, name));
    faultPoint('restore.moved');
  }
  await flushDirectory(to);
}

async function clear(dir: string, except: readonly string[]): Promise<void> {
  for (const name of await readdir(dir))
    if (name !== GITKEEP && !except.includes(name))
      await rm(path.join(dir, name), { recursive: true, force: true });
}

/** Keeps an empty folder in git. */
const GITKEEP = '.gitkeep';

async function requireEmpty(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  if (names.some((name) => name !== GITKEEP && name !== RESTORING)) {
    throw new UserError(
      `${dir} is not empty, and a restore overwrites nothing: move its content away, or name other folders with --data and --indexes.`,
    );
  }
}
