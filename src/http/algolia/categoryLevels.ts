import { CATEGORIES, categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { Product } from '../../domain/product.js';
import type { CategoryNode, FacetValue } from '../../search/searchAnswer.js';

/** The categories of each level of a tree as facet values: largest first, then by path. */
export function facetsByLevel(tree: readonly CategoryNode[]): FacetValue[][] {
  const levels: FacetValue[][] = [];
  for (let nodes = tree; nodes.length > 0; nodes = nodes.flatMap(({ children }) => children)) {
    const values = nodes.map(({ value, count }) => ({ value, count }));
    levels.push(values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)));
  }
  return levels;
}

/** `{ lvl0: 'A', lvl1: 'A > B' }`, as clients show it; undefined for a product without a category, or with its own. */
export function levelsOf(product: Product): Record<string, string> | undefined {
  if (product.category === undefined || product[CATEGORIES] !== undefined) return undefined;
  const levels = categoryLevels(product.category);
  return Object.fromEntries(
    levels.map((_, level) => [`lvl${level}`, joinLevels(levels.slice(0, level + 1))]),
  );
}
