import { activateGeneration, rollbackGeneration } from '../index/generation/activateGeneration.js';
import { checkGeneration } from '../index/generation/checkGeneration.js';
import { currentGeneration, listGenerations } from '../index/generation/generations.js';

export interface GenerationSummary {
  readonly id: string;
  readonly created: string;
  readonly products: number;
  readonly taxonomy: string;
  readonly model: string;
  readonly current: boolean;
}

/** Every usable generation on disk, newest first, the current one marked. */
export async function listWithCurrent(indexesDir: string): Promise<GenerationSummary[]> {
  const summaries: GenerationSummary[] = [];
  for (const { manifest, current } of await listGenerations(indexesDir)) {
    if (manifest === undefined) continue;
    summaries.unshift({
      id: manifest.id,
      created: manifest.created,
      products: manifest.counts.products,
      taxonomy: manifest.taxonomy,
      model: manifest.model?.name ?? 'none',
      current,
    });
  }
  return summaries;
}

/** Whether there is a generation to serve or to fall back to. @throws UserError where there is only a damaged `current`. */
export async function isIndexed(indexesDir: string): Promise<boolean> {
  return (
    (await listGenerations(indexesDir)).length > 0 || (await currentGeneration(indexesDir)) !== undefined
  );
}

/** Checks a generation and makes it the current one. @throws UserError if it is unknown or damaged. */
export async function activate(indexesDir: string, id: string): Promise<void> {
  await checkGeneration(indexesDir, id);
  await activateGeneration(indexesDir, id);
}

/** Goes back to the generation before the current one; its id. @throws UserError where there is none. */
export async function rollback(indexesDir: string): Promise<string> {
  return rollbackGeneration(indexesDir);
}
