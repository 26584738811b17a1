import { currentGeneration } from '../../index/generation/generations.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/live.js';
import type { Store } from '../../store/open.js';
import { ChangeFollower } from './followChanges.js';

/** The catalog as it would be searched now, without the model: what rules are linted beside. Undefined where nothing is indexed. */
export async function openCurrentIndex(indexesDir: string, store: Store): Promise<LiveIndex | undefined> {
  const id = await currentGeneration(indexesDir);
  if (id === undefined) return undefined;
  const index = await openGeneration(indexesDir, id);
  new ChangeFollower(index, store, undefined).catchUp([]);
  return index;
}
