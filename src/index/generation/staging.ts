import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BUILDING, generationId } from './generations.js';

/** Holds, in a staging folder, the number of the process that writes it. */
const OWNER_FILE = '.owner';
const STALE_AFTER_MS = 24 * 3600 * 1000;

/** Staging folders that this process is writing. */
const ours = new Set<string>();

/** Makes the folder that a generation is written into before it is whole. Throws where it is there already. */
export async function createStaging(indexesDir: string, id: string): Promise<string> {
  const dir = resolve(indexesDir, BUILDING + generationId(id));
  await mkdir(indexesDir, { recursive: true });
  await mkdir(dir);
  ours.add(dir);
  await writeFile(join(dir, OWNER_FILE), String(process.pid));
  return dir;
}

/** Takes the owner's mark off a folder about to be renamed. */
export async function unmarkStaging(dir: string): Promise<void> {
  await rm(join(dir, OWNER_FILE));
}

/** Tells that this process writes the folder no more. */
export function releaseStaging(dir: string): void {
  ours.delete(dir);
}

/** True where the process that wrote the folder is gone, or where nothing was written to it for a day. */
export async function isStaleStaging(path: string): Promise<boolean> {
  const dir = resolve(path);
  if (ours.has(dir)) return false;
  const owner = Number(await readFile(join(dir, OWNER_FILE), 'utf8').catch(() => ''));
  if (owner > 0 && !isRunning(owner)) return true;
  let latest = (await stat(dir).catch(() => undefined))?.mtimeMs ?? 0;
  for (const name of await readdir(dir).catch(() => [])) {
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
