import { fold } from '../../text/fold.js';
import { hasEscaped, jsonList, SEPARATORS, type Separator, splitList } from '../../text/splitList.js';

/** Splits a cell into its values: a list, or the cell itself where it holds one. */
export type SplitCell = (cell: string) => string | string[];

/** Minimum share of the parts between separators that occur alone in the column. */
const MIN_ALONE = 0.5;
const MARKUP = /<[a-z/!]/i;

/**
 * How to split the cells of a column, given its first cells. A separator counts only if the column shows that it
 * separates values: parts occur alone in other cells, or a cell escapes it. JSON arrays are lists in any column.
 * `known` are separators of the layout.
 */
export function listColumn(cells: readonly string[], known: readonly Separator[] = []): SplitCell {
  const separators = listSeparators(cells, known);
  return (cell) => {
    const values = valuesOf(cell, separators);
    return values === undefined ? cell : values.length === 1 ? (values[0] ?? '') : values;
  };
}

/** The distinct values of a cell; undefined if it is no list. */
function valuesOf(cell: string, separators: ReadonlySet<Separator>): string[] | undefined {
  const listed = jsonList(cell);
  if (listed !== undefined) return [...new Set(listed)];
  if (separators.size === 0 || MARKUP.test(cell)) return undefined;
  const parts = splitList(cell, separators);
  if (parts.length === 0 || (parts.length === 1 && parts[0] === cell.trim())) return undefined;
  return [...new Set(parts)];
}

/** The separators that the cells show to separate values. */
export function listSeparators(
  cells: readonly string[],
  known: readonly Separator[] = [],
): ReadonlySet<Separator> {
  const found = new Set<Separator>(known);
  const distinct = [...new Set(cells.map((cell) => cell.trim()))].filter(
    (cell) => cell !== '' && !MARKUP.test(cell),
  );
  const alone = new Set(distinct.flatMap((cell) => jsonList(cell) ?? []).map(fold));
  const texts = distinct.filter((cell) => jsonList(cell) === undefined);
  for (const separator of SEPARATORS)
    if (texts.some((cell) => hasEscaped(cell, separator))) found.add(separator);
  // A separator that is found shows more values alone, which can show another one.
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const separator of SEPARATORS) {
      if (!found.has(separator) && separates(separator, texts, alone)) found.add(separator);
    }
    for (const cell of texts) {
      const parts = splitList(cell, found);
      if (parts.length > 1) for (const part of parts) alone.add(fold(part));
    }
  }
  return found;
}

function separates(separator: Separator, cells: readonly string[], listed: ReadonlySet<string>): boolean {
  const one = new Set([separator]);
  const alone = new Set(listed);
  const lists: string[][] = [];
  for (const cell of cells) {
    const parts = splitList(cell, one);
    if (parts.length > 1) lists.push(parts);
    else for (const part of parts) alone.add(fold(part));
  }
  const parts = lists.flat();
  const known = parts.filter((part) => alone.has(fold(part))).length;
  return known > 0 && known >= MIN_ALONE * parts.length;
}
