import { currentGeneration } from '../../index/generation/generations.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Store } from '../../store/open.js';
import { ChangeFollower } from './followChanges.js';

/** The current index with the changes written since, without vectors for them: enough to lint rules. Undefined where nothing is indexed. */
export async function openCurrentIndex(indexesDir: string, store: Store): Promise<LiveIndex | undefined> {
  const id = await currentGeneration(indexesDir);
  if (id === undefined) return undefined;
  const index = await openGeneration(indexesDir, id);
  new ChangeFollower(index, store, undefined).catchUp([]);
  return index;
}
