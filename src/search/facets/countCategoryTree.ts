import { joinLevels } from '../../domain/categoryPath.js';
import type { Column } from '../../index/liveIndex.js';
import { addToList } from '../../structures/multimap.js';
import type { CategoryNode } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';

const SEPARATOR = joinLevels(['', '']);
const NONE = -1;

/** All categories that a value names or is below. Parents come before their children. */
interface CategoryPaths {
  readonly paths: string[];
  readonly names: string[];
  readonly parents: number[];
  /** By value code. */
  readonly leafOfCode: number[];
  readonly nodeOfPath: Map<string, number>;
}

/** Cache of the paths of each column, while they are written alike. */
const pathsCache = new WeakMap<Column, { readonly revision: number; readonly paths: CategoryPaths }>();

/**
 * Counts the candidates as a category tree. Each category counts the products in it and below it once, as a
 * filter by it would. Siblings are sorted by count, then by path, at most `limit`; `depth` levels from the
 * top.
 */
export function countCategoryTree(scope: FacetScope, depth: number, limit: number): CategoryNode[] {
  const column = scope.index.columns.field('category');
  if (column === undefined) return [];
  const { paths, parents, leafOfCode } = pathsOf(column);
  const counter = new DistinctCounter(paths.length, scope.groups);
  forEachCandidateCell(scope, column, (code, ordinal) => {
    for (let node = leafOfCode[code] ?? NONE; node !== NONE; node = parents[node] ?? NONE)
      counter.add(node, ordinal);
  });
  return treeOf(column, counter.finish(), depth, limit);
}

/** The paths of a column's categories and of those above them, parents first. */
export function categoryPathsOf(column: Column): readonly string[] {
  return pathsOf(column).paths;
}

/** The tree, from the number of products in each of `categoryPathsOf`. */
export function treeOf(
  column: Column,
  counts: ArrayLike<number>,
  depth: number,
  limit: number,
): CategoryNode[] {
  const { paths, names, parents } = pathsOf(column);
  const children = new Map<number, number[]>();
  for (let node = 0; node < counts.length; node++) {
    if ((counts[node] ?? 0) === 0) continue;
    addToList(children, parents[node] ?? NONE, node);
  }
  const childrenOf = (parent: number, levels: number): CategoryNode[] => {
    if (levels === 0) return [];
    return (children.get(parent) ?? [])
      .map((node) => ({ node, value: paths[node] ?? '', count: counts[node] ?? 0 }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, limit)
      .map(({ node, value, count }) => ({
        value,
        name: names[node] ?? '',
        count,
        children: childrenOf(node, levels - 1),
      }));
  };
  return childrenOf(NONE, depth);
}

function pathsOf(column: Column): CategoryPaths {
  const { values, textRevision } = column;
  let cached = pathsCache.get(column);
  if (cached?.revision !== textRevision) {
    const none: CategoryPaths = { paths: [], names: [], parents: [], leafOfCode: [], nodeOfPath: new Map() };
    cached = { revision: textRevision, paths: none };
    pathsCache.set(column, cached);
  }
  const known = cached.paths;
  for (let code = known.leafOfCode.length; code < values.length; code++)
    known.leafOfCode.push(addPath(known, values[code] ?? ''));
  return known;
}

function addPath(known: CategoryPaths, value: string): number {
  let parent = NONE;
  for (let end = 0; end !== value.length; ) {
    const next = value.indexOf(SEPARATOR, end === 0 ? 0 : end + SEPARATOR.length);
    const from = end === 0 ? 0 : end + SEPARATOR.length;
    end = next === -1 ? value.length : next;
    parent = nodeFor(known, value.slice(0, end), value.slice(from, end), parent);
  }
  return parent;
}

function nodeFor(
  { paths, names, parents, nodeOfPath }: CategoryPaths,
  path: string,
  name: string,
  parent: number,
): number {
  const known = nodeOfPath.get(path);
  if (known !== undefined) return known;
  const node = paths.length;
  nodeOfPath.set(path, node);
  paths.push(path);
  names.push(name);
  parents.push(parent);
  return node;
}
