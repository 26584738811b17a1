import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import type { Progress } from '../../domain/progress.js';
import { storageErrorOf } from '../../domain/storageError.js';
import { EventStore, hasEvents } from '../../events/eventStore.js';
import { checksumOf } from '../../index/files/checksummedFile.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';
import { checkGeneration } from '../../index/generation/checkGeneration.js';
import { currentGeneration, generationDir } from '../../index/generation/generations.js';
import { createPrivate, type Store } from '../../store/open.js';
import { BACKUP_FORMAT, type BackupManifest, writeBackupManifest } from './backupManifest.js';
import { copyFile } from './copyFile.js';

export interface BackupOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly indexesDir: string;
  /** A new or empty folder. */
  readonly to: string;
  readonly progress: Progress;
}

/** SQLite copies the store and the events itself; the other files are temporary or locks. */
const NOT_COPIED =
  /^(?:(?:store|events)\.sqlite(?:-wal|-shm)?|\..*|.*\.lock|enricher\.bin\.new|.*\.quarantine\.jsonl)$/;
/** Two reindexes that end during the copy may prune the generation that is copied. */
const ATTEMPTS = 3;
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Copies the store, the learned files and the current generation, also while a service runs. The generation comes first,
 * because the store must contain everything written since it was built. On a failure the folder is left empty.
 * @throws UserError where the folder is not empty or cannot be written, or the generation is damaged.
 */
export async function backUp(options: BackupOptions): Promise<BackupManifest> {
  await requireEmpty(options.to);
  try {
    return await copyAll(options);
  } catch (error) {
    // Half a backup is useless, and its disk space may be what was missing.
    for (const name of await readdir(options.to).catch(() => []))
      await rm(path.join(options.to, name), { recursive: true, force: true });
    throw storageErrorOf(error) ?? error;
  }
}

async function copyAll(options: BackupOptions): Promise<BackupManifest> {
  const { store, dataDir, to, progress } = options;
  const started = new Date().toISOString();
  const files: Record<string, { bytes: number; sha256: string }> = {};
  const generation = await copyGeneration(options, files);
  progress('store', 0, 1);
  await mkdir(path.join(to, 'data'), { recursive: true });
  const copy = path.join(to, 'data', 'store.sqlite');
  createPrivate(copy);
  store.copyTo(copy);
  const written = await open(copy, 'r+');
  await written.sync().finally(() => written.close());
  faultPoint('backup.store');
  files['data/store.sqlite'] = await checksumOf(copy);
  progress('store', 1, 1);
  if (hasEvents(dataDir)) files['data/events.sqlite'] = await copyEvents(dataDir, to);
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    if (!entry.isFile() || NOT_COPIED.test(entry.name)) continue;
    const name = `data/${entry.name}`;
    files[name] = await copyFile(path.join(dataDir, entry.name), path.join(to, name));
    faultPoint('backup.file');
  }
  await flushDirectory(path.join(to, 'data'));
  const manifest = {
    format: BACKUP_FORMAT,
    started,
    generation,
    products: store.products.count(),
    files,
  } as const;
  await writeBackupManifest(to, manifest);
  return manifest;
}

/** Events are kept for some time only: a backup that is restored later brings back none that are older. */
async function copyEvents(dataDir: string, to: string): Promise<{ bytes: number; sha256: string }> {
  const copy = path.join(to, 'data', 'events.sqlite');
  createPrivate(copy);
  const events = new EventStore(dataDir, BUSY_TIMEOUT_MS);
  try {
    events.copyTo(copy);
  } finally {
    events.close();
  }
  const written = await open(copy, 'r+');
  await written.sync().finally(() => written.close());
  return checksumOf(copy);
}

async function copyGeneration(
  { indexesDir, to, progress }: BackupOptions,
  files: Record<string, { bytes: number; sha256: string }>,
): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const id = await currentGeneration(indexesDir);
    if (id === undefined) return null;
    const from = generationDir(indexesDir, id);
    const folder = path.join('indexes', id);
    try {
      const names = await readdir(from);
      for (const [done, name] of names.entries()) {
        progress('generation', done, names.length);
        const target = path.join(folder, name);
        files[target.split(path.sep).join('/')] = await copyFile(
          path.join(from, name),
          path.join(to, target),
        );
        faultPoint('backup.file');
      }
      for (const dir of [folder, 'indexes']) await flushDirectory(path.join(to, dir));
      progress('generation', names.length, names.length);
      await checkGeneration(path.join(to, 'indexes'), id);
      return id;
    } catch (error) {
      if (attempt === ATTEMPTS || (await currentGeneration(indexesDir)) === id) throw error;
      for (const name of Object.keys(files)) delete files[name];
    }
  }
}

async function requireEmpty(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    if ((await readdir(dir)).length === 0) return;
  } catch (cause) {
    throw new UserError(
      `The backup cannot be written to ${dir} (${sentenceOf(cause)}): name another folder.`,
      {
        cause,
      },
    );
  }
  throw new UserError(`${dir} is not empty: a backup goes into a folder of its own, so name a new one.`);
}
