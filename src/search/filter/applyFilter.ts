import { joinLevels } from '../../domain/categoryPath.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { fold } from '../../text/fold.js';
import { comparable } from './comparable.js';
import { type Bound, boundOf, compares, isAtOrBelow, readBound } from './compare.js';
import type { Comparison, Filter, Literal } from './parseFilter.js';
import { requireKnownField } from './requireKnownField.js';
import { productsAffirming, readPhrase, TEXT_FIELD } from './textFilter.js';

/**
 * The live products that pass, as a set of the size of the index. A value equals all of its spellings and aliases,
 * and the same measure in another unit; if no live product has it, what folds to the same (accents, hyphens). A
 * category matches itself and everything below it (`Clothing` passes `Clothing > Shirts`). `<`, `<=`, `>` and `>=`
 * compare dates, and numbers across units (`900 g` is less than `1.2 kg`); a bare number is in the column's most
 * frequent unit; products without a number or date do not pass. `!=` and NOT pass products without the field. `_text` matches words that the product mentions (see
 * productsAffirming).
 * @throws UserError for a field that the catalog does not have.
 */
export function applyFilter(index: LiveIndex, filter: Filter): Bitset {
  return holds(index, filter).and(index.aliveSet());
}

function holds(index: LiveIndex, filter: Filter): Bitset {
  switch (filter.kind) {
    case 'and':
      return filter.parts.map((part) => holds(index, part)).reduce((all, part) => all.and(part));
    case 'or':
      return filter.parts.map((part) => holds(index, part)).reduce((any, part) => any.or(part));
    case 'not':
      return Bitset.full(index.size).andNot(holds(index, filter.part));
    case 'exists':
      return productsWhere(index, filter.field, () => true);
    case 'in':
      return equal(index, filter.field, filter.values);
    case 'compare':
      return compare(index, filter.field, filter.operator, filter.value);
  }
}

function compare(index: LiveIndex, field: string, operator: Comparison, value: Literal): Bitset {
  if (operator === '=') return equal(index, field, [value]);
  if (operator === '!=') return Bitset.full(index.size).andNot(equal(index, field, [value]));
  const given = readBound(field, operator, value);
  const column = columnOf(index, field);
  if (column === undefined) return new Bitset(index.size);
  const { numbers, bound } = comparable(column, given);
  return productsWhere(index, field, (_, code) => compares(numbers[code] ?? Number.NaN, operator, bound));
}

function equal(index: LiveIndex, field: string, values: readonly Literal[]): Bitset {
  if (field === 'id') {
    const ordinals = values.map((value) => index.ordinalOf(String(value)));
    return Bitset.of(
      index.size,
      ordinals.filter((ordinal) => ordinal !== undefined),
    );
  }
  if (field === TEXT_FIELD) {
    return values.reduce(
      (any: Bitset, value) => any.or(productsAffirming(index, readPhrase(String(value)))),
      new Bitset(index.size),
    );
  }
  const column = columnOf(index, field);
  if (column === undefined) return new Bitset(index.size);
  const codes = new Set<number>();
  for (const value of values) for (const code of codesOf(column, value)) codes.add(code);
  return productsWhere(index, field, (_, code) => codes.has(code));
}

/**
 * The codes that a value matches: the value that it is a spelling or an alias of, if a live product has that, otherwise
 * those that fold to the same. In a column of measures or dates, also those that are the same measure or date.
 */
function codesOf(column: Column, value: Literal): number[] {
  const text = String(value);
  if (column.name === 'category') return codesBelow(column, text);
  const own = column.codeOf(text);
  const isLive = own !== undefined && column.documents(own) > 0;
  const given = equalityBound(column, value, isLive);
  if (isLive && given === undefined) return [own];
  const folded = isLive ? undefined : fold(text);
  const { numbers, bound } = given === undefined ? NO_NUMBERS : comparable(column, given);
  return codesWhere(
    column,
    (shown, code) =>
      code === own || numbers[code] === bound || (folded !== undefined && fold(shown) === folded),
  );
}

const NO_NUMBERS = { numbers: [], bound: Number.NaN };

/** What else equals a value; undefined if only its spelling does. A text of digits only may be a code. */
function equalityBound({ type }: Column, value: Literal, isLive: boolean): Bound | undefined {
  const isTyped = type.unit !== undefined || type.dates !== undefined;
  if (isLive && !isTyped) return undefined;
  const bound = boundOf(value);
  const isBare = bound !== undefined && bound.date === undefined && bound.unit === undefined;
  return isBare && typeof value === 'string' && !isTyped ? undefined : bound;
}

/** The codes of a category and of the categories below it. */
function codesBelow(column: Column, path: string): number[] {
  const below = joinLevels([path, '']);
  const exact = codesWhere(column, (text) => text === path || text.startsWith(below));
  if (exact.some((code) => column.documents(code) > 0)) return exact;
  return codesWhere(column, (text) => isAtOrBelow(text, path));
}

function codesWhere(column: Column, means: (text: string, code: number) => boolean): number[] {
  const codes: number[] = [];
  for (const [code, text] of column.values.entries()) if (means(text, code)) codes.push(code);
  return codes;
}

function productsWhere(
  index: LiveIndex,
  field: string,
  passes: (column: Column, code: number) => boolean,
): Bitset {
  if (field === 'id') return index.aliveSet();
  const bits = new Bitset(index.size);
  const column = columnOf(index, field);
  if (column === undefined) return bits;
  const pass = new Uint8Array(column.values.length);
  for (let code = 0; code < pass.length; code++) pass[code] = passes(column, code) ? 1 : 0;
  const { ordinals, codes } = column;
  for (let cell = 0; cell < codes.length; cell++) {
    if (pass[codes[cell] ?? 0] === 1) bits.add(ordinals[cell] ?? 0);
  }
  return bits;
}

/** The column of a filterable field; undefined if the field is known but empty. */
function columnOf(index: LiveIndex, field: string): Column | undefined {
  const column = index.columns.field(field);
  if (column === undefined) requireKnownField(index, field, 'filter');
  return column;
}
