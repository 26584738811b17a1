import type { Evidence, FactMethod } from '../../domain/fact.js';
import type { AttributeValue } from '../../domain/product.js';

/** What the category goes by where things are kept by attribute id; attributes may well be called "category". */
export const CATEGORY = '@category';
/** The category above it that is surer, where it is unsure: right where the truth lies at or below it. */
export const BROADER = '@broader';

/** What one method says about one field. */
export interface Proposal {
  readonly method: FactMethod;
  /** Canonical; for the category its id. */
  readonly value: AttributeValue;
  /** How sure the method is in its own terms, 0 to 1; calibration makes a confidence of it. */
  readonly score: number;
  readonly evidence: Evidence;
  /** Of guesses by resemblance: how likely it is that such a product has the attribute at all. Applied after calibration. */
  readonly applies?: number;
}

/** Two proposals of one field agree when their keys are equal. */
export function valueKey(value: AttributeValue): string {
  return Array.isArray(value) ? [...value].map(String).sort().join('\u0000') : String(value);
}
