import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { fold } from '../../text/fold.js';
import { numericValue } from '../../text/numericValue.js';
import { boundOf, compares, isAtOrBelow } from './compare.js';
import type { Comparison, Filter, Literal } from './parseFilter.js';
import { affirmsPhrase, readPhrase, TEXT_FIELD } from './textFilter.js';

type Scalar = string | number | boolean;

/**
 * Whether a product that is not indexed passes a filter, as `applyFilter` would have it in a catalog where
 * nobody writes a value in two ways: equality is under folding, a category passes with all below it, `<` and its like compare numbers (`8 GB`
 * counts as 8) and hold for no product without one; `!=` and NOT hold for products without the field; of
 * several values one is enough.
 * @throws UserError where `<` or its like is asked of an id, or against what is no number.
 */
export function matchProduct(product: Product, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchProduct(product, part));
    case 'or':
      return filter.parts.some((part) => matchProduct(product, part));
    case 'not':
      return !matchProduct(product, filter.part);
    case 'exists':
      return valuesOf(product, filter.field).length > 0;
    case 'in':
      return isOneOf(product, filter.field, filter.values);
    case 'compare':
      if (filter.operator === '=') return isOneOf(product, filter.field, [filter.value]);
      if (filter.operator === '!=') return !isOneOf(product, filter.field, [filter.value]);
      return isBeside(product, filter.field, filter.operator, filter.value);
  }
}

/** Every field that a filter names. */
export function fieldsIn(filter: Filter): string[] {
  if ('parts' in filter) return filter.parts.flatMap(fieldsIn);
  return 'part' in filter ? fieldsIn(filter.part) : [filter.field];
}

function valuesOf(product: Product, field: string): Scalar[] {
  const value = fieldValue(product, field);
  return value === undefined ? [] : [value].flat();
}

function isOneOf(product: Product, field: string, wanted: readonly Literal[]): boolean {
  if (field === TEXT_FIELD)
    return wanted.some((literal) => affirmsPhrase(product, readPhrase(String(literal))));
  const values = valuesOf(product, field);
  // Ids that differ by their case are two products.
  if (field === 'id') return wanted.some((literal) => String(literal) === product.id);
  if (field === 'category') {
    return wanted.some((literal) => values.some((value) => isAtOrBelow(String(value), String(literal))));
  }
  return wanted.some((literal) =>
    values.some(
      (value) =>
        fold(String(value)) === fold(String(literal)) ||
        (typeof literal === 'number' && numericValue(value) === literal),
    ),
  );
}

function isBeside(product: Product, field: string, operator: Comparison, value: Literal): boolean {
  const bound = boundOf(field, operator, value);
  return valuesOf(product, field).some((one) => compares(numericValue(one), operator, bound));
}
