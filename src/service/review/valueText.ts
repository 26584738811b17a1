import type { AttributeValue } from '../../domain/product.js';

/** A value as text for a person; several are joined by `, `. */
export function valueText(value: AttributeValue): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
