import { UserError } from '../domain/errors.js';
import { attributeField, fieldValue } from '../domain/field.js';
import type { LiveIndex } from '../index/liveIndex.js';
import { fieldsIn } from '../search/filter/matchProduct.js';
import { parseFilter } from '../search/filter/parseFilter.js';
import { isStandardField, requireKnownField } from '../search/filter/requireKnownField.js';
import type { Store } from '../store/open.js';
import { nearestNames } from '../text/nearestName.js';

/** Names of fields that are compared for a suggestion. */
const MAX_COMPARED = 5000;
const MAX_SUGGESTED = 3;

/**
 * Checks that the catalog has the fields of a key's filter: with a mistyped one, `availabilty != 'out of stock'` would hide
 * nothing. An empty catalog says nothing about fields.
 * @throws UserError that names the nearest fields.
 */
export function requireIndexedFields(index: LiveIndex, filter: string): void {
  if (index.live === 0) return;
  for (const field of fieldsIn(parseFilter(filter))) requireKnownField(index, field, 'filter');
}

/** The same from the store, for a command: reads products until all fields are found. */
export function requireStoredFields(
  { products, facts }: Pick<Store, 'products' | 'facts'>,
  filter: string,
): void {
  const missing = new Set(fieldsIn(parseFilter(filter)).filter((field) => !isStandardField(field)));
  const names = new Set<string>();
  for (const product of products.each()) {
    if (missing.size === 0) return;
    const { attributes = {}, ...own } = product;
    const filled = facts.get(product.id).map(({ field }) => field);
    for (const field of missing)
      if (filled.includes(field) || fieldValue(product, field) !== undefined) missing.delete(field);
    if (names.size < MAX_COMPARED)
      for (const field of [...Object.keys(own), ...Object.keys(attributes).map(attributeField), ...filled])
        names.add(field);
  }
  const [field] = missing;
  if (field === undefined || names.size === 0) return;
  throw new UserError(
    `filter: no product has the field '${field}'; there is ${nearestNames(field, [...names], MAX_SUGGESTED).join(', ') || 'none yet'}.`,
    { field: 'filter' },
  );
}
