import type { Evidence, FactMethod } from '../domain/fact.js';
import type { AttributeValue } from '../domain/product.js';

/** The key of the category among attribute ids. A shop's attribute may itself be called "category". */
export const CATEGORY = '@category';
/** The key of an ancestor of the proposed category, for when the leaf is unsure: right if the truth lies at or below it. */
export const BROADER = '@broader';

/** What one method proposes for one field. */
export interface Proposal {
  readonly method: FactMethod;
  /** Canonical; for the category its id. */
  readonly value: AttributeValue;
  /** The method's own score, 0 to 1; calibration turns it into a confidence. */
  readonly score: number;
  readonly evidence: Evidence;
  /**
   * Multiplies the calibrated confidence. For values inferred from similar products: the probability that such a product
   * has the attribute at all. For values that the text mentions in doubt: see `doubtFactor`.
   */
  readonly applicability?: number;
}

/** All proposals for a product's blanks, by attribute id; the category's under `CATEGORY` and `BROADER`. */
export type Proposals = Map<string, readonly Proposal[]>;

/** Two proposals for a field agree if their keys are equal. */
export function valueKey(value: AttributeValue): string {
  return Array.isArray(value) ? [...value].map(String).sort().join('\u0000') : String(value);
}
