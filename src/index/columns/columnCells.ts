import { otherCategories } from '../../domain/categoryPath.js';
import { attributeField } from '../../domain/field.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { visibleText } from '../../text/visibleText.js';
import { forEachScalar } from '../forEachScalar.js';
import type { ValueRules } from './valueRules.js';

/** Fields without a column to filter by: unique, prose, or links. */
const NO_COLUMN = new Set(['id', 'title', 'description', 'url', 'image', 'attributes', FACTS_KEY]);
/** Fields without such a column that products are sorted by. */
const SORTED_ONLY = new Set(['title']);
/** Longer strings are prose; nobody filters by them, and nearly every one is distinct. */
const MAX_VALUE_LENGTH = 1000;
/** Only the beginning of a longer text is sorted by. */
const MAX_SORTED_LENGTH = 256;
const LINK = /^https?:\/\//i;

/** False for fields that are never filtered or counted by. */
export function hasColumn(field: string): boolean {
  return !NO_COLUMN.has(field);
}

/**
 * Visits every (field, value) of a product for filters, facets and sorting; strings are trimmed. Names of fields that
 * look alike, and the names of one attribute of the taxonomy, are one field.
 */
export function forEachCell(
  product: Product,
  rules: ValueRules,
  visit: (field: string, value: string | number | boolean) => void,
): void {
  for (const name of Object.keys(product)) {
    const field = visibleText(name);
    if (SORTED_ONLY.has(field)) visitSorted(field, product[name], visit);
    else if (hasColumn(field)) visitCells(field, product[name], visit);
  }
  // After its own category, which counts as the first value.
  visitCells('category', otherCategories(product), visit);
  for (const [name, value] of Object.entries(product.attributes ?? {}))
    visitCells(rules.fieldOf(attributeField(visibleText(name))), value, visit);
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

function visitSorted(field: string, value: unknown, visit: (field: string, value: string) => void): void {
  const text = typeof value === 'string' ? visibleText(value.slice(0, MAX_SORTED_LENGTH)) : '';
  if (text !== '') visit(field, text);
}
