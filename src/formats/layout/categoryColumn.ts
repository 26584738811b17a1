import { CATEGORIES, categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { fold } from '../../text/fold.js';
import { hasEscaped, jsonList, type Separator, splitList } from '../../text/splitList.js';
import { listSeparators } from './listColumn.js';

/** How to read the cells of a category column. */
export interface CategoryColumn {
  /** Whether cells can hold several categories. */
  readonly isList: boolean;
  /** The categories of a cell, the product's own first. */
  read(cell: string): string[];
}

const LEVEL = /&gt;|>/i;

/**
 * How to read the cells of a category column, given its first cells: `A > B, C > D` holds two categories if the column
 * shows that its parts are categories. `known` are separators of the layout.
 */
export function categoryColumn(cells: readonly string[], known: readonly Separator[] = []): CategoryColumn {
  const separators = categorySeparators(cells, known);
  const read = (cell: string): string[] => {
    const listed = jsonList(cell);
    // Without paths, a list holds the levels of one.
    if (listed !== undefined) return listed.some((one) => LEVEL.test(one)) ? listed : [joinLevels(listed)];
    if (separators.size === 0) return [cell];
    const parts = splitList(cell, separators);
    return parts.length === 0 ? [cell] : [...new Set(parts)];
  };
  return { isList: known.length > 0 || cells.some((cell) => read(cell).length > 1), read };
}

/** Sets the category of a draft, and all its categories if the cell has several. */
export function setCategories(draft: Record<string, unknown>, cell: string, column: CategoryColumn): void {
  const [first = cell, ...others] = column.read(cell);
  draft.category = first;
  if (column.isList) draft[CATEGORIES] = others.length === 0 ? null : [first, ...others];
}

function categorySeparators(cells: readonly string[], known: readonly Separator[]): ReadonlySet<Separator> {
  const found = new Set<Separator>(known);
  const distinct = [...new Set(cells)].filter((cell) => jsonList(cell) === undefined);
  if (!distinct.some((cell) => LEVEL.test(cell))) {
    // A slash joins levels.
    for (const separator of listSeparators(cells)) if (separator !== '/') found.add(separator);
    return found;
  }
  // Between paths, only a comma can be part of a name.
  found.add('|').add(';');
  if (distinct.some((cell) => hasEscaped(cell, ',')) || namesRoots(distinct, found)) found.add(',');
  return found;
}

/** Whether at least half of the paths that begin after a comma begin as other paths do. */
function namesRoots(cells: readonly string[], separators: ReadonlySet<Separator>): boolean {
  const roots = new Set<string>();
  const later: string[] = [];
  for (const path of cells.flatMap((cell) => splitList(cell, separators))) {
    const [first = '', ...others] = splitList(path, new Set([',']));
    roots.add(rootOf(first));
    later.push(...others.map(rootOf));
  }
  const known = later.filter((root) => roots.has(root)).length;
  return known > 0 && known >= later.length / 2;
}

function rootOf(path: string): string {
  return fold(categoryLevels(path.replaceAll(/&gt;/gi, '>'))[0] ?? '');
}
