import { categoryLevels, joinLevels } from '../../../domain/categoryPath.js';
import { attributeName } from '../../../domain/field.js';
import { readValue } from '../../../index/columns/readValue.js';
import { isIdentifierField } from '../../../index/identifiers/identifierKeys.js';
import type { Column, LiveIndex } from '../../../index/liveIndex.js';
import type { Steps } from '../../../structures/inSlices.js';
import { addToList } from '../../../structures/multimap.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { fold } from '../../../text/fold.js';
import { tokens } from '../../../text/tokens.js';
import { keyOfWords, keyWords } from './keyWords.js';

/** Some values of one column that a name may mean. */
export interface NamedValues {
  readonly column: Column;
  readonly values: readonly string[];
  readonly codes: readonly number[];
}

/** Maps a name to its meanings, one per column. */
export type ValueNames = Map<string, NamedValues[]>;

const FIELDS_WITHOUT_NAMES = new Set([
  'price',
  'currency',
  'availability',
  'stock',
  'group_id',
  'rating',
  'id',
  'gtin',
]);
/** A column whose values do not recur holds free text. */
const MIN_RECURRENCE = 2;
const MIN_DOCUMENTS = 2;
const MAX_VALUES = 20_000;
const MAX_WORDS = 4;
const MAX_LENGTH = 40;
/** A level name in more branches than this is ambiguous. */
const MAX_BRANCHES = 20;
/** Values or names handled between two pauses. */
const VALUES_A_STEP = 100;
const LETTER = /\p{L}/u;
const SEPARATOR = /\s*(?:[&,/+]|\band\b|\bund\b|\bet\b|\by\b)\s*/iu;

/** Names of values that people use: brands, category levels, attribute values, and the taxonomy's aliases. */
export function* collectValueNames(index: LiveIndex, taxonomy: TaxonomyView | undefined): Steps<ValueNames> {
  const names: ValueNames = new Map();
  for (const field of index.columns.names()) {
    if (FIELDS_WITHOUT_NAMES.has(field) || isIdentifierField(attributeName(field) ?? field)) continue;
    const column = index.columns.field(field);
    if (column === undefined) continue;
    if (field === 'category') yield* nameCategories(names, column, taxonomy);
    else if (isEnumerable(column)) yield* nameColumn(names, column, taxonomy);
    yield;
  }
  return names;
}

/** A brand is a name even where most brands have one product. */
function isEnumerable({ name, codes, numbers }: Column): boolean {
  return (
    numbers.length <= MAX_VALUES && (name === 'brand' || codes.length >= MIN_RECURRENCE * numbers.length)
  );
}

/** Spellings of one taxonomy value share a meaning and all of their names. */
function* nameColumn(names: ValueNames, column: Column, taxonomy: TaxonomyView | undefined): Steps {
  const attributeField = attributeName(column.name);
  const attribute = attributeField === undefined ? undefined : taxonomy?.attribute(attributeField);
  const enumAttribute = attribute?.type === 'enum' ? attribute : undefined;
  const spellings = new Map<string, number[]>();
  for (const [code, value] of column.values.entries()) {
    if (code % VALUES_A_STEP === 0) yield;
    const isText = column.documents(code) > 0 && !isNumber(column, code);
    if (!isText || value.length > MAX_LENGTH || !LETTER.test(value)) continue;
    const canonical = enumAttribute === undefined ? undefined : taxonomy?.canonical(enumAttribute, value);
    addToList(spellings, canonical ?? fold(value), code);
  }
  const aliases = new Map(enumAttribute?.values.map((value) => [value.name, value.aliases]));
  const byName = new Map<string, Set<number>>();
  let named = 0;
  for (const [canonical, codes] of spellings) {
    if (named++ % VALUES_A_STEP === 0) yield;
    if (codes.reduce((sum, code) => sum + column.documents(code), 0) < MIN_DOCUMENTS) continue;
    const spellingsAsWritten = codes.map((code) => column.values[code] ?? '');
    for (const key of new Set(
      [canonical, ...(aliases.get(canonical) ?? []), ...spellingsAsWritten].flatMap(keysOf),
    )) {
      const existing = byName.get(key) ?? new Set<number>();
      for (const code of codes) existing.add(code);
      byName.set(key, existing);
    }
  }
  for (const [key, found] of byName) {
    const codes = [...found];
    addToList(names, key, { column, codes, values: codes.map((code) => column.values[code] ?? '') });
  }
}

/** Numbers are not names, even if their dimension is not the column's. */
function isNumber({ numbers, values, unit }: Column, code: number): boolean {
  if (!Number.isNaN(numbers[code])) return true;
  return unit !== undefined && readValue(values[code] ?? '').quantity !== undefined;
}

/**
 * Maps each category level to all paths with a level of this name: `shirts` means every such path and what is
 * below it.
 */
function* nameCategories(names: ValueNames, column: Column, taxonomy: TaxonomyView | undefined): Steps {
  const branches = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const codesBelow = new Map<string, number[]>();
  for (const [code, path] of column.values.entries()) {
    if (code % VALUES_A_STEP === 0) yield;
    if (column.documents(code) === 0) continue;
    const levels = categoryLevels(path);
    for (const depth of levels.keys()) {
      const branch = joinLevels(levels.slice(0, depth + 1));
      const level = levels[depth] ?? '';
      addToList(codesBelow, branch, code);
      if (seen.has(branch)) continue;
      seen.add(branch);
      const aliases = taxonomy?.find(branch)?.aliases ?? [];
      for (const name of [level, ...level.split(SEPARATOR), ...aliases])
        for (const key of keysOf(name)) {
          const existing = branches.get(key);
          if (existing === undefined) branches.set(key, new Set([branch]));
          else existing.add(branch);
        }
    }
  }
  let named = 0;
  for (const [key, found] of branches) {
    if (named++ % VALUES_A_STEP === 0) yield;
    const values = [...found].filter((branch) => !isBelowAny(branch, found));
    if (values.length > MAX_BRANCHES) continue;
    const codes = [...new Set(values.flatMap((branch) => codesBelow.get(branch) ?? []))];
    addToList(names, key, { column, values, codes });
  }
}

/** The words of a name, also with hyphenated words joined: `T-Shirt` gives `t shirt` and `tshirt`. */
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
