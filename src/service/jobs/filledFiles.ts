import { rmSync } from 'node:fs';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const FOLDER = 'filled';
/** Results of fills that are kept, the newest first: for so long, so many, and together so large. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_KEPT = 20;
const MAX_BYTES = 2e9;

/** The folder with the results of a job. */
export function filledFolder(dataDir: string, job: string): string {
  return path.join(dataDir, FOLDER, job);
}

/** Makes the folder for the results of a job, readable by the service alone. */
export async function makeFilledFolder(dataDir: string, job: string): Promise<string> {
  await mkdir(path.join(dataDir, FOLDER), { recursive: true, mode: 0o700 });
  const folder = filledFolder(dataDir, job);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A file that a fill made: the filled file, or its facts. */
export interface FilledFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** The files that a job made, without those in the making. */
export async function filledFilesOf(dataDir: string, job: string): Promise<FilledFile[]> {
  const folder = filledFolder(dataDir, job);
  const files: FilledFile[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith('filled.')) continue;
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined) files.push({ path: file, name, bytes: found.size });
  }
  return files;
}

/** Lets only the service's own user read the files of a job. */
export async function makePrivate(dataDir: string, job: string): Promise<void> {
  for (const { path: file } of await filledFilesOf(dataDir, job)) await chmod(file, 0o600);
}

/** Removes results that are too old, too many or too large, and those of jobs that are not `known`. The newest one stays. */
export async function pruneFilled(
  dataDir: string,
  known: (job: string) => boolean,
  now = Date.now(),
): Promise<void> {
  const folder = path.join(dataDir, FOLDER);
  const results: { job: string; bytes: number; time: number }[] = [];
  for (const job of await readdir(folder).catch(() => [])) {
    const files = await filledFilesOf(dataDir, job);
    const { mtimeMs = 0 } = (await stat(path.join(folder, job)).catch(() => undefined)) ?? {};
    results.push({ job, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), time: mtimeMs });
  }
  results.sort((a, b) => b.time - a.time || (a.job < b.job ? -1 : 1));
  let bytes = 0;
  for (const [place, result] of results.entries()) {
    bytes += result.bytes;
    const isTooMuch = place > 0 && (place >= MAX_KEPT || bytes > MAX_BYTES);
    if (!isTooMuch && known(result.job) && now - result.time <= MAX_AGE_MS) continue;
    rmSync(path.join(folder, result.job), { recursive: true, force: true });
  }
}
