import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors.js';

const LOCK = '.reindex-lock';

/**
 * Takes the right to build generations in a folder; the returned function gives it back. A lock whose process
 * is gone is taken over.
 * @throws UserError if another process is at it.
 */
export async function lockReindex(indexesDir: string): Promise<() => Promise<void>> {
  await mkdir(indexesDir, { recursive: true });
  const file = path.join(indexesDir, LOCK);
  for (let attempt = 0; attempt < 2; attempt++) {
    if (await claim(file)) return () => rm(file, { force: true });
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (running(holder)) {
      throw new UserError(
        `Process ${holder} is already building a generation in ${indexesDir}: wait for it to finish.`,
      );
    }
    await rm(file, { force: true });
  }
  throw new UserError(
    `The lock ${file} could not be taken: another process took it first; wait for it to finish.`,
  );
}

async function claim(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function running(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
