import { otherCategories } from '../../domain/categoryPath.js';
import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { readValue, unitOfColumn, type ValueNumber } from '../../index/columns/readValue.js';
import { fold } from '../../text/fold.js';
import type { Unit } from '../../text/units.js';
import { comparableValues } from './comparable.js';
import { type Bound, compares, isAtOrBelow, readBound } from './compare.js';
import type { Comparison, Filter, Literal } from './parseFilter.js';
import { affirmsPhrase, readPhrase, TEXT_FIELD } from './textFilter.js';

type Scalar = string | number | boolean;

/** The most frequent unit of a field in the catalog; see `Column.unit`. */
export type UnitOfField = (field: string) => Unit | undefined;

/**
 * Whether a single product passes a filter, without an index. Equal to `applyFilter` in a catalog that writes
 * each value in one way only: equality is up to folding, a category passes with everything below it, `<`,
 * `<=`, `>` and `>=` compare numbers across units, `!=` and NOT pass products without the field. One of
 * several values is enough. A bare number in the filter is in the unit from `unitOf`, or in the product's
 * most frequent unit.
 * @throws UserError for an order comparison with an id, or with a value that is not a number.
 */
export function matchProduct(product: Product, filter: Filter, unitOf?: UnitOfField): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchProduct(product, part, unitOf));
    case 'or':
      return filter.parts.some((part) => matchProduct(product, part, unitOf));
    case 'not':
      return !matchProduct(product, filter.part, unitOf);
    case 'exists':
      return valuesOf(product, filter.field).length > 0;
    case 'in':
      return isOneOf(product, filter.field, filter.values, unitOf);
    case 'compare':
      if (filter.operator === '=') return isOneOf(product, filter.field, [filter.value], unitOf);
      if (filter.operator === '!=') return !isOneOf(product, filter.field, [filter.value], unitOf);
      return satisfiesOrder(product, filter.field, filter.operator, filter.value, unitOf);
  }
}

/** All fields that a filter names. */
export function fieldsIn(filter: Filter): string[] {
  if ('parts' in filter) return filter.parts.flatMap(fieldsIn);
  return 'part' in filter ? fieldsIn(filter.part) : [filter.field];
}

function valuesOf(product: Product, field: string): Scalar[] {
  const value = fieldValue(product, field);
  const values = value === undefined ? [] : [value].flat();
  return field === 'category' ? [...values, ...otherCategories(product)] : values;
}

function isOneOf(
  product: Product,
  field: string,
  wanted: readonly Literal[],
  unitOf: UnitOfField | undefined,
): boolean {
  if (field === TEXT_FIELD)
    return wanted.some((literal) => affirmsPhrase(product, readPhrase(String(literal))));
  const values = valuesOf(product, field);
  // Ids that differ only in case are different.
  if (field === 'id') return wanted.some((literal) => String(literal) === product.id);
  if (field === 'category') {
    return wanted.some((literal) => values.some((value) => isAtOrBelow(String(value), String(literal))));
  }
  return wanted.some(
    (literal) =>
      values.some((value) => fold(String(value)) === fold(String(literal))) ||
      (typeof literal === 'number' &&
        someNumber(
          values,
          field,
          { value: literal, unit: undefined },
          unitOf,
          (number, bound) => number === bound,
        )),
  );
}

function satisfiesOrder(
  product: Product,
  field: string,
  operator: Comparison,
  value: Literal,
  unitOf: UnitOfField | undefined,
): boolean {
  const asked = readBound(field, operator, value);
  return someNumber(valuesOf(product, field), field, asked, unitOf, (number, bound) =>
    compares(number, operator, bound),
  );
}

function someNumber(
  values: readonly Scalar[],
  field: string,
  asked: Bound,
  unitOf: UnitOfField | undefined,
  holds: (number: number, bound: number) => boolean,
): boolean {
  const read = [...new Set(values)].map(readValue);
  const unit = unitOf === undefined ? ownUnit(read) : unitOf(field);
  const { numbers, bound } = comparableValues(read, unit, asked);
  return numbers.some((number) => holds(number, bound));
}

function ownUnit(values: readonly ValueNumber[]): Unit | undefined {
  const cells = new Map<Unit, number>();
  for (const { unit } of values) if (unit !== undefined) cells.set(unit, (cells.get(unit) ?? 0) + 1);
  return unitOfColumn(cells);
}
