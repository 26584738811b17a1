import { seededRandom, shuffle } from '../../domain/seededRandom.js';
import { FloatRows } from '../features/floatRows.js';
import type { SparseRows } from '../features/vocabulary.js';
import { Classifier, type ClassifierParts, softmax } from '../propose/classifier.js';

/** Rows to train on. The arrays may lie on shared memory: a worker then reads them in place. */
export interface TrainingRows extends SparseRows {
  /** Size of the vocabulary that `ids` are from. */
  readonly features: number;
  /** Row after row, `dimension` numbers each; empty, with dimension 0, without vectors. */
  readonly dense: Float32Array;
  readonly dimension: number;
}

/** One classifier to train on some of the rows. */
export interface TrainingTask {
  readonly classes: number;
  /** Class of each row; -1 where the row says nothing. */
  readonly labels: Int32Array;
  /** Rows that may teach; those without a label are passed over. */
  readonly rows: Int32Array;
  readonly seed: number;
}

const RATE = 0.5;
const DENSE_RATE = 0.3;
const BIAS_RATE = 0.05;
/** What AdaGrad's sums start from, so that the first steps are not the longest. */
const FIRST_SUM = 0.01;
/** A class this far from its truth teaches nothing worth the time: most of 160 classes, for most rows. */
const NEGLIGIBLE = 1e-3;
/** A row whose label is this likely is passed over the next time: most rows, after the first two rounds. */
const KNOWN = 0.98;
/** Share of the rows that tells when to stop, and how many at most. */
const WATCHED = 0.05;
const MAX_WATCHED = 400;

/**
 * Softmax regression by AdaGrad (Duchi et al. 2011), one row at a time, the rate falling linearly to zero.
 * Stops early once the loss on watched rows no longer falls by 1 %. Deterministic for a seed.
 */
export function trainClassifier(rows: TrainingRows, task: TrainingTask): ClassifierParts {
  const { classes, labels, seed } = task;
  const random = seededRandom(seed);
  const all = task.rows.filter((row) => (labels[row] ?? -1) >= 0);
  shuffle(all, random);
  const watched = all.subarray(0, Math.min(MAX_WATCHED, Math.floor(all.length * WATCHED)));
  const taught = all.slice(watched.length);
  const epochs = taught.length < 5_000 ? 10 : 4;
  const parts = blank(rows, task, all);
  const step = new Step(rows, parts);
  const scores = new Float64Array(classes);
  const rested = new Uint8Array(labels.length);
  let before = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(taught, random);
    for (let n = 0; n < taught.length; n++) {
      const row = taught[n] ?? 0;
      if (rested[row] === 0) {
        const sure = step.take(row, labels[row] ?? 0, 1 - (epoch + n / taught.length) / epochs);
        rested[row] = sure > KNOWN ? 1 : 0;
      } else rested[row] = 0;
    }
    if (watched.length < 20) continue;
    let loss = 0;
    for (const row of watched) {
      step.model.score(
        rows.ids,
        rows.values,
        rows.starts[row] ?? 0,
        rows.starts[row + 1] ?? 0,
        rows.dense,
        row * rows.dimension,
        scores,
      );
      softmax(scores);
      loss -= Math.log(Math.max(1e-6, scores[labels[row] ?? 0] ?? 0));
    }
    if (loss > before * 0.99) break;
    before = loss;
  }
  return step.parts();
}

/** Zero weights for every pair of feature and class that occurs. */
function blank(rows: TrainingRows, task: TrainingTask, used: Int32Array): ClassifierParts {
  const { starts, ids, features, dimension } = rows;
  const { classes, labels } = task;
  const byClass = Int32Array.from(used).sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || a - b);
  const last = new Int32Array(features).fill(-1);
  const pairStarts = new Int32Array(features + 1);
  for (const row of byClass) {
    const label = labels[row] ?? 0;
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
      const id = ids[i] ?? 0;
      if (last[id] === label) continue;
      last[id] = label;
      pairStarts[id + 1] = (pairStarts[id + 1] ?? 0) + 1;
    }
  }
  for (let id = 0; id < features; id++)
    pairStarts[id + 1] = (pairStarts[id + 1] ?? 0) + (pairStarts[id] ?? 0);
  const pairs = pairStarts[features] ?? 0;
  const pairClasses = new Uint16Array(pairs);
  const next = pairStarts.slice(0, features);
  last.fill(-1);
  for (const row of byClass) {
    const label = labels[row] ?? 0;
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
      const id = ids[i] ?? 0;
      if (last[id] === label) continue;
      last[id] = label;
      const place = next[id] ?? 0;
      pairClasses[place] = label;
      next[id] = place + 1;
    }
  }
  return {
    classes,
    dimension,
    pairStarts,
    pairClasses,
    pairWeights: new Float32Array(pairs),
    denseWeights: new Float32Array(classes * dimension),
    bias: new Float32Array(classes),
  };
}

/** The descent's own state: sums of squared gradients, as AdaGrad keeps them. */
class Step {
  readonly model: Classifier;
  readonly #dense: FloatRows;
  readonly #pairSums: Float32Array;
  readonly #biasSums: Float32Array;
  readonly #gradients: Float64Array;

  constructor(
    readonly rows: TrainingRows,
    readonly learned: ClassifierParts,
  ) {
    const parts = learned;
    this.#dense = new FloatRows(parts.denseWeights, parts.dimension, FIRST_SUM);
    this.model = new Classifier(parts, this.#dense);
    this.#pairSums = new Float32Array(parts.pairWeights.length).fill(FIRST_SUM);
    this.#biasSums = new Float32Array(parts.classes).fill(0.1);
    this.#gradients = new Float64Array(parts.classes);
  }

  /** Returns how likely the label was before. */
  take(row: number, label: number, rate: number): number {
    const { starts, ids, values, dense, dimension } = this.rows;
    const gradients = this.#gradients;
    const from = starts[row] ?? 0;
    const to = starts[row + 1] ?? 0;
    this.model.score(ids, values, from, to, dense, row * dimension, gradients);
    softmax(gradients);
    const missing = (gradients[label] ?? 0) - 1;
    if (missing > -NEGLIGIBLE) return 1 + missing;
    gradients[label] = missing;
    for (let one = 0; one < gradients.length; one++) {
      const gradient = gradients[one] ?? 0;
      if (gradient < NEGLIGIBLE && gradient > -NEGLIGIBLE) gradients[one] = 0;
      else this.#moveDense(one, gradient, rate);
    }
    this.#moveSparse(from, to, rate * RATE);
    return 1 + missing;
  }

  #moveDense(one: number, gradient: number, rate: number): void {
    const { bias } = this.learned;
    const biasSum = (this.#biasSums[one] ?? 0) + gradient * gradient;
    this.#biasSums[one] = biasSum;
    bias[one] = (bias[one] ?? 0) - (rate * BIAS_RATE * gradient) / Math.sqrt(biasSum);
    if (this.learned.dimension > 0) this.#dense.descend(one, gradient, rate * DENSE_RATE);
  }

  #moveSparse(from: number, to: number, rate: number): void {
    const { ids, values } = this.rows;
    const { pairStarts, pairClasses, pairWeights } = this.learned;
    const gradients = this.#gradients;
    const sums = this.#pairSums;
    for (let i = from; i < to; i++) {
      const id = ids[i] ?? 0;
      const value = values[i] ?? 0;
      const end = pairStarts[id + 1] ?? 0;
      for (let pair = pairStarts[id] ?? 0; pair < end; pair++) {
        const gradient = gradients[pairClasses[pair] ?? 0] ?? 0;
        if (gradient === 0) continue;
        const slope = gradient * value;
        const sum = (sums[pair] ?? 0) + slope * slope;
        sums[pair] = sum;
        pairWeights[pair] = (pairWeights[pair] ?? 0) - (rate * slope) / Math.sqrt(sum);
      }
    }
  }

  /** What was learned so far. */
  parts(): ClassifierParts {
    return { ...this.learned, denseWeights: this.#dense.weights() };
  }
}
