import type { ValueRules } from '../../index/columns/valueRules.js';
import type { Column, LiveIndex } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { comparable } from './comparable.js';
import { type Bound, boundOf, compares, readBound } from './compare.js';
import type { Comparison, Filter, Literal } from './parseFilter.js';
import { requireKnownField } from './requireKnownField.js';
import { productsAffirming, readPhrase, TEXT_FIELD } from './textFilter.js';
import { codesBelow, codesFoldingTo } from './valueLookup.js';

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
      return anyOf(index, filter.parts);
    case 'not':
      return Bitset.full(index.size).andNot(holds(index, filter.part));
    case 'exists':
      return filter.field === 'id' ? index.aliveSet() : productsWhere(index, filter.field, allCodes);
    case 'in':
      return equal(index, filter.field, filter.values);
    case 'compare':
      return compare(index, filter.field, filter.operator, filter.value);
  }
}

/** Conditions on one field need one pass over its cells: a product passes if one of its values passes one of them. */
function anyOf(index: LiveIndex, parts: readonly Filter[]): Bitset {
  const byField = new Map<string, Wanted>();
  const any = new Bitset(index.size);
  for (const part of parts) {
    if ((part.kind !== 'in' && part.kind !== 'compare') || !hasValues(part.field) || isNegated(part)) {
      any.or(holds(index, part));
      continue;
    }
    const { field } = part;
    const wanted = byField.get(field) ?? { values: [], ranges: [] };
    byField.set(field, wanted);
    if (part.kind === 'in') for (const value of part.values) wanted.values.push(value);
    else if (part.operator === '=') wanted.values.push(part.value);
    else wanted.ranges.push({ operator: part.operator, bound: readBound(field, part.operator, part.value) });
  }
  for (const [field, wanted] of byField)
    any.or(productsWhere(index, field, (column) => codesOf(column, wanted, index.columns.rules)));
  return any;
}

/** Fields that are not columns are asked otherwise. */
function hasValues(field: string): boolean {
  return field !== 'id' && field !== TEXT_FIELD;
}

function isNegated(filter: Filter): boolean {
  return filter.kind === 'compare' && filter.operator === '!=';
}

/** What a value of one column passes by: it is one of these values, or in one of these ranges. */
export interface Wanted {
  readonly values: Literal[];
  readonly ranges: { readonly operator: Comparison; readonly bound: Bound }[];
}

/** Marks the codes of a column that pass. */
export function codesOf(column: Column, { values, ranges }: Wanted, rules: ValueRules): Uint8Array {
  const pass = equalCodes(column, values, rules);
  for (const { operator, bound: given } of ranges) {
    const { numbers, bound } = comparable(column, given);
    for (let code = 0; code < pass.length; code++)
      if (compares(numbers[code] ?? Number.NaN, operator, bound)) pass[code] = 1;
  }
  return pass;
}

function compare(index: LiveIndex, field: string, operator: Comparison, value: Literal): Bitset {
  if (operator === '=') return equal(index, field, [value]);
  if (operator === '!=') return Bitset.full(index.size).andNot(equal(index, field, [value]));
  const bound = readBound(field, operator, value);
  return productsWhere(index, field, (column) =>
    codesOf(column, { values: [], ranges: [{ operator, bound }] }, index.columns.rules),
  );
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
  return productsWhere(index, field, (column) => equalCodes(column, values, index.columns.rules));
}

/**
 * Marks the codes that one of the values matches: the value that it is a spelling or an alias of, if a live product has
 * that, otherwise those that fold to the same. In a column of measures or dates, also those that are the same measure or
 * date. Takes one pass over the column, however many values are given.
 */
function equalCodes(column: Column, values: readonly Literal[], rules: ValueRules): Uint8Array {
  const pass = new Uint8Array(column.values.length);
  const bounds = new Map<
    string | undefined,
    { readonly numbers: ArrayLike<number>; readonly of: Set<number> }
  >();
  for (const value of values) {
    const text = String(value);
    if (column.name === 'category') {
      for (const code of codesBelow(column, text, rules)) pass[code] = 1;
      continue;
    }
    const own = column.codeOf(text);
    const isLive = own !== undefined && column.documents(own) > 0;
    if (own !== undefined) pass[own] = 1;
    if (!isLive) for (const code of codesFoldingTo(column, text)) pass[code] = 1;
    const given = equalityBound(column, value, isLive);
    if (given === undefined) continue;
    const { numbers, bound, type } = comparable(column, given);
    const known = bounds.get(type);
    if (known === undefined) bounds.set(type, { numbers, of: new Set([bound]) });
    else known.of.add(bound);
  }
  for (const { numbers, of } of bounds.values()) {
    of.delete(Number.NaN);
    for (let code = 0; code < pass.length; code++) if (of.has(numbers[code] ?? Number.NaN)) pass[code] = 1;
  }
  return pass;
}

function allCodes(column: Column): Uint8Array {
  return new Uint8Array(column.values.length).fill(1);
}

/** What else equals a value; undefined if only its spelling does. A text of digits only may be a code. */
function equalityBound({ type }: Column, value: Literal, isLive: boolean): Bound | undefined {
  const isTyped = type.unit !== undefined || type.dates !== undefined;
  if (isLive && !isTyped) return undefined;
  const bound = boundOf(value);
  const isBare = bound !== undefined && bound.date === undefined && bound.unit === undefined;
  return isBare && typeof value === 'string' && !isTyped ? undefined : bound;
}

/** The products with a value whose code is marked. */
function productsWhere(index: LiveIndex, field: string, codesOf: (column: Column) => Uint8Array): Bitset {
  const bits = new Bitset(index.size);
  const column = columnOf(index, field);
  if (column === undefined) return bits;
  const pass = codesOf(column);
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
