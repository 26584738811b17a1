import { attributeField } from '../../domain/field.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';
import { forEachScalar } from '../forEachScalar.js';

/** Told apart by id, read as prose, or only followed: nothing to filter or count by. */
const NO_COLUMN = new Set(['id', 'title', 'description', 'url', 'image', 'attributes', FACTS_KEY]);
/** Longer strings are prose; nobody filters by them, and every one would be a value of its own. */
const LONGEST_VALUE = 1000;
const LINK = /^https?:\/\//i;

/** False for fields that nothing filters, counts or sorts by, whatever products hold in them. */
export function hasColumn(field: string): boolean {
  return !NO_COLUMN.has(field);
}

/** Visits every (field, value) of a product that filters, facets and sorting may use; strings are trimmed. */
export function forEachCell(
  product: Product,
  visit: (field: string, value: string | number | boolean) => void,
): void {
  for (const name of Object.keys(product)) {
    if (hasColumn(name)) cells(name, product[name], visit);
  }
  for (const [name, value] of Object.entries(product.attributes ?? {}))
    cells(attributeField(name), value, visit);
}

function cells(
  field: string,
  value: unknown,
  visit: (field: string, value: string | number | boolean) => void,
): void {
  forEachScalar(value, (scalar) => {
    if (typeof scalar !== 'string') return visit(field, scalar);
    const text = scalar.trim();
    if (text !== '' && text.length <= LONGEST_VALUE && !LINK.test(text)) visit(field, text);
  });
}
