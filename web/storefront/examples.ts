import type { CategoryNode, FacetValue } from '../shared/api.js';
import { categoryLevels } from '../shared/format.js';

const MAX_EXAMPLES = 5;

/** Semantic example queries, each for catalogs with such a category. */
const BY_MEANING: readonly (readonly [category: RegExp, query: string])[] = [
  [/\bdress(es)?\b/i, 'summer dress for outdoor wedding'],
  [/\bdogs?\b/i, 'dog destroys every bed'],
  [/\b(frying|cookware|pans?)\b/i, 'fry eggs without sticking'],
  [/\bearrings?\b/i, 'earrings for sensitive ears'],
  [/\bpens?\b/i, 'pen for left-handed people'],
];

interface Largest {
  /** By path. */
  readonly category?: readonly FacetValue[];
  readonly brand?: readonly FacetValue[];
}

/**
 * Example queries for this catalog: semantic ones for its categories, otherwise the names of its largest categories
 * and brands.
 */
export function examplesFor({ category = [], brand = [] }: Largest): string[] {
  const leaves = category.map(({ value }) => categoryLevels(String(value)).at(-1) ?? '');
  const semantic = BY_MEANING.filter(([pattern]) => leaves.some((leaf) => pattern.test(leaf)));
  const named = [
    ...leaves.slice(0, MAX_EXAMPLES - 2),
    ...brand.slice(0, 2).map(({ value }) => String(value)),
  ];
  return [...new Set([...semantic.map(([, query]) => query), ...named])]
    .filter((query) => query !== '')
    .slice(0, MAX_EXAMPLES);
}

/** The categories without others below, the largest first. */
export function largestCategories(tree: readonly CategoryNode[]): FacetValue[] {
  return leavesOf(tree).sort((a, b) => b.count - a.count);
}

function leavesOf(nodes: readonly CategoryNode[]): CategoryNode[] {
  return nodes.flatMap((node) => (node.children.length === 0 ? [node] : leavesOf(node.children)));
}
