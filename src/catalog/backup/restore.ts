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
import { copyFile } from './copyFile.js';
import { type BackupManifest, readBackupManifest } from './backupManifest.js';

export interface RestoreOptions {
  readonly from: string;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly progress: Progress;
}

const LOCK = '.lock';

/**
 * Brings a backup to two folders that are new or empty: copied into a folder within each, checked against its
 * checksums, and only then moved to where it is looked for. While the one within the data folder is there, nobody
 * opens the store; where a restore was cut off, the next one begins anew.
 * @throws UserError where a folder holds something already, or the backup is not whole.
 */
export async function restore({
  from,
  dataDir,
  indexesDir,
  progress,
}: RestoreOptions): Promise<BackupManifest> {
  const manifest = await readBackupManifest(from);
  const dirs = [indexesDir, dataDir];
  const cutOff = existsSync(path.join(dataDir, RESTORING));
  // What lies in the indexes folder is the cut off restore's own where its mark is there too.
  for (const dir of dirs) if (!(cutOff && existsSync(path.join(dir, RESTORING)))) await requireFree(dir);
  const made = dirs.filter((dir) => !existsSync(dir));
  const within = { data: path.join(dataDir, RESTORING), indexes: path.join(indexesDir, RESTORING) };
  // The indexes' mark comes first and goes last, so that a data folder with a mark never lacks the other.
  await mkdir(within.indexes, { recursive: true });
  await mkdir(within.data, { recursive: true });
  const unlock = acquireProcessMutex(path.join(within.data, LOCK));
  if (unlock === undefined) throw new UserError(`Another restore into ${dataDir} is at work: let it end.`);
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
    await unmark(dirs, unlock);
    for (const dir of made) await rmdir(dir).catch(() => undefined);
    throw error;
  }
  await unmark(dirs, unlock);
  return manifest;
}

/** From here on the folders are taken for whole. */
async function unmark(dirs: readonly string[], unlock: () => void): Promise<void> {
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

async function clear(dir: string, but: readonly string[]): Promise<void> {
  for (const name of await readdir(dir))
    if (name !== KEEPER && !but.includes(name))
      await rm(path.join(dir, name), { recursive: true, force: true });
}

/** By this file git keeps a folder that holds nothing. */
const KEEPER = '.gitkeep';

async function requireFree(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  if (names.some((name) => name !== KEEPER && name !== RESTORING)) {
    throw new UserError(
      `${dir} holds something already, and a restore writes over nothing: move it away, or name other folders with --data and --indexes.`,
    );
  }
}
