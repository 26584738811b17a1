import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import type { Seeds } from './describeSeeds.js';
import type { Relation } from './similarSchemas.js';

/** So many of the nearest are asked where they stand. */
const NEIGHBOURS = 30;
/** A category with this share of them is one in which such products are sold, wherever it hangs. */
const LEARNED_SHARE = 0.2;

/** How a category path stands to the products asked about. */
export type Relate = (category: string | undefined) => Relation;

/**
 * `same`: at one of their categories or below it; `sibling`: below or at the parent of one (a category at the top
 * has none); `learned`: a fifth of their nearest neighbours stand there, which tells where products without a
 * category belong, and joins what a catalog keeps at two places; `unknown`: without category; else `other`.
 */
export function relateCategories(index: LiveIndex, asked: Seeds): Relate {
  const own = asked.categories.map(levelsKey);
  const parents = asked.categories.flatMap((path) => {
    const levels = categoryLevels(path);
    return levels.length > 1 ? [joinLevels([...levels.slice(0, -1), ''])] : [];
  });
  const learned = learnedCategories(index, asked);
  const known = new Map<string, Relation>();
  return (category) => {
    if (category === undefined) return 'unknown';
    let relation = known.get(category);
    if (relation === undefined) {
      const key = levelsKey(category);
      if (own.some((path) => key.startsWith(path))) relation = 'same';
      else if (parents.some((path) => key.startsWith(path))) relation = 'sibling';
      else relation = learned.has(category) ? 'learned' : 'other';
      known.set(category, relation);
    }
    return relation;
  };
}

/** A path that begins with another's key stands at or below it. */
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
  for (const ordinal of index.nearest(vector, NEIGHBOURS, 4 * NEIGHBOURS).ordinals) {
    if (ordinals.has(ordinal) || group?.valuesOf(ordinal).some((id) => groups.has(id))) continue;
    for (const path of category.valuesOf(ordinal)) {
      counts.set(path, (counts.get(path) ?? 0) + 1);
      counted++;
    }
  }
  for (const [path, count] of counts) if (count >= LEARNED_SHARE * counted) learned.add(path);
  return learned;
}
