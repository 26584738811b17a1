import type { Evidence } from './fact.js';
import { factsOf } from './filledProduct.js';
import { FACTS_KEY, type Product } from './product.js';

const HIDDEN: Evidence = { rule: 'most similar labelled products, which this key may not see' };

/** The product with evidence that names no product for which `isHidden` holds. A product without any is returned as it is. */
export function withoutNeighbours(product: Product, isHidden: (id: string) => boolean): Product {
  const facts = factsOf(product);
  const naming = facts.some(
    ({ evidence }) => 'neighbours' in evidence && evidence.neighbours.some(({ id }) => isHidden(id)),
  );
  if (!naming) return product;
  const shown = facts.map((fact) => {
    if (!('neighbours' in fact.evidence)) return fact;
    const neighbours = fact.evidence.neighbours.filter(({ id }) => !isHidden(id));
    return { ...fact, evidence: neighbours.length === 0 ? HIDDEN : { neighbours } };
  });
  return { ...product, [FACTS_KEY]: { ...Object(product[FACTS_KEY]), facts: shown } };
}
