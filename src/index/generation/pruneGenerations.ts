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
 * Removes all but the `keep` newest generations; never the current one or the one before it, which a rollback
 * needs. Returns the removed ids, oldest first.
 */
export async function pruneGenerations(indexesDir: string, keep = 3): Promise<string[]> {
  const all = await listGenerations(indexesDir);
  const place = all.findIndex(({ current }) => current);
  const before = all
    .slice(0, Math.max(0, place))
    .filter(({ manifest }) => manifest !== undefined)
    .at(-1);
  const protectedIds = new Set([all[place]?.id, before?.id]);
  const removed = all.slice(0, Math.max(0, all.length - keep)).filter(({ id }) => !protectedIds.has(id));
  for (const { id } of removed) await removeGeneration(indexesDir, id);
  return removed.map(({ id }) => id);
}

/** Removes one generation, such as one that failed its check. UserError for the current one. */
export async function removeGeneration(indexesDir: string, id: string): Promise<void> {
  if ((await currentGeneration(indexesDir).catch(() => undefined)) === id) {
    throw new UserError(
      `The generation ${id} serves now and cannot be removed; activate another one first.`,
      { field: 'id' },
    );
  }
  // Renamed first, so that a half-removed folder is never taken for a generation.
  const removing = join(indexesDir, REMOVING + id);
  await rename(generationDir(indexesDir, id), removing);
  faultPoint('generation.aside');
  await rm(removing, { recursive: true, force: true });
  faultPoint('generation.removed');
}

/**
 * Removes what crashed runs left behind: abandoned staging folders, half-removed folders, `current` files
 * that were never renamed. Returns the removed names.
 */
export async function sweepLeftovers(indexesDir: string): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(indexesDir).catch(() => [])) {
    const path = join(indexesDir, name);
    // A finished restore leaves at most an empty folder; an interrupted one is for `restore` to resume.
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
