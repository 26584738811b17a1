import { seededRandom, shuffle } from '../../domain/seededRandom.js';
import type { AttributeFeatures, TargetAttribute } from './attributeFeatures.js';
import type { SpanText } from './readSpans.js';
import { singleSpanProbabilities, spanMarginals } from './semiMarkovCrf.js';
import { ANY, FIRST, LAST, type SpanFeatures, WHOLE, WITHIN } from './spanFeatures.js';
import { SpanScorer, sharedIndex, weightIndex } from './spanScorer.js';

const MIN_EPOCHS = 4;
const MAX_EPOCHS = 16;
/** One epoch per this many spans of the mean text: a value is harder to find in long texts. */
const SPANS_PER_EPOCH = 40;
/** Maximum number of spans scored in all epochs together. */
const MAX_SCORED = 100_000_000;
/** An example is skipped in the next epoch if all its probabilities are off by less than this. */
const CONVERGED = 0.01;
const LEARNING_RATE = 0.2;
/** AdaGrad's initial sum of squared gradients. */
const INITIAL_SUM = 0.01;
/** Smaller gradients of a span's score are skipped. */
const NEGLIGIBLE = 1e-3;

/** One training row and one attribute, with the spans that hold its value. */
export interface SpanExample {
  readonly text: SpanText;
  readonly features: SpanFeatures;
  readonly attributeFeatures: AttributeFeatures;
  readonly target: TargetAttribute;
  /** The attribute may have several values. */
  readonly several: boolean;
  /** With `several` all of these spans are values, otherwise any one of them is. Empty if the text holds no value. */
  readonly valueSpans: Int32Array;
  readonly weight: number;
}

/**
 * Minimises the negative log-likelihood by stochastic gradient descent with AdaGrad, in place; the learning rate falls
 * linearly to zero. Deterministic for a seed.
 */
export function fitSpanWeights(examples: readonly SpanExample[], weights: Float32Array, seed: number): void {
  const random = seededRandom(seed);
  const scorer = new SpanScorer(weights);
  const optimizer = new SpanAdaGrad(weights);
  const order = Int32Array.from(examples.keys());
  const skipNext = new Uint8Array(examples.length);
  const epochs = epochsFor(examples);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let n = 0; n < order.length; n++) {
      const index = order[n] ?? 0;
      const example = examples[index];
      if (example === undefined) continue;
      if (skipNext[index] === 1) {
        skipNext[index] = 0;
        continue;
      }
      scorer.score(example.text, example.features, example.target, example.attributeFeatures);
      const rate = LEARNING_RATE * example.weight * (1 - (epoch + n / order.length) / epochs);
      const gradient = lossGradient(example, scorer.scores);
      if (gradient.every((slope) => slope < CONVERGED && slope > -CONVERGED)) skipNext[index] = 1;
      else optimizer.step(example, gradient, rate);
    }
  }
}

function epochsFor(examples: readonly SpanExample[]): number {
  const spans = examples.reduce((sum, { text }) => sum + text.stems.length, 0);
  const epochs = Math.min(MAX_EPOCHS, spans / (SPANS_PER_EPOCH * examples.length), MAX_SCORED / spans);
  return Math.max(MIN_EPOCHS, Math.floor(epochs));
}

/** The derivative of an example's loss by each span's score: the expected minus the actual number of values there. */
export function lossGradient(
  { text, valueSpans, several }: Pick<SpanExample, 'text' | 'valueSpans' | 'several'>,
  scores: Float64Array,
): Float64Array {
  const gradient = new Float64Array(scores.length);
  if (several) {
    spanMarginals(text, text.tokens.length, scores, gradient);
    for (const x of valueSpans) gradient[x] = (gradient[x] ?? 0) - 1;
    return gradient;
  }
  singleSpanProbabilities(scores, gradient);
  // The likelihood is the sum over all spans that hold the value, so their relative probabilities stay as they are.
  let right = 0;
  for (const x of valueSpans) right += gradient[x] ?? 0;
  if (right > 0) for (const x of valueSpans) gradient[x] = (gradient[x] ?? 0) - (gradient[x] ?? 0) / right;
  return gradient;
}

/** AdaGrad (Duchi et al. 2011) on the hashed weights. */
class SpanAdaGrad {
  readonly #sums: Float32Array;

  constructor(readonly weights: Float32Array) {
    this.#sums = new Float32Array(weights.length).fill(INITIAL_SUM);
  }

  /** Moves the weights against `gradient`, the derivative of the loss by each span's score. */
  step(
    { text, features, target: { hash }, attributeFeatures: { starts, ids } }: SpanExample,
    gradient: Float64Array,
    rate: number,
  ): void {
    const length = text.tokens.length;
    const first = new Float64Array(length);
    const last = new Float64Array(length);
    // Differences of the gradient by token: their running sum is the gradient of the spans over a token.
    const differences = new Float64Array(length + 1);
    let any = 0;
    for (let x = 0; x < gradient.length; x++) {
      const slope = gradient[x] ?? 0;
      any += slope;
      if (slope < NEGLIGIBLE && slope > -NEGLIGIBLE) continue;
      const i = text.from[x] ?? 0;
      const j = text.to[x] ?? 0;
      first[i] = (first[i] ?? 0) + slope;
      last[j] = (last[j] ?? 0) + slope;
      differences[i] = (differences[i] ?? 0) + slope;
      differences[j + 1] = (differences[j + 1] ?? 0) - slope;
      this.#updateBlock(features.whole, x * WHOLE, WHOLE, hash, slope, rate);
      for (let k = starts[x] ?? 0; k < (starts[x + 1] ?? 0); k++)
        this.#update(sharedIndex(ids, k), slope, rate);
    }
    let within = 0;
    for (let i = 0; i < length; i++) {
      within += differences[i] ?? 0;
      this.#updateBlock(features.first, i * FIRST, FIRST, hash, first[i] ?? 0, rate);
      this.#updateBlock(features.last, i * LAST, LAST, hash, last[i] ?? 0, rate);
      this.#updateBlock(features.within, i * WITHIN, WITHIN, hash, within, rate);
    }
    this.#updateBlock(features.any, 0, ANY, hash, any, rate);
  }

  #updateBlock(
    features: Int32Array,
    at: number,
    count: number,
    hash: number,
    slope: number,
    rate: number,
  ): void {
    if (slope < NEGLIGIBLE && slope > -NEGLIGIBLE) return;
    for (let k = at; k < at + count; k++) this.#update(weightIndex(features, k, hash), slope, rate);
  }

  #update(index: number, slope: number, rate: number): void {
    const squares = (this.#sums[index] ?? 0) + slope * slope;
    this.#sums[index] = squares;
    this.weights[index] = (this.weights[index] ?? 0) - (rate * slope) / Math.sqrt(squares);
  }
}
