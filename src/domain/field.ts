import { isBlank } from './isBlank.js';
import type { AttributeValue, Product } from './product.js';

const ATTRIBUTE = 'attributes.';

/** `attributes.color` → `color`; undefined for a field of the record itself. */
export function attributeName(field: string): string | undefined {
  return field.startsWith(ATTRIBUTE) ? field.slice(ATTRIBUTE.length) : undefined;
}

export function attributeField(name: string): string {
  return ATTRIBUTE + name;
}

/** The value of `category`, `brand`, `attributes.color` or any extra field; undefined if blank. */
export function fieldValue(product: Product, field: string): AttributeValue | undefined {
  const name = attributeName(field);
  const value = name === undefined ? product[field] : product.attributes?.[name];
  return isBlank(value) ? undefined : asValue(value);
}

function asValue(value: unknown): AttributeValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  const scalars = value.filter(
    (item): item is string | number | boolean =>
      typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean',
  );
  return scalars.length === value.length ? scalars : undefined;
}

/** A copy of the product with one field set. */
export function withField(product: Product, field: string, value: AttributeValue): Product {
  const name = attributeName(field);
  if (name === undefined) return { ...product, [field]: value };
  return { ...product, attributes: { ...product.attributes, [name]: value } };
}

/** A copy of the product without one field. */
export function withoutField(product: Product, field: string): Product {
  const name = attributeName(field);
  if (name === undefined) {
    const { [field]: _, ...others } = product;
    return { ...others, id: product.id };
  }
  const { [name]: _, ...attributes } = product.attributes ?? {};
  return { ...product, attributes };
}
