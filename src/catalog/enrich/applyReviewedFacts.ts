import type { Fact } from '../../domain/fact.js';
import { fieldValue, withField } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';

/**
 * A copy of the product with its blanks filled by a person's decisions, which the enricher treats like the merchant's
 * own values.
 */
export function applyReviewedFacts(product: Product, facts: readonly Fact[]): Product {
  let known = product;
  for (const { field, value, source, status, method } of facts) {
    // A composed text states only what other fields say; quoting it would be circular.
    if (
      source !== 'reviewer' ||
      status !== 'applied' ||
      method === 'template' ||
      fieldValue(product, field) !== undefined
    )
      continue;
    known = withField(known, field, value);
  }
  return known;
}
