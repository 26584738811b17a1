import { toGrid } from '../../index/vectors/gridRows.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LearnTools } from '../enrich.js';
import type { Prepared } from '../learn/prepare.js';
import type { CategoryWords } from './knowledge.js';
import { categoryTexts, wordsTell, ZeroShot } from './zeroshot.js';

const NONE: CategoryWords = { candidates: [], zeroShot: undefined };

/**
 * Embeds what the categories are called: the leaves, and those that rows are labelled with. A category's
 * vector is the mean of its texts'. Empty without an embedder, and where labels are so many that
 * they tell nothing more.
 */
export async function readCategoryWords(
  prepared: Prepared,
  view: TaxonomyView,
  embed: LearnTools['embed'],
): Promise<CategoryWords> {
  const candidates = [...new Set([...view.leaves.map(({ id }) => id), ...prepared.categories.values])];
  const labelled = prepared.categories.labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
  if (embed === undefined || candidates.length < 2 || !wordsTell(labelled, candidates.length)) return NONE;
  const texts: string[] = [];
  const owners: number[] = [];
  for (const [place, id] of candidates.entries()) {
    const category = view.category(id);
    if (category === undefined) continue;
    for (const text of categoryTexts(category, view.path(id))) {
      texts.push(text);
      owners.push(place);
    }
  }
  const embedded = await embed(texts);
  const dimension = embedded[0]?.length ?? 0;
  const grid = new Int8Array(candidates.length * dimension);
  const sum = new Float32Array(dimension);
  for (let place = 0, next = 0; place < candidates.length; place++) {
    sum.fill(0);
    for (; owners[next] === place; next++) {
      const vector = embedded[next];
      for (let k = 0; k < dimension; k++) sum[k] = (sum[k] ?? 0) + (vector?.[k] ?? 0);
    }
    toGrid(sum, grid, place * dimension);
  }
  return { candidates, zeroShot: new ZeroShot(grid, dimension) };
}
