import type { Asked, Question } from './askSpans.js';
import type { SpanText } from './readSpans.js';
import { ANY, FIRST, LAST, mix, type SpanFeatures, WHOLE, WITHIN } from './spanFeatures.js';

/** Weights stand at places below this: hashes of feature and attribute together. */
export const WEIGHT_SPACE = 1 << 21;
const MASK = WEIGHT_SPACE - 1;
/** Score of what is no answer: low enough that its probability is 0, and finite. */
const NEVER = -1e6;

/**
 * Scores of a text's spans as answers to one question: log-odds over saying nothing. One linear model answers all
 * questions, each feature weighing by attribute; those that `askSpans` gives weigh across attributes, so that a
 * rare one profits from the others.
 */
export class SpanScorer {
  scores = new Float64Array(0);
  #first = new Float64Array(0);
  #last = new Float64Array(0);
  #within = new Float64Array(0);

  constructor(readonly weights: Float32Array) {}

  /** Fills `scores` for the text's spans. */
  score(text: SpanText, features: SpanFeatures, question: Question, asked: Asked): void {
    const { weights } = this;
    const { hash, longest } = question;
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
    within[0] = 0;
    for (let i = 0; i < length; i++) {
      first[i] = sum(weights, features.first, i * FIRST, FIRST, hash);
      last[i] = sum(weights, features.last, i * LAST, LAST, hash);
      within[i + 1] = (within[i] ?? 0) + sum(weights, features.within, i * WITHIN, WITHIN, hash);
    }
    const any = sum(weights, features.any, 0, ANY, hash);
    const { starts, ids } = asked;
    for (let x = 0; x < count; x++) {
      const i = text.from[x] ?? 0;
      const j = text.to[x] ?? 0;
      if (j - i >= longest) {
        this.scores[x] = NEVER;
        continue;
      }
      let score = any + (first[i] ?? 0) + (last[j] ?? 0) + (within[j + 1] ?? 0) - (within[i] ?? 0);
      score += sum(weights, features.whole, x * WHOLE, WHOLE, hash);
      for (let k = starts[x] ?? 0; k < (starts[x + 1] ?? 0); k++) score += weights[(ids[k] ?? 0) & MASK] ?? 0;
      this.scores[x] = score;
    }
  }
}

function sum(weights: Float32Array, features: Int32Array, at: number, count: number, hash: number): number {
  let total = 0;
  for (let k = at; k < at + count; k++) total += weights[mix(features[k] ?? 0, hash) & MASK] ?? 0;
  return total;
}

/** A gradient of the scores below this moves nothing worth the time. */
const NEGLIGIBLE = 1e-3;

/** Moves the weights against a gradient of the scores, by AdaGrad (Duchi et al. 2011). */
export class SpanDescent {
  readonly #sums: Float32Array;

  constructor(readonly weights: Float32Array) {
    this.#sums = new Float32Array(weights.length).fill(0.01);
  }

  /** `slopes` is the loss's derivative by each span's score. */
  take(
    text: SpanText,
    features: SpanFeatures,
    question: Question,
    asked: Asked,
    slopes: Float64Array,
    rate: number,
  ): void {
    const { hash } = question;
    const length = text.tokens.length;
    const first = new Float64Array(length);
    const last = new Float64Array(length);
    const steps = new Float64Array(length + 1);
    let any = 0;
    for (let x = 0; x < slopes.length; x++) {
      const slope = slopes[x] ?? 0;
      any += slope;
      if (slope < NEGLIGIBLE && slope > -NEGLIGIBLE) continue;
      const i = text.from[x] ?? 0;
      const j = text.to[x] ?? 0;
      first[i] = (first[i] ?? 0) + slope;
      last[j] = (last[j] ?? 0) + slope;
      steps[i] = (steps[i] ?? 0) + slope;
      steps[j + 1] = (steps[j + 1] ?? 0) - slope;
      this.#move(features.whole, x * WHOLE, WHOLE, hash, slope, rate);
      for (let k = asked.starts[x] ?? 0; k < (asked.starts[x + 1] ?? 0); k++)
        this.#step((asked.ids[k] ?? 0) & MASK, slope, rate);
    }
    let within = 0;
    for (let i = 0; i < length; i++) {
      within += steps[i] ?? 0;
      this.#move(features.first, i * FIRST, FIRST, hash, first[i] ?? 0, rate);
      this.#move(features.last, i * LAST, LAST, hash, last[i] ?? 0, rate);
      this.#move(features.within, i * WITHIN, WITHIN, hash, within, rate);
    }
    this.#move(features.any, 0, ANY, hash, any, rate);
  }

  #move(features: Int32Array, at: number, count: number, hash: number, slope: number, rate: number): void {
    if (slope < NEGLIGIBLE && slope > -NEGLIGIBLE) return;
    for (let k = at; k < at + count; k++) this.#step(mix(features[k] ?? 0, hash) & MASK, slope, rate);
  }

  #step(place: number, slope: number, rate: number): void {
    const squares = (this.#sums[place] ?? 0) + slope * slope;
    this.#sums[place] = squares;
    this.weights[place] = (this.weights[place] ?? 0) - (rate * slope) / Math.sqrt(squares);
  }
}
