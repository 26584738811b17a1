import { checksSchema } from '../../configuration/checks.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { currentGeneration } from '../../index/generation/generations.js';
import { removeGeneration } from '../../index/generation/pruneGenerations.js';
import { admitGeneration, type Candidate } from './admitGeneration.js';
import type { ReindexOptions } from './reindexOptions.js';

/** Checks a generation by the options of a reindex. @throws UserError as `admitGeneration`. */
export function admit(
  { indexesDir, allowShrink, checks = checksSchema.parse({}) }: ReindexOptions,
  candidate: Omit<Candidate, 'allowShrink'>,
): Promise<void> {
  return admitGeneration(indexesDir, { ...candidate, allowShrink }, checks);
}

/** Activates a generation, and removes it if that fails. */
export async function switchTo(indexesDir: string, id: string): Promise<void> {
  try {
    await activateGeneration(indexesDir, id);
  } catch (error) {
    // Its disk space may be what is missing.
    if (!(await isCurrent(indexesDir, id))) await removeGeneration(indexesDir, id);
    throw error;
  }
}

/** Whether a generation serves. */
export async function isCurrent(indexesDir: string, id: string): Promise<boolean> {
  return (await currentGeneration(indexesDir).catch(() => undefined)) === id;
}
