import { attributeName } from '../../domain/field.js';
import { FACTS_KEY, type Product } from '../../domain/product.js';

/**
 * Whether a field is among attributes as Algolia writes them: names, `*` for all, `-name` for all but this one.
 * `attributes` includes each of its members.
 */
export function isSelected(attributes: readonly string[] | undefined, field: string): boolean {
  if (attributes === undefined) return true;
  const parent = attributeName(field) === undefined ? field : 'attributes';
  if (attributes.includes(`-${field}`) || attributes.includes(`-${parent}`)) return false;
  return (
    attributes.includes('*') ||
    attributes.includes(field) ||
    attributes.includes(parent) ||
    (attributes.length > 0 && attributes.every((name) => name.startsWith('-')))
  );
}

/** The selected fields of a product, without what the enricher noted. */
export function selectAttributes(product: Product, attributes: readonly string[] | undefined): object {
  const entries = Object.entries(product).flatMap(([name, value]): [string, unknown][] => {
    if (name === FACTS_KEY) return [];
    if (name !== 'attributes') return isSelected(attributes, name) ? [[name, value]] : [];
    const inner = Object.entries(product.attributes ?? {}).filter(([attribute]) =>
      isSelected(attributes, `attributes.${attribute}`),
    );
    return inner.length === 0 ? [] : [[name, Object.fromEntries(inner)]];
  });
  return Object.fromEntries(entries);
}
