import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { forEachCell, hasColumn } from '../../index/columns/columnCells.js';
import { ColumnEvidence, type ColumnType } from '../../index/columns/columnType.js';
import { type Cell, readCell } from '../../index/columns/readCell.js';
import { ValueRules } from '../../index/columns/valueRules.js';
import { visibleText } from '../../text/visibleText.js';
import { comparableValues } from './comparable.js';
import { type Bound, boundOf, compares, isAtOrBelow, readBound } from './compare.js';
import type { Comparison, Filter, Literal } from './parseFilter.js';
import { affirmsPhrase, readPhrase, TEXT_FIELD } from './textFilter.js';
import { foldValue } from './valueLookup.js';

type Scalar = string | number | boolean;

/** How a catalog reads the values of its fields. */
export interface FieldTypes {
  typeOf(field: string): ColumnType | undefined;
  readonly rules: ValueRules;
}

/** The types are those that the product alone shows. */
const NO_TYPES: FieldTypes = { typeOf: () => undefined, rules: ValueRules.NONE };

/**
 * Whether a single product passes a filter, without an index. Equal to `applyFilter` in a catalog that writes
 * each value in one way only: equality is up to folding, aliases and units, a category passes with everything below
 * it, `<`, `<=`, `>` and `>=` compare dates and numbers across units, `!=` and NOT pass products without the field.
 * One of several values is enough. A bare number in the filter is in the unit of the field's type.
 * @throws UserError for an order comparison with an id, or with a value that is not a number.
 */
export function matchProduct(product: Product, filter: Filter, types: FieldTypes = NO_TYPES): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchProduct(product, part, types));
    case 'or':
      return filter.parts.some((part) => matchProduct(product, part, types));
    case 'not':
      return !matchProduct(product, filter.part, types);
    case 'exists':
      return valuesOf(product, filter.field, types).length > 0;
    case 'in':
      return isOneOf(product, filter.field, filter.values, types);
    case 'compare':
      if (filter.operator === '=') return isOneOf(product, filter.field, [filter.value], types);
      if (filter.operator === '!=') return !isOneOf(product, filter.field, [filter.value], types);
      return satisfiesOrder(product, filter.field, filter.operator, filter.value, types);
  }
}

/** All fields that a filter names. */
export function fieldsIn(filter: Filter): string[] {
  if ('parts' in filter) return filter.parts.flatMap(fieldsIn);
  return 'part' in filter ? fieldsIn(filter.part) : [filter.field];
}

function valuesOf(product: Product, field: string, { rules }: FieldTypes): Scalar[] {
  const values: Scalar[] = [];
  if (!hasColumn(field)) {
    const value = fieldValue(product, field);
    return value === undefined ? [] : [value].flat();
  }
  const wanted = rules.fieldOf(visibleText(field));
  forEachCell(product, rules, (name, value) => {
    if (name === wanted) values.push(value);
  });
  return values;
}

function cellsOf(product: Product, field: string, types: FieldTypes): Cell[] {
  const { rules } = types;
  return valuesOf(product, field, types)
    .map((value) => readCell(visibleText(field), value, rules))
    .filter((cell) => cell !== undefined);
}

function isOneOf(product: Product, field: string, wanted: readonly Literal[], types: FieldTypes): boolean {
  if (field === TEXT_FIELD)
    return wanted.some((literal) => affirmsPhrase(product, readPhrase(String(literal)), types.rules));
  const values = valuesOf(product, field, types);
  // Ids that differ only in case are different.
  if (field === 'id') return wanted.some((literal) => String(literal) === product.id);
  if (field === 'category') {
    const { rules } = types;
    const paths = values.map((value) => rules.categoryPath(String(value)));
    return wanted.some((literal) =>
      [String(literal), rules.categoryPath(String(literal))].some((path) =>
        paths.some((own) => isAtOrBelow(own, path)),
      ),
    );
  }
  const cells = cellsOf(product, field, types);
  return wanted.some((literal) => isEqual(cells, field, literal, types));
}

function isEqual(cells: readonly Cell[], field: string, literal: Literal, types: FieldTypes): boolean {
  const own = readCell(visibleText(field), literal, types.rules);
  const folded = foldValue(String(literal));
  if (cells.some(({ key, text }) => key === own?.key || foldValue(text) === folded)) return true;
  const bound = boundOf(literal);
  if (bound === undefined) return false;
  const type = typeOf(cells, field, types);
  const isTyped = type.unit !== undefined || type.dates !== undefined;
  const isBare = bound.date === undefined && bound.unit === undefined;
  if (isBare && typeof literal === 'string' && !isTyped) return false;
  return someNumber(cells, type, bound, (number, asked) => number === asked);
}

function satisfiesOrder(
  product: Product,
  field: string,
  operator: Comparison,
  value: Literal,
  types: FieldTypes,
): boolean {
  const asked = readBound(field, operator, value);
  const cells = cellsOf(product, field, types);
  return someNumber(cells, typeOf(cells, field, types), asked, (number, bound) =>
    compares(number, operator, bound),
  );
}

function someNumber(
  cells: readonly Cell[],
  type: ColumnType,
  asked: Bound,
  holds: (number: number, bound: number) => boolean,
): boolean {
  const { numbers, bound } = comparableValues(
    cells.map(({ reading }) => reading),
    type,
    asked,
  );
  return numbers.some((number) => holds(number, bound));
}

/** The type of the field in the catalog, else what the product's own values show. */
function typeOf(cells: readonly Cell[], field: string, types: FieldTypes): ColumnType {
  const known = types.typeOf(field);
  if (known !== undefined) return known;
  const evidence = new ColumnEvidence();
  for (const { reading } of cells) evidence.add(reading, 1);
  return evidence.type();
}
