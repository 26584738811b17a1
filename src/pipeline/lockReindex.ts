import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors.js';
import { takeExclusive } from '../store/exclusive.js';

const LOCK = '.reindex.lock';

/**
 * Takes the right to build generations in a folder; the returned function gives it back. A process that is killed
 * gives it back as it goes.
 * @throws UserError if another run is at it, in this process or another.
 */
export async function lockReindex(indexesDir: string): Promise<() => void> {
  await mkdir(indexesDir, { recursive: true });
  const unlock = takeExclusive(path.join(indexesDir, LOCK));
  if (unlock === undefined) {
    throw new UserError(
      `Another run is already building a generation in ${indexesDir}: wait for it to finish.`,
    );
  }
  return unlock;
}
