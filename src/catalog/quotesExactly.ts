import type { Evidence } from '../domain/fact.js';
import { fieldValue } from '../domain/field.js';
import type { Product } from '../domain/product.js';

/** Whether a span still quotes the product's text exactly; true for evidence that is not a span. */
export function quotesExactly(product: Product, evidence: Evidence): boolean {
  if (!('quote' in evidence)) return true;
  const { field, start, end, quote } = evidence;
  return String(fieldValue(product, field) ?? '').slice(start, end) === quote;
}
