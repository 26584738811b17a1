import type { Fact } from '../../domain/fact.js';
import { fieldValue, withField } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';

/**
 * The product with its blanks filled by what a person decided, for the enricher to take for the merchant's own.
 * The given product is left alone.
 */
export function applyReviewedFacts(product: Product, facts: readonly Fact[]): Product {
  let known = product;
  for (const { field, value, source, status } of facts) {
    if (source !== 'reviewer' || status !== 'applied' || fieldValue(product, field) !== undefined) continue;
    known = withField(known, field, value);
  }
  return known;
}
