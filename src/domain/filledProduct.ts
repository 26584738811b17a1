import { z } from 'zod';
import { type Fact, factSchema, isShown } from './fact.js';
import { fieldValue, withField } from './field.js';
import { FACTS_KEY, type Product } from './product.js';

/** The value under `FACTS_KEY`. */
export const productFactsSchema = z.object({ facts: z.array(factSchema) });

/** A product with its blanks filled by applied facts, and the facts that are shown: applied and suggested ones. */
export interface FilledProduct {
  readonly product: Product;
  readonly facts: readonly Fact[];
}

/** A filled product as one record, the way it leaves the program. */
export type ProductDocument = Product & { readonly [FACTS_KEY]: { readonly facts: Fact[] } };

/**
 * Fills the blanks of a product. Never replaces a value of the merchant; of several applied facts for one field the
 * first counts. The given product stays as it is.
 */
export function applyFacts(product: Product, facts: readonly Fact[]): FilledProduct {
  let filled = product;
  for (const { field, value, written = value, status } of facts) {
    if (status === 'applied' && fieldValue(filled, field) === undefined)
      filled = withField(filled, field, written);
  }
  return { product: filled, facts: facts.filter(isShown) };
}

export function documentOf({ product, facts }: FilledProduct): ProductDocument {
  return { ...product, [FACTS_KEY]: { facts: [...facts] } };
}

/** The facts of a record from a file or the index. None if it has none or they are malformed. */
export function factsOf(record: Readonly<Record<string, unknown>>): readonly Fact[] {
  if (record[FACTS_KEY] === undefined) return [];
  return productFactsSchema.safeParse(record[FACTS_KEY]).data?.facts ?? [];
}
