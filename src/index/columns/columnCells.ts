import { otherCategories } from '../../domain/categoryPath.js';
import { attributeField } from '../../domain/field.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { forEachScalar } from '../forEachScalar.js';

/** Fields without a column: unique, prose, or links. */
const NO_COLUMN = new Set(['id', 'title', 'description', 'url', 'image', 'attributes', FACTS_KEY]);
/** Longer strings are prose; nobody filters by them, and nearly every one is distinct. */
const MAX_VALUE_LENGTH = 1000;
const LINK = /^https?:\/\//i;

/** False for fields that are never filtered, counted or sorted by. */
export function hasColumn(field: string): boolean {
  return !NO_COLUMN.has(field);
}

/** Visits every (field, value) of a product for filters, facets and sorting; strings are trimmed. */
export function forEachCell(
  product: Product,
  visit: (field: string, value: string | number | boolean) => void,
): void {
  for (const name of Object.keys(product)) {
    if (hasColumn(name)) visitCells(name, product[name], visit);
  }
  // After its own category, which counts as the first value.
  visitCells('category', otherCategories(product), visit);
  for (const [name, value] of Object.entries(product.attributes ?? {}))
    visitCells(attributeField(name), value, visit);
}

function visitCells(
  field: string,
  value: unknown,
  visit: (field: string, value: string | number | boolean) => void,
): void {
  forEachScalar(value, (scalar) => {
    if (typeof scalar !== 'string') return visit(field, scalar);
    const text = scalar.trim();
    if (text !== '' && text.length <= MAX_VALUE_LENGTH && !LINK.test(text)) visit(field, text);
  });
}
