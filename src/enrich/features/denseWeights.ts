import { openKernel } from '../../index/vectors/simd.js';

const STEP = 8;

/** A matrix of weights, one row per class, for inner products with a vector and AdaGrad steps; by WebAssembly SIMD. */
export class DenseWeights {
  readonly #kernel: ReturnType<typeof openKernel>['kernel'];
  readonly #stride: number;
  readonly #sumsAt: number;
  readonly #vectorAt: number;
  readonly #outAt: number;
  readonly #weights: Float32Array;
  readonly #vector: Float32Array;
  readonly #dots: Float32Array;

  /** `weights` holds `dimension` numbers per row. For training, `initialSum` is AdaGrad's initial sum of squared gradients. */
  constructor(
    weights: Float32Array,
    readonly dimension: number,
    initialSum?: number,
  ) {
    const count = dimension === 0 ? 0 : weights.length / dimension;
    const stride = Math.max(STEP, Math.ceil(dimension / STEP) * STEP);
    const size = count * stride;
    this.#stride = stride;
    this.#sumsAt = 4 * size;
    this.#vectorAt = this.#sumsAt + (initialSum === undefined ? 0 : 4 * size);
    this.#outAt = this.#vectorAt + 4 * stride;
    const { kernel, buffer } = openKernel(this.#outAt + 4 * count);
    this.#kernel = kernel;
    this.#weights = new Float32Array(buffer, 0, size);
    this.#vector = new Float32Array(buffer, this.#vectorAt, stride);
    this.#dots = new Float32Array(buffer, this.#outAt, count);
    for (let row = 0; row < count; row++) {
      this.#weights.set(weights.subarray(row * dimension, (row + 1) * dimension), row * stride);
    }
    if (initialSum !== undefined) new Float32Array(buffer, this.#sumsAt, size).fill(initialSum);
  }

  /** The inner product of each row with `vector[at, at + dimension)`. The next call overwrites the result. */
  dots(vector: Float32Array, at: number): Float32Array {
    this.#vector.set(vector.subarray(at, at + this.dimension));
    this.#kernel.dotFloats(0, this.#dots.length, this.#stride, this.#vectorAt, this.#outAt);
    return this.#dots;
  }

  /** An AdaGrad step (Duchi et al. 2011) on one row: `gradient` times the vector of the last `dots`. */
  adagradStep(row: number, gradient: number, rate: number): void {
    const at = 4 * row * this.#stride;
    this.#kernel.descend(at, this.#sumsAt + at, this.#vectorAt, this.#stride, gradient, rate);
  }

  /** The weights, in the layout of the constructor. */
  weights(): Float32Array {
    const { dimension } = this;
    const count = this.#dots.length;
    const weights = new Float32Array(count * dimension);
    for (let row = 0; row < count; row++) {
      const at = row * this.#stride;
      weights.set(this.#weights.subarray(at, at + dimension), row * dimension);
    }
    return weights;
  }
}
