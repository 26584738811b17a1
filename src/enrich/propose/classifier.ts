import { FloatRows } from '../features/floatRows.js';

/** Words that make up less of a decision's margin (its log-odds over the runner-up) do not explain it. */
export const CARRIES = 0.25;

/** What a trained classifier is made of; plain arrays, so that it crosses threads and files as it is. */
export interface ClassifierParts {
  readonly classes: number;
  /** Length of the vectors it was trained with; 0 without vectors. */
  readonly dimension: number;
  /** Feature f has weights for the classes `pairClasses[pairStarts[f], pairStarts[f + 1])`; 0 for all others. */
  readonly pairStarts: Int32Array;
  readonly pairClasses: Uint16Array;
  readonly pairWeights: Float32Array;
  /** Class after class, `dimension` weights each. */
  readonly denseWeights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Multinomial logistic regression over sparse features and a dense unit vector. A feature weighs only
 * for classes whose rows held it: the weights then grow with the text, not with features x classes
 * (36,000 x 160 classes: 180,000 weights instead of 5.8 million), and accuracy is the same.
 */
export class Classifier {
  #dense: FloatRows | undefined;

  /** `dense` are the parts' dense weights where they are being learned. */
  constructor(
    readonly parts: ClassifierParts,
    dense?: FloatRows,
  ) {
    this.#dense = dense;
  }

  /** Log-odds of every class into `scores`; the vector is left out where undefined or of another length. */
  score(
    ids: Int32Array,
    values: Float32Array,
    from: number,
    to: number,
    dense: Float32Array | undefined,
    denseAt: number,
    scores: Float64Array,
  ): void {
    const { pairStarts, pairClasses, pairWeights, denseWeights, bias, classes, dimension } = this.parts;
    scores.set(bias);
    for (let i = from; i < to; i++) {
      const id = ids[i] ?? 0;
      const value = values[i] ?? 0;
      const end = pairStarts[id + 1] ?? 0;
      for (let pair = pairStarts[id] ?? 0; pair < end; pair++) {
        const one = pairClasses[pair] ?? 0;
        scores[one] = (scores[one] ?? 0) + value * (pairWeights[pair] ?? 0);
      }
    }
    if (dense === undefined || dimension === 0) return;
    this.#dense ??= new FloatRows(denseWeights, dimension);
    const dots = this.#dense.dots(dense, denseAt);
    for (let one = 0; one < classes; one++) scores[one] = (scores[one] ?? 0) + (dots[one] ?? 0);
  }

  /** What each feature of a row adds to class `one` over class `other`, into `out[from, to)`. */
  contributions(
    ids: Int32Array,
    values: Float32Array,
    from: number,
    to: number,
    one: number,
    other: number,
    out: Float64Array,
  ): void {
    const { pairStarts, pairClasses, pairWeights } = this.parts;
    for (let i = from; i < to; i++) {
      const id = ids[i] ?? 0;
      let sum = 0;
      const end = pairStarts[id + 1] ?? 0;
      for (let pair = pairStarts[id] ?? 0; pair < end; pair++) {
        if (pairClasses[pair] === one) sum += pairWeights[pair] ?? 0;
        else if (pairClasses[pair] === other) sum -= pairWeights[pair] ?? 0;
      }
      out[i] = sum * (values[i] ?? 0);
    }
  }
}

/** Log-odds to probabilities, in place. */
export function softmax(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) highest = Math.max(highest, scores[i] ?? 0);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const odds = Math.exp((scores[i] ?? 0) - highest);
    scores[i] = odds;
    sum += odds;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) / sum;
}
