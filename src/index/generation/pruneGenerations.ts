import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import {
  BUILDING,
  CURRENT_FILE,
  currentGeneration,
  generationDir,
  listGenerations,
  REMOVING,
  RESTORING,
} from './generations.js';
import { isRunning, isStaleStaging } from './stagingFolder.js';

/**
 * Removes generations beyond the `keep` newest; never the current one, nor the one before it, which a rollback
 * would want. Returns the ids removed, oldest first.
 */
export async function pruneGenerations(indexesDir: string, keep = 3): Promise<string[]> {
  const all = await listGenerations(indexesDir);
  const place = all.findIndex(({ current }) => current);
  const before = all
    .slice(0, Math.max(0, place))
    .filter(({ manifest }) => manifest !== undefined)
    .at(-1);
  const spared = new Set([all[place]?.id, before?.id]);
  const removed = all.slice(0, Math.max(0, all.length - keep)).filter(({ id }) => !spared.has(id));
  for (const { id } of removed) await removeGeneration(indexesDir, id);
  return removed.map(({ id }) => id);
}

/** Removes one generation, such as one that did not pass its check. UserError for the current one. */
export async function removeGeneration(indexesDir: string, id: string): Promise<void> {
  if ((await currentGeneration(indexesDir).catch(() => undefined)) === id) {
    throw new UserError(
      `The generation ${id} serves now and cannot be removed; activate another one first.`,
      { field: 'id' },
    );
  }
  // Out of sight first, so that a folder half removed is never taken for a generation.
  const aside = join(indexesDir, REMOVING + id);
  await rename(generationDir(indexesDir, id), aside);
  faultPoint('generation.aside');
  await rm(aside, { recursive: true, force: true });
  faultPoint('generation.removed');
}

/**
 * Removes what crashed runs left: staging folders that nobody writes any more, folders half removed, `current`
 * files never renamed. Returns the names removed.
 */
export async function sweepLeftovers(indexesDir: string): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(indexesDir).catch(() => [])) {
    const path = join(indexesDir, name);
    // Of a restore that came to its end only the empty folder may be left; one that did not is its own to mend.
    if (
      name === RESTORING &&
      (await rmdir(path).then(
        () => true,
        () => false,
      ))
    )
      removed.push(name);
    const leftover =
      name.startsWith(REMOVING) ||
      (name.startsWith(BUILDING) && (await isStaleStaging(path))) ||
      (name.startsWith(`.${CURRENT_FILE}-`) && !isRunning(Number(name.split('-')[1])));
    if (!leftover) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}
