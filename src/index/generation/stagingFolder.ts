import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import { flushDirectory } from '../files/flushDirectory.js';
import { BUILDING, generationDir, generationId } from './generations.js';

const STALE_AFTER_MS = 24 * 3600 * 1000;

/** Staging folders that this process is writing. */
const ownStaging = new Set<string>();

/**
 * Creates a hidden folder in which one generation is written and checked. Its name contains the id of the
 * writing process, so its owner is always known. Throws if it exists.
 */
export async function createStaging(indexesDir: string, id: string): Promise<string> {
  const staging = resolve(indexesDir, `${BUILDING}${process.pid}-${generationId(id)}`);
  await mkdir(indexesDir, { recursive: true });
  await mkdir(staging);
  ownStaging.add(staging);
  faultPoint('generation.staged');
  await mkdir(join(staging, id));
  return staging;
}

/**
 * Flushes a written generation, calls `admit` with the staging folder, and moves the generation into place, which removes
 * the staging folder. If `admit` throws, nothing has moved.
 */
export async function publishStaging(
  staging: string,
  indexesDir: string,
  id: string,
  admit: ((staging: string) => Promise<void>) | undefined,
): Promise<void> {
  const dir = join(staging, id);
  await flushDirectory(dir);
  await admit?.(staging);
  faultPoint('generation.checked');
  await rename(dir, generationDir(indexesDir, id));
  await flushDirectory(indexesDir);
  faultPoint('generation.renamed');
  await rmdir(staging);
  releaseStaging(staging);
}

/** Removes a staging folder with all that was written. */
export async function discardStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  releaseStaging(staging);
}

/** Declares that this process no longer writes the folder. */
function releaseStaging(dir: string): void {
  ownStaging.delete(dir);
}

/** True if the process that wrote the folder is gone, or if nothing was written to it for a day. */
export async function isStaleStaging(path: string): Promise<boolean> {
  const dir = resolve(path);
  if (ownStaging.has(dir)) return false;
  const owner = /^(\d+)-\d{8}-/.exec(basename(dir).slice(BUILDING.length))?.[1];
  if (owner !== undefined && !isRunning(Number(owner))) return true;
  let latest = (await stat(dir).catch(() => undefined))?.mtimeMs ?? 0;
  for (const name of await readdir(dir, { recursive: true }).catch(() => [])) {
    latest = Math.max(latest, (await stat(join(dir, name)).catch(() => undefined))?.mtimeMs ?? 0);
  }
  return Date.now() - latest > STALE_AFTER_MS;
}

/**
 * Our own process id does not count: after a restart in a container, the previous owner may have had the same
 * id.
 */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
