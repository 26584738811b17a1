import { statesItsValue } from '../../domain/fact.js';
import { factsOf } from '../../domain/filledProduct.js';
import type { Product } from '../../domain/product.js';
import { lowerBound } from '../../structures/binarySearch.js';
import { grown } from '../../structures/growTypedArray.js';
import type { ValueRules } from './valueRules.js';

/** Of the merchant's own values, and of those that a person decided. */
export const FULL_SUPPORT = 1;

const makeWords = (length: number) => new Uint32Array(length);
const makeBytes = (length: number) => new Uint8Array(length);

/**
 * How much the filled values of a field say beyond the words of their products, 0 to 1, in steps of .01. Products that
 * are not listed have full support.
 */
export class ValueSupport {
  #ordinals: Uint32Array;
  #percents: Uint8Array;
  #count: number;

  /** `ordinals` ascend; the object owns both arrays. */
  constructor(
    ordinals: Uint32Array = new Uint32Array(0),
    percents: Uint8Array = new Uint8Array(ordinals.length),
  ) {
    this.#ordinals = ordinals;
    this.#percents = percents;
    this.#count = ordinals.length;
  }

  static readonly FULL = new ValueSupport();

  get ordinals(): Uint32Array {
    return this.#ordinals.subarray(0, this.#count);
  }

  get percents(): Uint8Array {
    return this.#percents.subarray(0, this.#count);
  }

  /** Of the product's value; meaningless where it has none. */
  of(ordinal: number): number {
    const place = lowerBound(this.#ordinals, ordinal, this.#count);
    if (place === this.#count || this.#ordinals[place] !== ordinal) return FULL_SUPPORT;
    return (this.#percents[place] ?? 0) / 100;
  }

  /** Adds a product with an ordinal higher than any before. */
  append(ordinal: number, support: number): void {
    this.#ordinals = grown(this.#ordinals, this.#count + 1, makeWords);
    this.#percents = grown(this.#percents, this.#count + 1, makeBytes);
    this.#ordinals[this.#count] = ordinal;
    this.#percents[this.#count++] = Math.round(100 * support);
  }
}

/**
 * Adds the fields of a product that the enricher filled to `supports`, with the support of their values: their confidence,
 * and 0 for a value that the text states, because the text's own words say it already. The ordinal is higher than any
 * before.
 */
export function appendSupports(
  supports: Map<string, ValueSupport>,
  ordinal: number,
  product: Product,
  rules: ValueRules,
): void {
  const seen = new Set<string>();
  for (const fact of factsOf(product)) {
    const field = rules.fieldOf(fact.field);
    if (fact.status !== 'applied' || fact.source !== 'model' || seen.has(field)) continue;
    seen.add(field);
    const known = supports.get(field) ?? new ValueSupport();
    supports.set(field, known);
    known.append(ordinal, statesItsValue(fact) ? 0 : Math.min(fact.confidence, 0.99));
  }
}
