import { attributeField, attributeName } from './field.js';
import type { Product } from './product.js';
import type { RowValues } from './readRow.js';

/**
 * The stored product with the values of a row: fields and attributes that the row does not mention stay, those that it
 * leaves blank are removed. Changes neither argument.
 */
export function mergeProduct(stored: Product, { product, cleared }: Omit<RowValues, 'unreadable'>): Product {
  const merged: Product = { ...stored, ...product };
  const attributes = new Map(cleared.includes('attributes') ? [] : Object.entries(stored.attributes ?? {}));
  for (const [name, value] of Object.entries(product.attributes ?? {})) attributes.set(name, value);
  for (const field of cleared) {
    const name = attributeName(field);
    if (name !== undefined) attributes.delete(name);
    else if (field !== 'id') delete merged[field];
  }
  if (attributes.size > 0) merged.attributes = Object.fromEntries(attributes);
  else delete merged.attributes;
  return merged;
}

/** The fields that are filled before and blank after, attributes one by one. */
export function lostFields(before: Product, after: Product): string[] {
  const attributes = Object.keys(before.attributes ?? {})
    .filter((name) => !Object.hasOwn(after.attributes ?? {}, name))
    .map(attributeField);
  const fields = Object.keys(before).filter(
    (field) => field !== 'attributes' && !Object.hasOwn(after, field),
  );
  return [...fields, ...attributes];
}
