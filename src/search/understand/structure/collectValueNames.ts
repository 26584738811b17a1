import { categoryLevels, joinLevels } from '../../../domain/categoryPath.js';
import { attributeName } from '../../../domain/field.js';
import { readValue } from '../../../index/columns/readValue.js';
import { isIdentifierField } from '../../../index/identifiers/identifierKeys.js';
import type { Column, LiveIndex } from '../../../index/liveIndex.js';
import { addToList } from '../../../structures/multimap.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { fold } from '../../../text/fold.js';
import { tokens } from '../../../text/tokens.js';
import { keyOfWords, keyWords } from './keyWords.js';

/** What a name may stand for: some values of one column. */
export interface NamedValues {
  readonly column: Column;
  readonly values: readonly string[];
  readonly codes: readonly number[];
}

/** A name to its meanings, one a column. */
export type ValueNames = Map<string, NamedValues[]>;

const UNNAMED = new Set(['price', 'currency', 'availability', 'stock', 'group_id', 'rating', 'id', 'gtin']);
/** Values that do not recur are texts of their own. */
const MIN_RECURRENCE = 2;
const MIN_DOCUMENTS = 2;
const MAX_VALUES = 20_000;
const MAX_WORDS = 4;
const LONGEST = 40;
/** A level's name in more branches than this says little. */
const MAX_BRANCHES = 20;
const LETTER = /\p{L}/u;
const PARTING = /\s*(?:[&,/+]|\band\b|\bund\b|\bet\b|\by\b)\s*/iu;

/** The values that people name: brands, levels of categories, values of attributes, with the taxonomy's aliases. */
export function collectValueNames(index: LiveIndex, taxonomy: TaxonomyView | undefined): ValueNames {
  const names: ValueNames = new Map();
  for (const field of index.columns.names()) {
    if (UNNAMED.has(field) || isIdentifierField(attributeName(field) ?? field)) continue;
    const column = index.columns.field(field);
    if (column === undefined) continue;
    if (field === 'category') nameCategories(names, column, taxonomy);
    else if (isClosed(column)) nameColumn(names, column, taxonomy);
  }
  return names;
}

function isClosed({ codes, numbers }: Column): boolean {
  return numbers.length <= MAX_VALUES && codes.length >= MIN_RECURRENCE * numbers.length;
}

/** Spellings that the taxonomy takes for one value are one meaning, under the names of all of them. */
function nameColumn(names: ValueNames, column: Column, taxonomy: TaxonomyView | undefined): void {
  const own = attributeName(column.name);
  const attribute = own === undefined ? undefined : taxonomy?.attribute(own);
  const governed = attribute?.type === 'enum' ? attribute : undefined;
  const spellings = new Map<string, number[]>();
  for (const [code, value] of column.values.entries()) {
    const known = column.documents(code) > 0 && !isNumber(column, code);
    if (!known || value.length > LONGEST || !LETTER.test(value)) continue;
    const meant = governed === undefined ? undefined : taxonomy?.canonical(governed, value);
    addToList(spellings, meant ?? fold(value), code);
  }
  const aliases = new Map(governed?.values.map((value) => [value.name, value.aliases]));
  const byName = new Map<string, Set<number>>();
  for (const [meant, codes] of spellings) {
    if (codes.reduce((sum, code) => sum + column.documents(code), 0) < MIN_DOCUMENTS) continue;
    const written = codes.map((code) => column.values[code] ?? '');
    for (const key of new Set([meant, ...(aliases.get(meant) ?? []), ...written].flatMap(keysOf))) {
      const known = byName.get(key) ?? new Set<number>();
      for (const code of codes) known.add(code);
      byName.set(key, known);
    }
  }
  for (const [key, found] of byName) {
    const codes = [...found];
    addToList(names, key, { column, codes, values: codes.map((code) => column.values[code] ?? '') });
  }
}

/** Numbers are no names, those of another dimension than the column's included. */
function isNumber({ numbers, values, unit }: Column, code: number): boolean {
  if (!Number.isNaN(numbers[code])) return true;
  return unit !== undefined && !Number.isNaN(readValue(values[code] ?? '').value);
}

/** Each level of each path by its name: `shirts` is every path that has a level of this name, with what is below. */
function nameCategories(names: ValueNames, column: Column, taxonomy: TaxonomyView | undefined): void {
  const branches = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const below = new Map<string, number[]>();
  for (const [code, path] of column.values.entries()) {
    if (column.documents(code) === 0) continue;
    const levels = categoryLevels(path);
    for (const depth of levels.keys()) {
      const branch = joinLevels(levels.slice(0, depth + 1));
      const level = levels[depth] ?? '';
      addToList(below, branch, code);
      if (seen.has(branch)) continue;
      seen.add(branch);
      const aliases = taxonomy?.find(branch)?.aliases ?? [];
      for (const name of [level, ...level.split(PARTING), ...aliases])
        for (const key of keysOf(name)) {
          const known = branches.get(key);
          if (known === undefined) branches.set(key, new Set([branch]));
          else known.add(branch);
        }
    }
  }
  for (const [key, found] of branches) {
    const values = [...found].filter((branch) => !isBelowAny(branch, found));
    if (values.length > MAX_BRANCHES) continue;
    const codes = [...new Set(values.flatMap((branch) => below.get(branch) ?? []))];
    addToList(names, key, { column, values, codes });
  }
}

/** The name's words, and those that hyphens join as one: `T-Shirt` is `t shirt` and `tshirt`. */
function keysOf(name: string): string[] {
  const words = keyWords(tokens(name));
  if (words.length === 0 || words.length > MAX_WORDS || !LETTER.test(name)) return [];
  const key = keyOfWords(words);
  if (key.length < 2) return [];
  const joined = keyOfWords(keyWords(tokens(name.replace(/(?<=\p{L})-(?=\p{L})/gu, ''))));
  return joined === key ? [key] : [key, joined];
}

function isBelowAny(branch: string, branches: ReadonlySet<string>): boolean {
  const levels = categoryLevels(branch);
  return levels.slice(1).some((_, above) => branches.has(joinLevels(levels.slice(0, above + 1))));
}
