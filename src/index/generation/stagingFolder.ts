import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { faultPoint } from '../../domain/faultPoint.js';
import { BUILDING, generationId } from './generations.js';

const STALE_AFTER_MS = 24 * 3600 * 1000;

/** Staging folders that this process is writing. */
const ours = new Set<string>();

/**
 * Makes a folder for a generation to be written into and checked in: a folder of generations, this one alone, that
 * nobody looks into. Its name tells the process that writes it, so that it is never without an owner.
 * Throws where it is there already.
 */
export async function createStaging(indexesDir: string, id: string): Promise<string> {
  const staging = resolve(indexesDir, `${BUILDING}${process.pid}-${generationId(id)}`);
  await mkdir(indexesDir, { recursive: true });
  await mkdir(staging);
  ours.add(staging);
  faultPoint('generation.staged');
  await mkdir(join(staging, id));
  return staging;
}

/** Tells that this process writes the folder no more. */
export function releaseStaging(dir: string): void {
  ours.delete(dir);
}

/** True where the process that wrote the folder is gone, or where nothing was written to it for a day. */
export async function isStaleStaging(path: string): Promise<boolean> {
  const dir = resolve(path);
  if (ours.has(dir)) return false;
  const owner = /^(\d+)-\d{8}-/.exec(basename(dir).slice(BUILDING.length))?.[1];
  if (owner !== undefined && !isRunning(Number(owner))) return true;
  let latest = (await stat(dir).catch(() => undefined))?.mtimeMs ?? 0;
  for (const name of await readdir(dir, { recursive: true }).catch(() => [])) {
    latest = Math.max(latest, (await stat(join(dir, name)).catch(() => undefined))?.mtimeMs ?? 0);
  }
  return Date.now() - latest > STALE_AFTER_MS;
}

/** Our own number does not count: after a restart in a container a leftover's owner may have had the same. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
