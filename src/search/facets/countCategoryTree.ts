import { joinLevels } from '../../domain/categoryPath.js';
import type { Column } from '../../index/liveIndex.js';
import { addToList } from '../../structures/multimap.js';
import type { CategoryNode } from '../searchAnswer.js';
import { DistinctCounter } from './distinctCounter.js';
import { type FacetScope, forEachCandidateCell } from './facetScope.js';

const SEPARATOR = joinLevels(['', '']);
const NONE = -1;

/** Every category that a value names or stands below. A parent's place comes before its children's. */
interface Paths {
  readonly paths: string[];
  readonly names: string[];
  readonly parents: number[];
  /** By value code. */
  readonly leaves: number[];
  readonly places: Map<string, number>;
}

/** Values are only ever added to a column. */
const pathsOfColumn = new WeakMap<Column, Paths>();

/**
 * The categories of the candidates as a tree; each counts what stands at it and below it, once, as a filter by it
 * would. Siblings: largest first, then by path, at most `limit`; `depth` levels from the top.
 */
export function countCategoryTree(counting: FacetScope, depth: number, limit: number): CategoryNode[] {
  const column = counting.index.columns.field('category');
  if (column === undefined) return [];
  const { paths, names, parents, leaves } = pathsOf(column);
  const counter = new DistinctCounter(paths.length, counting.units);
  forEachCandidateCell(counting, column, (code, ordinal) => {
    for (let place = leaves[code] ?? NONE; place !== NONE; place = parents[place] ?? NONE)
      counter.add(place, ordinal);
  });
  const counts = counter.finish();
  const children = new Map<number, number[]>();
  for (const [place, count] of counts.entries()) {
    if (count === 0) continue;
    addToList(children, parents[place] ?? NONE, place);
  }
  const below = (parent: number, levels: number): CategoryNode[] => {
    if (levels === 0) return [];
    return (children.get(parent) ?? [])
      .map((place) => ({ place, value: paths[place] ?? '', count: counts[place] ?? 0 }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, limit)
      .map(({ place, value, count }) => ({
        value,
        name: names[place] ?? '',
        count,
        children: below(place, levels - 1),
      }));
  };
  return below(NONE, depth);
}

function pathsOf(column: Column): Paths {
  let found = pathsOfColumn.get(column);
  if (found === undefined) {
    found = { paths: [], names: [], parents: [], leaves: [], places: new Map() };
    pathsOfColumn.set(column, found);
  }
  const { values } = column;
  for (let code = found.leaves.length; code < values.length; code++)
    found.leaves.push(addPath(found, values[code] ?? ''));
  return found;
}

function addPath(known: Paths, value: string): number {
  let parent = NONE;
  for (let end = 0; end !== value.length; ) {
    const next = value.indexOf(SEPARATOR, end === 0 ? 0 : end + SEPARATOR.length);
    const from = end === 0 ? 0 : end + SEPARATOR.length;
    end = next === -1 ? value.length : next;
    parent = placeOf(known, value.slice(0, end), value.slice(from, end), parent);
  }
  return parent;
}

function placeOf(
  { paths, names, parents, places }: Paths,
  path: string,
  name: string,
  parent: number,
): number {
  const known = places.get(path);
  if (known !== undefined) return known;
  const place = paths.length;
  places.set(path, place);
  paths.push(path);
  names.push(name);
  parents.push(parent);
  return place;
}
