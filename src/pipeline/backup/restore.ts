import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { sentenceOf, UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { checkGeneration } from '../../index/generation/checkGeneration.js';
import { openStore } from '../../store/open.js';
import { copyFile } from './copyFile.js';
import { type BackupManifest, readBackupManifest } from './manifest.js';

export interface RestoreOptions {
  readonly from: string;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly progress: Progress;
}

/**
 * Brings a backup to two folders that are new or empty: copied beside, checked against its checksums, and only then
 * moved to where they are looked for.
 * @throws UserError where a folder holds something already, or the backup is not whole.
 */
export async function restore({
  from,
  dataDir,
  indexesDir,
  progress,
}: RestoreOptions): Promise<BackupManifest> {
  const manifest = await readBackupManifest(from);
  for (const dir of [dataDir, indexesDir]) await requireFree(dir);
  const beside = (dir: string): string => `${path.resolve(dir)}.restoring-${process.pid}`;
  const places = { data: beside(dataDir), indexes: beside(indexesDir) };
  try {
    await copyChecked(from, manifest, places, progress);
    await moveInto(places.data, dataDir);
    await moveInto(places.indexes, indexesDir);
    return manifest;
  } finally {
    for (const dir of Object.values(places)) await rm(dir, { recursive: true, force: true });
  }
}

async function copyChecked(
  from: string,
  manifest: BackupManifest,
  places: { readonly data: string; readonly indexes: string },
  progress: Progress,
): Promise<void> {
  for (const dir of Object.values(places)) await mkdir(dir, { recursive: true });
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
  }
  progress('restore', names.length, names.length);
  if (manifest.generation !== null) {
    await checkGeneration(places.indexes, manifest.generation);
    await activateGeneration(places.indexes, manifest.generation);
  }
  openStore(places.data).close();
}

/** What a folder is looked at for moves last, so that a restore that is cut off leaves none that seems whole. */
const LAST = new Set(['store.sqlite', 'current']);

async function moveInto(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const names = await readdir(from);
  for (const name of names.sort((a, b) => Number(LAST.has(a)) - Number(LAST.has(b))))
    await rename(path.join(from, name), path.join(to, name));
  await flushDirectory(to);
}

/** A folder that is there may hold only what git keeps a folder by. */
async function requireFree(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  if (names.some((name) => name !== '.gitkeep')) {
    throw new UserError(
      `${dir} holds something already, and a restore writes over nothing: move it away, or name other folders with --data and --indexes.`,
    );
  }
}
