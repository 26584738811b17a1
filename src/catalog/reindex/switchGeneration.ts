import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { currentGeneration } from '../../index/generation/generations.js';
import { removeGeneration } from '../../index/generation/pruneGenerations.js';
import type { Engine } from '../../opensearch/engine.js';
import { currentIndex, switchTo } from '../../opensearch/generationIndexes.js';
import { discard } from '../engine/engineGenerations.js';

/**
 * Makes a finished generation serve: in the engine first, where there is one. If either switch fails, both are as before,
 * and the generation is removed: its disk space may be what is missing.
 */
export async function switchGeneration(
  indexesDir: string,
  id: string,
  engine: Engine | undefined,
): Promise<void> {
  const before = engine === undefined ? undefined : await currentIndex(engine);
  try {
    if (engine !== undefined) await switchTo(engine, id);
    await activateGeneration(indexesDir, id);
  } catch (error) {
    if (!(await isCurrent(indexesDir, id))) {
      if (engine !== undefined) await switchBack(engine, before, id);
      await removeGeneration(indexesDir, id);
    }
    throw error;
  }
}

/** An engine that does not answer keeps the index, which the next reindex prunes. */
async function switchBack(engine: Engine, before: string | undefined, id: string): Promise<void> {
  const generation = before === undefined ? undefined : engine.names.generationOf(before);
  try {
    if (generation !== undefined) await switchTo(engine, generation);
    await discard(engine, id);
  } catch {
    // What failed first is what the caller hears.
  }
}

async function isCurrent(indexesDir: string, id: string): Promise<boolean> {
  return (await currentGeneration(indexesDir).catch(() => undefined)) === id;
}
