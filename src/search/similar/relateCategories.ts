import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Seeds } from './describeSeeds.js';
import type { Relation } from './similarSchemas.js';

/** Number of nearest products whose categories are counted. */
const MAX_NEIGHBOURS = 30;
/** Minimum share of them for a category to count as related. */
const LEARNED_SHARE = 0.2;

/** Classifies a category path relative to the seed products. */
export type Relate = (category: string | undefined) => Relation;

/**
 * `same`: at or below a category of a seed; `sibling`: at or below the parent of one (a top category has
 * none); `learned`: at least a fifth of the nearest products are in it, which covers seeds without a category
 * and duplicate branches of a catalog; `unknown`: no category; otherwise `other`.
 */
export function relateCategories(index: LiveIndex, seeds: Seeds): Relate {
  const seedKeys = seeds.categories.map(levelsKey);
  const parentKeys = seeds.categories.flatMap((path) => {
    const levels = categoryLevels(path);
    return levels.length > 1 ? [joinLevels([...levels.slice(0, -1), ''])] : [];
  });
  const learned = learnedCategories(index, seeds);
  const known = new Map<string, Relation>();
  return (category) => {
    if (category === undefined) return 'unknown';
    let relation = known.get(category);
    if (relation === undefined) {
      const key = levelsKey(category);
      if (seedKeys.some((path) => key.startsWith(path))) relation = 'same';
      else if (parentKeys.some((path) => key.startsWith(path))) relation = 'sibling';
      else relation = learned.has(category) ? 'learned' : 'other';
      known.set(category, relation);
    }
    return relation;
  };
}

/** A path that begins with another path's key is at or below it. */
function levelsKey(path: string): string {
  return joinLevels([...categoryLevels(path), '']);
}

function learnedCategories(index: LiveIndex, { vector, ordinals, groups }: Seeds): Set<string> {
  const learned = new Set<string>();
  const category = index.columns.field('category');
  const group = index.columns.field('group_id');
  if (vector === undefined || category === undefined) return learned;
  const counts = new Map<string, number>();
  let counted = 0;
  for (const ordinal of index.nearest(vector, MAX_NEIGHBOURS, 4 * MAX_NEIGHBOURS).ordinals) {
    if (ordinals.has(ordinal) || group?.valuesOf(ordinal).some((id) => groups.has(id))) continue;
    for (const path of category.valuesOf(ordinal)) {
      counts.set(path, (counts.get(path) ?? 0) + 1);
      counted++;
    }
  }
  for (const [path, count] of counts) if (count >= LEARNED_SHARE * counted) learned.add(path);
  return learned;
}
