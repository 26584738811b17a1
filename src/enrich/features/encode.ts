import type { SpanEvidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { tokens as wordsOf } from '../../text/tokens.js';
import type { Classifier } from '../propose/classifier.js';
import { FeatureReader, type FeatureToken } from './features.js';
import type { Vocabulary } from './vocabulary.js';

const MAX_FEATURES = 4096;
/** Words beside the one that carried most belong to the evidence if they carried at least this share of it. */
const ALONG = 0.4;
/** From this share of what the brand's words carried on, the others are shown instead. */
const NEARLY = 0.6;

/** One product's features at a time, and which of its words carried a decision. */
export class Encoder {
  readonly ids = new Int32Array(MAX_FEATURES);
  readonly values = new Float32Array(MAX_FEATURES);
  count = 0;
  readonly #owners = new Int32Array(MAX_FEATURES);
  readonly #contributions = new Float64Array(MAX_FEATURES);
  readonly #reader = new FeatureReader();
  /** Words of the encoded product's brand; read where they are asked for. */
  #brand: ReadonlySet<string> | undefined;

  constructor(readonly vocabulary: Vocabulary) {}

  encode(product: Product): void {
    this.#reader.read(product);
    this.#brand = undefined;
    this.count = this.vocabulary.encode(this.#reader, this.ids, this.values, 0, this.#owners);
  }

  /**
   * The words of the encoded product that spoke most for class `one` against class `other`, quoted, with the
   * share of `margin` (log-odds of one over other) that they account for; undefined where no word spoke for
   * it. A word of the brand is shown only where no other one is nearly as strong.
   */
  explain(
    product: Product,
    classifier: Classifier,
    one: number,
    other: number,
    margin: number,
  ): { evidence: SpanEvidence; share: number } | undefined {
    const { tokens } = this.#reader;
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
    let plain = -1;
    for (const [t, sum] of sums.entries()) {
      if (sum > (sums[best] ?? 0)) best = t;
      if (sum > (sums[plain] ?? 0) && !brand.has(tokens[t]?.folded ?? '')) plain = t;
    }
    if ((sums[plain] ?? 0) >= (sums[best] ?? 0) * NEARLY) best = plain;
    const max = sums[best] ?? 0;
    if (best < 0 || max <= 0) return undefined;
    let first = best;
    let last = best;
    const along = (t: number): boolean =>
      tokens[t]?.field === tokens[best]?.field && (sums[t] ?? 0) >= max * ALONG;
    while (along(first - 1)) first--;
    while (along(last + 1)) last++;
    let spoken = 0;
    for (let t = first; t <= last; t++) spoken += sums[t] ?? 0;
    const evidence = quote(product, tokens[first], tokens[last]);
    return evidence === undefined ? undefined : { evidence, share: margin > 0 ? spoken / margin : 0 };
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
