import { quantize } from '../../index/vectors/quantizedRows.js';
import type { Category } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { LearnOptions } from '../enricher.js';
import { CategoryVectors } from '../propose/categoryVectors.js';
import type { ZeroShotKnowledge } from '../propose/knowledge.js';
import type { TrainingData } from './prepareTrainingData.js';

/**
 * Mean labelled rows per category from which zero-shot vectors no longer help. At this number they change one answer in
 * a thousand, at a fifth of it one in fifty.
 */
const MAX_LABELS_PER_CATEGORY = 140;
const NONE: ZeroShotKnowledge = { candidates: [], zeroShot: undefined };

/**
 * Embeds the texts of the categories for zero-shot classification: of all leaves and of all categories with labels. A
 * category's vector is the mean of its texts' vectors. Empty without an embedder, and with so many labels that zero-shot
 * vectors do not help.
 */
export async function embedCategories(
  data: TrainingData,
  view: TaxonomyView,
  embed: LearnOptions['embed'],
): Promise<ZeroShotKnowledge> {
  const candidates = [...new Set([...view.leaves.map(({ id }) => id), ...data.categories.values])];
  const labelled = data.categories.labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
  if (embed === undefined || candidates.length < 2 || !zeroShotHelps(labelled, candidates.length))
    return NONE;
  const texts: string[] = [];
  const owners: number[] = [];
  for (const [index, id] of candidates.entries()) {
    const category = view.category(id);
    if (category === undefined) continue;
    for (const text of categoryTexts(category, view.path(id))) {
      texts.push(text);
      owners.push(index);
    }
  }
  const embedded = await embed(texts);
  const dimension = embedded[0]?.length ?? 0;
  const grid = new Int8Array(candidates.length * dimension);
  const sum = new Float32Array(dimension);
  for (let index = 0, next = 0; index < candidates.length; index++) {
    sum.fill(0);
    for (; owners[next] === index; next++) {
      const vector = embedded[next];
      for (let k = 0; k < dimension; k++) sum[k] = (sum[k] ?? 0) + (vector?.[k] ?? 0);
    }
    quantize(sum, grid, index * dimension);
  }
  return { candidates, zeroShot: new CategoryVectors(grid, dimension) };
}

/** The texts that describe a category: its name with its aliases, and its path, which tells two "Accessories" apart. */
export function categoryTexts(category: Category, path: string): string[] {
  const named = [category.name, ...category.aliases.slice(0, 4)].join(', ');
  return named === path ? [named] : [named, path];
}

/** Whether zero-shot vectors add to what this many labelled rows teach. */
export function zeroShotHelps(labelled: number, categories: number): boolean {
  return categories > 0 && labelled / categories < MAX_LABELS_PER_CATEGORY;
}
