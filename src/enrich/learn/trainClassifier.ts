import { seededRandom, shuffle } from '../../domain/seededRandom.js';
import { Classifier, type ClassifierParts, softmax } from '../features/classifier.js';
import { DenseWeights } from '../features/denseWeights.js';
import type { SparseRows } from '../features/vocabulary.js';

/** Rows to train on. Arrays on shared memory are read in place by worker threads. */
export interface TrainingRows extends SparseRows {
  /** Size of the vocabulary that `ids` index. */
  readonly features: number;
  /** One vector of `dimension` numbers per row; empty, with dimension 0, without vectors. */
  readonly dense: Float32Array;
  readonly dimension: number;
}

/** One classifier to train on some of the rows. */
export interface TrainingTask {
  readonly classes: number;
  /** Class of each row; -1 without a label. */
  readonly labels: Int32Array;
  /** Rows to train on; rows without a label are skipped. */
  readonly rows: Int32Array;
  readonly seed: number;
}

/** Learning rates of sparse weights, dense weights and biases. */
const SPARSE_RATE = 0.5;
const DENSE_RATE = 0.3;
const BIAS_RATE = 0.05;
/** AdaGrad's initial sum of squared gradients: keeps the first steps short. */
const INITIAL_SUM = 0.01;
const INITIAL_BIAS_SUM = 0.1;
/** Smaller gradients are skipped, as most of 160 classes have for most rows. */
const NEGLIGIBLE = 1e-3;
/** A row whose label is this likely is skipped in the next epoch, as most rows are after two epochs. */
const EASY = 0.98;
/** Rows set aside for early stopping. */
const VALIDATION_SHARE = 0.05;
const MAX_VALIDATION = 400;
const MIN_VALIDATION = 20;

/**
 * Multinomial logistic regression by stochastic gradient descent with AdaGrad (Duchi et al. 2011); the learning rate falls
 * linearly to zero. Early stopping: ends once the loss on the validation rows falls by less than 1 % in an epoch.
 * Deterministic for a seed.
 */
export function trainClassifier(rows: TrainingRows, task: TrainingTask): ClassifierParts {
  const { classes, labels, seed } = task;
  const random = seededRandom(seed);
  const all = task.rows.filter((row) => (labels[row] ?? -1) >= 0);
  shuffle(all, random);
  const validation = all.subarray(0, Math.min(MAX_VALIDATION, Math.floor(all.length * VALIDATION_SHARE)));
  const training = all.slice(validation.length);
  const epochs = training.length < 5_000 ? 10 : 4;
  const parts = zeroWeights(rows, task, all);
  const optimizer = new AdaGrad(rows, parts);
  const scores = new Float64Array(classes);
  const skipNext = new Uint8Array(labels.length);
  let lastLoss = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(training, random);
    for (let n = 0; n < training.length; n++) {
      const row = training[n] ?? 0;
      if (skipNext[row] === 0) {
        const probability = optimizer.step(row, labels[row] ?? 0, 1 - (epoch + n / training.length) / epochs);
        skipNext[row] = probability > EASY ? 1 : 0;
      } else skipNext[row] = 0;
    }
    if (validation.length < MIN_VALIDATION) continue;
    let loss = 0;
    for (const row of validation) {
      optimizer.model.score(
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
    if (loss > lastLoss * 0.99) break;
    lastLoss = loss;
  }
  return optimizer.parts();
}

/** Zero weights for every pair of feature and class that occurs in the rows. */
function zeroWeights(rows: TrainingRows, task: TrainingTask, used: Int32Array): ClassifierParts {
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
      const pair = next[id] ?? 0;
      pairClasses[pair] = label;
      next[id] = pair + 1;
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

/** The weights being trained, with AdaGrad's sums of squared gradients. */
class AdaGrad {
  readonly model: Classifier;
  readonly #dense: DenseWeights;
  readonly #pairSums: Float32Array;
  readonly #biasSums: Float32Array;
  readonly #gradients: Float64Array;

  constructor(
    readonly rows: TrainingRows,
    readonly weights: ClassifierParts,
  ) {
    const parts = weights;
    this.#dense = new DenseWeights(parts.denseWeights, parts.dimension, INITIAL_SUM);
    this.model = new Classifier(parts, this.#dense);
    this.#pairSums = new Float32Array(parts.pairWeights.length).fill(INITIAL_SUM);
    this.#biasSums = new Float32Array(parts.classes).fill(INITIAL_BIAS_SUM);
    this.#gradients = new Float64Array(parts.classes);
  }

  /** One gradient step on a row. Returns the probability of its label before the step. */
  step(row: number, label: number, rate: number): number {
    const { starts, ids, values, dense, dimension } = this.rows;
    const gradients = this.#gradients;
    const from = starts[row] ?? 0;
    const to = starts[row + 1] ?? 0;
    this.model.score(ids, values, from, to, dense, row * dimension, gradients);
    softmax(gradients);
    const labelGradient = (gradients[label] ?? 0) - 1;
    if (labelGradient > -NEGLIGIBLE) return 1 + labelGradient;
    gradients[label] = labelGradient;
    for (let one = 0; one < gradients.length; one++) {
      const gradient = gradients[one] ?? 0;
      if (gradient < NEGLIGIBLE && gradient > -NEGLIGIBLE) gradients[one] = 0;
      else this.#updateDense(one, gradient, rate);
    }
    this.#updateSparse(from, to, rate * SPARSE_RATE);
    return 1 + labelGradient;
  }

  #updateDense(one: number, gradient: number, rate: number): void {
    const { bias } = this.weights;
    const biasSum = (this.#biasSums[one] ?? 0) + gradient * gradient;
    this.#biasSums[one] = biasSum;
    bias[one] = (bias[one] ?? 0) - (rate * BIAS_RATE * gradient) / Math.sqrt(biasSum);
    if (this.weights.dimension > 0) this.#dense.adagradStep(one, gradient, rate * DENSE_RATE);
  }

  #updateSparse(from: number, to: number, rate: number): void {
    const { ids, values } = this.rows;
    const { pairStarts, pairClasses, pairWeights } = this.weights;
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

  /** The weights trained so far. */
  parts(): ClassifierParts {
    return { ...this.weights, denseWeights: this.#dense.weights() };
  }
}
