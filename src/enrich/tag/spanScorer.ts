import type { AttributeFeatures, TargetAttribute } from './attributeFeatures.js';
import type { SpanText } from './readSpans.js';
import { ANY, FIRST, LAST, mix, type SpanFeatures, WHOLE, WITHIN } from './spanFeatures.js';

/** Size of the hashed weight space. A weight's index is a hash of feature and attribute. */
export const WEIGHT_SPACE = 1 << 21;
const MASK = WEIGHT_SPACE - 1;
/** Score of spans that are too long: finite, and so low that the probability is 0. */
const IMPOSSIBLE = -1e6;

/**
 * Scores a text's spans as values of one attribute: log-odds against "no value". One linear model serves all attributes:
 * the weights of `SpanFeatures` are separate for each attribute, those of `AttributeFeatures` are shared, so that a rare
 * attribute benefits from the others.
 */
export class SpanScorer {
  /** By span, after `score`. */
  scores = new Float64Array(0);
  #first = new Float64Array(0);
  #last = new Float64Array(0);
  #within = new Float64Array(0);

  constructor(readonly weights: Float32Array) {}

  /** Fills `scores` for the spans of `text`. */
  score(
    text: SpanText,
    features: SpanFeatures,
    { hash, longest }: TargetAttribute,
    { starts, ids }: AttributeFeatures,
  ): void {
    const { weights } = this;
    const length = text.tokens.length;
    const count = text.from.length;
    if (this.scores.length !== count) this.scores = new Float64Array(count);
    if (this.#first.length <= length) {
      this.#first = new Float64Array(length * 2 + 1);
      this.#last = new Float64Array(length * 2 + 1);
      this.#within = new Float64Array(length * 2 + 1);
    }
    const first = this.#first;
    const last = this.#last;
    const within = this.#within;
    // Prefix sums, so that the score of the tokens within any span costs one subtraction.
    within[0] = 0;
    for (let i = 0; i < length; i++) {
      first[i] = sum(weights, features.first, i * FIRST, FIRST, hash);
      last[i] = sum(weights, features.last, i * LAST, LAST, hash);
      within[i + 1] = (within[i] ?? 0) + sum(weights, features.within, i * WITHIN, WITHIN, hash);
    }
    const any = sum(weights, features.any, 0, ANY, hash);
    for (let x = 0; x < count; x++) {
      const i = text.from[x] ?? 0;
      const j = text.to[x] ?? 0;
      if (j - i >= longest) {
        this.scores[x] = IMPOSSIBLE;
        continue;
      }
      let score = any + (first[i] ?? 0) + (last[j] ?? 0) + (within[j + 1] ?? 0) - (within[i] ?? 0);
      score += sum(weights, features.whole, x * WHOLE, WHOLE, hash);
      for (let k = starts[x] ?? 0; k < (starts[x + 1] ?? 0); k++) score += weights[sharedIndex(ids, k)] ?? 0;
      this.scores[x] = score;
    }
  }
}

function sum(weights: Float32Array, features: Int32Array, at: number, count: number, hash: number): number {
  let total = 0;
  for (let k = at; k < at + count; k++) total += weights[weightIndex(features, k, hash)] ?? 0;
  return total;
}

/** Index of the weight of feature k for the attribute with this hash. */
export function weightIndex(features: Int32Array, k: number, hash: number): number {
  return mix(features[k] ?? 0, hash) & MASK;
}

/** Index of the weight of feature k that all attributes share. */
export function sharedIndex(features: Int32Array, k: number): number {
  return (features[k] ?? 0) & MASK;
}
