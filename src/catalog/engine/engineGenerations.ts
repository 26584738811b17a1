import { UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { buildIndex } from '../../opensearch/buildGeneration.js';
import { ChangeApplier } from '../../opensearch/changeApplier.js';
import { checkIndex } from '../../opensearch/checkIndex.js';
import type { Engine } from '../../opensearch/engine.js';
import { FollowedChanges } from '../../opensearch/followed.js';
import {
  currentIndex,
  type GenerationIndex,
  listIndexes,
  markComplete,
  removeIndexes,
  switchTo,
} from '../../opensearch/generationIndexes.js';
import type { Store } from '../../store/open.js';

/** Indexes that are kept, as many as generations on disk. */
const KEPT = 3;

export interface BuildOptions {
  readonly store: Store;
  /** The folder that the generation is in, and its id. */
  readonly indexesDir: string;
  readonly generation: string;
  readonly minRecall: number;
  /** The largest share of the products of the serving index that may be missing; undefined for any. */
  readonly maxShrink: number | undefined;
  readonly progress: Progress;
}

/**
 * Builds the index of a generation from its files, checks it, and brings it up to date with what was written meanwhile; from
 * then on it gets every change, like the one that serves. If anything fails, the index is removed.
 * @throws UserError for a failed check, UnavailableError where the engine does not answer.
 */
export async function buildEngineGeneration(engine: Engine, options: BuildOptions): Promise<void> {
  const { store, indexesDir, generation, minRecall, maxShrink, progress } = options;
  await removeUnfinished(engine, generation);
  const source = await openGeneration(indexesDir, generation);
  try {
    const meta = await buildIndex(engine, source, progress);
    await checkIndex(engine, source, meta, minRecall);
    if (maxShrink !== undefined) await guardShrink(engine, source.live, maxShrink);
    await follow(engine, store, source, generation);
    await markComplete(engine, meta);
  } catch (error) {
    // What it failed with is what counts, and what is left is removed by the next run.
    await discard(engine, generation).catch(() => undefined);
    throw error;
  } finally {
    source.close();
  }
}

/** Writes what is missing to the index of a generation, and lets it follow. `columns` are those of its catalog. */
async function follow(engine: Engine, store: Store, source: LiveIndex, generation: string): Promise<void> {
  const applier = new ChangeApplier({ engine, store, columns: () => source.columns });
  await applier.catchUp(generation);
  await applier.followed.follow(generation);
  // A writer that did not know of this index yet has written to the log before: that is applied now. Later ones write to it.
  await applier.catchUp(generation);
}

/** Makes the index of a generation serve, with everything that was written. @throws UserError where it is not there. */
export async function activateEngineGeneration(
  engine: Engine,
  store: Store,
  indexesDir: string,
  generation: string,
): Promise<void> {
  const found = (await listIndexes(engine)).find((one) => one.generation === generation);
  if (found === undefined || !found.complete) {
    throw new UserError(
      `The search engine has no index of generation ${generation}: run \`shelfwright reindex\`.`,
      { field: 'id' },
    );
  }
  const source = await openGeneration(indexesDir, generation);
  try {
    await follow(engine, store, source, generation);
  } finally {
    source.close();
  }
  await switchTo(engine, generation);
}

/** The generation before the one that serves. @throws UserError where there is none. */
export async function previousEngineGeneration(engine: Engine): Promise<GenerationIndex> {
  const all = (await listIndexes(engine)).filter(({ complete }) => complete);
  const place = all.findIndex(({ current }) => current);
  const before = place < 0 ? undefined : all[place - 1];
  if (before !== undefined) return before;
  throw new UserError(
    'The search engine has no generation before the one that serves: run `shelfwright reindex` for a new one.',
  );
}

/** Removes the indexes of all but the newest generations; never the one that serves or the one before it. */
export async function pruneEngineGenerations(engine: Engine): Promise<void> {
  const all = await listIndexes(engine);
  const place = all.findIndex(({ current }) => current);
  const kept = new Set([...all.slice(-KEPT), ...all.slice(Math.max(0, place - 1), place + 1)]);
  for (const one of all) if (!kept.has(one)) await discard(engine, one.generation);
}

/** Removes an index that nothing serves, and what is remembered of it. */
export async function discard(engine: Engine, generation: string): Promise<void> {
  if ((await currentIndex(engine)) === engine.names.index(generation)) return;
  await new FollowedChanges(engine).forget(generation);
  await removeIndexes(engine, [generation]);
}

/** Indexes that a run which was killed left behind: there is one run at a time. */
async function removeUnfinished(engine: Engine, building: string): Promise<void> {
  for (const { generation, complete, current } of await listIndexes(engine))
    if (!complete && !current && generation !== building) await discard(engine, generation);
}

async function guardShrink(engine: Engine, products: number, maxShrink: number): Promise<void> {
  const index = await currentIndex(engine);
  const serving = (await listIndexes(engine)).find((one) => one.index === index);
  if (serving === undefined || products >= (1 - maxShrink) * serving.products) return;
  throw new UserError(
    `The old generation still serves, because the new one failed the check of shrinking: it has ${products} products, that of the search engine ${serving.products}, a loss of more than ${Math.round(maxShrink * 100)} %; check the last import, or repeat with --allow-shrink.`,
  );
}
