import { factsOf } from '../../domain/filledProduct.js';
import type { Product } from '../../domain/product.js';
import { fold } from '../../text/fold.js';

/** What the text implies and does not say. */
const IMPLYING = new Set(['neighbours', 'classifier']);

/**
 * Attributes that the enricher filled and that words do not look in: those that nothing in the text says (a
 * guess by resemblance would answer for words that nobody wrote), and those that the text says to the letter
 * (it is read already, and would count twice). What a lookup brought to another spelling is read.
 */
export function fieldsExcludedFromText(product: Product): ReadonlySet<string> {
  const unspoken = new Set<string>();
  for (const { field, value, method, evidence } of factsOf(product)) {
    if (field === 'category') continue;
    if (IMPLYING.has(method) || ('quote' in evidence && fold(evidence.quote) === fold(String(value))))
      unspoken.add(field);
  }
  return unspoken;
}
