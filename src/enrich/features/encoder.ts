import type { SpanEvidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { tokens as wordsOf } from '../../text/tokens.js';
import type { Classifier } from './classifier.js';
import { FeatureHasher, type FeatureToken } from './featureHasher.js';
import type { Vocabulary } from './vocabulary.js';

const MAX_FEATURES = 4096;
/** Neighbouring words join the evidence if they contribute at least this share of the strongest word's contribution. */
const MIN_ADJACENT = 0.4;
/** A word of the brand gives way to another word with at least this share of its contribution. */
const MIN_NOT_BRAND = 0.6;

/** The sparse features of one product at a time, and the words that a decision rests on. */
export class Encoder {
  /** Feature ids and weights of the encoded product, in `[0, count)`. */
  readonly ids = new Int32Array(MAX_FEATURES);
  readonly values = new Float32Array(MAX_FEATURES);
  count = 0;
  readonly #owners = new Int32Array(MAX_FEATURES);
  readonly #contributions = new Float64Array(MAX_FEATURES);
  readonly #hasher = new FeatureHasher();
  /** Folded words of the encoded product's brand, computed on first use. */
  #brand: ReadonlySet<string> | undefined;

  constructor(readonly vocabulary: Vocabulary) {}

  encode(product: Product): void {
    this.#hasher.read(product);
    this.#brand = undefined;
    this.count = this.vocabulary.encode(this.#hasher, this.ids, this.values, 0, this.#owners);
  }

  /**
   * The words of the encoded product that contribute most to class `one` against class `other`, quoted, and the share of
   * `margin` (log-odds of `one` over `other`) that they contribute. Undefined if no word contributes. A word of the brand
   * is quoted only if no other word is nearly as strong.
   */
  explain(
    product: Product,
    classifier: Classifier,
    one: number,
    other: number,
    margin: number,
  ): { evidence: SpanEvidence; share: number } | undefined {
    const { tokens } = this.#hasher;
    const contributions = this.#contributions;
    classifier.contributions(this.ids, this.values, 0, this.count, one, other, contributions);
    const sums = new Float64Array(tokens.length);
    for (let i = 0; i < this.count; i++) {
      const owner = this.#owners[i] ?? 0;
      sums[owner] = (sums[owner] ?? 0) + (contributions[i] ?? 0);
    }
    this.#brand ??= new Set(wordsOf(product.brand ?? '').map(({ folded }) => folded));
    const brand = this.#brand;
    let best = -1;
    let bestNotBrand = -1;
    for (const [t, sum] of sums.entries()) {
      if (sum > (sums[best] ?? 0)) best = t;
      if (sum > (sums[bestNotBrand] ?? 0) && !brand.has(tokens[t]?.folded ?? '')) bestNotBrand = t;
    }
    if ((sums[bestNotBrand] ?? 0) >= (sums[best] ?? 0) * MIN_NOT_BRAND) best = bestNotBrand;
    const max = sums[best] ?? 0;
    if (best < 0 || max <= 0) return undefined;
    let first = best;
    let last = best;
    const belongs = (t: number): boolean =>
      tokens[t]?.field === tokens[best]?.field && (sums[t] ?? 0) >= max * MIN_ADJACENT;
    while (belongs(first - 1)) first--;
    while (belongs(last + 1)) last++;
    let contributed = 0;
    for (let t = first; t <= last; t++) contributed += sums[t] ?? 0;
    const evidence = quote(product, tokens[first], tokens[last]);
    return evidence === undefined ? undefined : { evidence, share: margin > 0 ? contributed / margin : 0 };
  }
}

function quote(
  product: Product,
  first: FeatureToken | undefined,
  last: FeatureToken | undefined,
): SpanEvidence | undefined {
  if (first === undefined || last === undefined) return undefined;
  const { field, start } = first;
  return { field, start, end: last.end, quote: (product[field] ?? '').slice(start, last.end) };
}
