import type { Fact } from './fact.js';
import { fieldValue, withField } from './field.js';
import type { Product } from './product.js';

/**
 * The product as it is shown: blanks filled by applied facts, and what is applied or suggested under
 * `_shelfwright`. A value of the merchant's is never replaced. The given product is left alone.
 */
export function applyFacts(
  product: Product,
  facts: readonly Fact[],
): Product & { _shelfwright: { facts: Fact[] } } {
  let shown = product;
  for (const fact of facts) {
    if (fact.status === 'applied' && fieldValue(product, fact.field) === undefined) {
      shown = withField(shown, fact.field, fact.value);
    }
  }
  return {
    ...shown,
    _shelfwright: { facts: facts.filter(({ status }) => status === 'applied' || status === 'suggested') },
  };
}
