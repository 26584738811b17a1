import { activateGeneration, rollbackGeneration } from '../index/generation/activateGeneration.js';
import { checkGeneration } from '../index/generation/checkGeneration.js';
import { currentGeneration, listGenerations } from '../index/generation/generations.js';
import type { Engine } from '../opensearch/engine.js';
import { listIndexes } from '../opensearch/generationIndexes.js';
import type { Store } from '../store/open.js';
import { activateEngineGeneration, previousEngineGeneration } from './engine/engineGenerations.js';

/** Where products are searched if not in this process, and the store that they come from. */
export interface ServedByEngine {
  readonly engine: Engine;
  readonly store: Store;
}

export interface GenerationSummary {
  readonly id: string;
  readonly created: string;
  readonly products: number;
  readonly taxonomy: string;
  readonly model: string;
  readonly current: boolean;
}

/** Every usable generation on disk, or in the engine that searches, newest first, the current one marked. */
export async function listWithCurrent(indexesDir: string, engine?: Engine): Promise<GenerationSummary[]> {
  if (engine !== undefined) {
    const indexes = (await listIndexes(engine)).filter(({ complete }) => complete).reverse();
    return indexes.map(({ generation, created, products, taxonomy, model, current }) => ({
      ...{ id: generation, created, products, taxonomy, model: model?.name ?? 'none', current },
    }));
  }
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
export async function activate(indexesDir: string, id: string, served?: ServedByEngine): Promise<void> {
  await checkGeneration(indexesDir, id);
  if (served !== undefined) await activateEngineGeneration(served.engine, served.store, indexesDir, id);
  await activateGeneration(indexesDir, id);
}

/** Goes back to the generation before the current one; its id. @throws UserError where there is none. */
export async function rollback(indexesDir: string, served?: ServedByEngine): Promise<string> {
  if (served !== undefined) {
    const { generation } = await previousEngineGeneration(served.engine);
    await activate(indexesDir, generation, served);
    return generation;
  }
  return rollbackGeneration(indexesDir);
}
