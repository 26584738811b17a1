import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import type { ValueRules } from '../../index/columns/valueRules.js';
import type { Column } from '../../index/liveIndex.js';
import { addToList } from '../../structures/multimap.js';
import { fold } from '../../text/fold.js';

/** Codes by text. */
type Codes = Map<string, number[]>;

interface Lookup {
  readonly revision: number;
  /** Values below this code are in the maps. */
  read: number;
  readonly exact: Codes;
  readonly folded: Codes;
}

const NONE: readonly number[] = [];
/** No level of a category has this character, because it cannot be seen. */
const SEPARATOR = '\u0000';

/** By column; values are only ever added to a column, and shown in another way at another revision of its texts. */
const foldedValues = new WeakMap<Column, Lookup>();
const categoryPaths = new WeakMap<Column, Lookup>();

const NEGATIVE = /^\s*[-−]\s*[.,]?\p{N}/u;

/** The fold of a value. A number keeps its sign: -5 and 5 are two values. */
export function foldValue(text: string): string {
  const folded = fold(text);
  return NEGATIVE.test(text) ? `-${folded}` : folded;
}

/** The codes of the values that fold to the same as this text. */
export function codesFoldingTo(column: Column, text: string): readonly number[] {
  const { folded } = lookupIn(foldedValues, column, ({ folded: codes }, value, code) =>
    addToList(codes, foldValue(value), code),
  );
  return folded.get(foldValue(text)) ?? NONE;
}

/**
 * The codes of a category and of the categories below it; if no live product has one of these, of the category that the
 * taxonomy knows by this name, and of those that fold to the same. Nothing is below the empty path.
 */
export function codesBelow(column: Column, path: string, rules: ValueRules): readonly number[] {
  const { exact, folded } = lookupIn(categoryPaths, column, (lookup, value, code) => {
    const levels = categoryLevels(value);
    for (let depth = 1; depth <= levels.length; depth++) {
      const above = levels.slice(0, depth);
      addToList(lookup.exact, joinLevels(above), code);
      addToList(lookup.folded, foldedPath(above), code);
    }
  });
  for (const named of new Set([path, rules.categoryPath(path)])) {
    const found = exact.get(named) ?? NONE;
    if (found.some((code) => column.documents(code) > 0)) return found;
  }
  const levels = categoryLevels(path);
  return levels.length === 0 ? NONE : (folded.get(foldedPath(levels)) ?? NONE);
}

function foldedPath(levels: readonly string[]): string {
  return levels.map(fold).join(SEPARATOR);
}

function lookupIn(
  lookups: WeakMap<Column, Lookup>,
  column: Column,
  add: (lookup: Lookup, value: string, code: number) => void,
): Lookup {
  const { values, textRevision } = column;
  let lookup = lookups.get(column);
  if (lookup?.revision !== textRevision) {
    lookup = { revision: textRevision, read: 0, exact: new Map(), folded: new Map() };
    lookups.set(column, lookup);
  }
  for (; lookup.read < values.length; lookup.read++) add(lookup, values[lookup.read] ?? '', lookup.read);
  return lookup;
}
