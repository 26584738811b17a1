import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LearnTools } from '../enrich.js';
import type { CategoryWords } from '../learn/gather.js';
import type { Prepared } from '../learn/prepare.js';
import { categoryTexts, ZeroShot, zeroShotShare } from './zeroshot.js';

const NONE: CategoryWords = { candidates: [], zeroShot: undefined };

/**
 * Embeds what the categories are called: the leaves, and those that rows are labelled with. A category's
 * vector is the mean of its texts'. Empty without an embedder, and where labels are so many that the
 * zero-shot would have no weight.
 */
export async function readCategoryWords(
  prepared: Prepared,
  view: TaxonomyView,
  embed: LearnTools['embed'],
): Promise<CategoryWords> {
  const candidates = [...new Set([...view.leaves.map(({ id }) => id), ...prepared.categories.values])];
  const labelled = prepared.categories.labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
  if (embed === undefined || candidates.length < 2 || zeroShotShare(labelled, candidates.length) === 0)
    return NONE;
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
  const vectors = new Float32Array(candidates.length * dimension);
  for (const [i, vector] of embedded.entries()) {
    const at = (owners[i] ?? 0) * dimension;
    for (let k = 0; k < dimension; k++) vectors[at + k] = (vectors[at + k] ?? 0) + (vector[k] ?? 0);
  }
  for (let place = 0; place < candidates.length; place++) {
    const at = place * dimension;
    let squares = 0;
    for (let k = 0; k < dimension; k++) squares += (vectors[at + k] ?? 0) ** 2;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let k = 0; k < dimension; k++) vectors[at + k] = (vectors[at + k] ?? 0) * scale;
  }
  return { candidates, zeroShot: new ZeroShot(vectors, dimension) };
}
