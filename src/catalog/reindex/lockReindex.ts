import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AlreadyRunningError, sentenceOf, UserError } from '../../domain/errors.js';
import { acquireProcessMutex } from '../../store/processMutex.js';

const LOCK = '.reindex.lock';

/**
 * Acquires the process mutex of building generations in a folder; the returned function releases it, as does the end of
 * the process.
 * @throws AlreadyRunningError if another run holds it, in this process or another; UserError if the folder cannot be made.
 */
export async function lockReindex(indexesDir: string): Promise<() => void> {
  await mkdir(indexesDir, { recursive: true }).catch((cause: unknown) => {
    throw new UserError(
      `--indexes: ${indexesDir} cannot be a folder of generations (${sentenceOf(cause)}): name another, or look at its permissions.`,
      { field: '--indexes', cause },
    );
  });
  const unlock = acquireProcessMutex(path.join(indexesDir, LOCK));
  if (unlock === undefined) {
    throw new AlreadyRunningError(
      `Another run is already building a generation in ${indexesDir}: wait for it to finish.`,
    );
  }
  return unlock;
}
