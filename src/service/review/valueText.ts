import type { AttributeValue } from '../../domain/product.js';

/** A value as a cell shows it: several joined by `, `. */
export function valueText(value: AttributeValue): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
