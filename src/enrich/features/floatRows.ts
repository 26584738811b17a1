import { openKernel } from '../../index/vectors/simd.js';

const STEP = 8;

/** Rows of weights that a vector is multiplied with, and moved along while they are learned. */
export class FloatRows {
  readonly #kernel: ReturnType<typeof openKernel>['kernel'];
  readonly #stride: number;
  readonly #sumsAt: number;
  readonly #vectorAt: number;
  readonly #outAt: number;
  readonly #weights: Float32Array;
  readonly #vector: Float32Array;
  readonly #dots: Float32Array;

  /** `weights` holds `dimension` numbers a row. With `firstSum`, rows can be moved: it is what the sums of squares start from. */
  constructor(
    weights: Float32Array,
    readonly dimension: number,
    firstSum?: number,
  ) {
    const count = dimension === 0 ? 0 : weights.length / dimension;
    const stride = Math.max(STEP, Math.ceil(dimension / STEP) * STEP);
    const size = count * stride;
    this.#stride = stride;
    this.#sumsAt = 4 * size;
    this.#vectorAt = this.#sumsAt + (firstSum === undefined ? 0 : 4 * size);
    this.#outAt = this.#vectorAt + 4 * stride;
    const { kernel, buffer } = openKernel(this.#outAt + 4 * count);
    this.#kernel = kernel;
    this.#weights = new Float32Array(buffer, 0, size);
    this.#vector = new Float32Array(buffer, this.#vectorAt, stride);
    this.#dots = new Float32Array(buffer, this.#outAt, count);
    for (let row = 0; row < count; row++) {
      this.#weights.set(weights.subarray(row * dimension, (row + 1) * dimension), row * stride);
    }
    if (firstSum !== undefined) new Float32Array(buffer, this.#sumsAt, size).fill(firstSum);
  }

  /** The inner product of each row with `vector[at, at + dimension)`; overwritten by the next call. */
  dots(vector: Float32Array, at: number): Float32Array {
    this.#vector.set(vector.subarray(at, at + this.dimension));
    this.#kernel.dotFloats(0, this.#dots.length, this.#stride, this.#vectorAt, this.#outAt);
    return this.#dots;
  }

  /** Moves a row against `gradient` along the vector of the last `dots`. */
  descend(row: number, gradient: number, rate: number): void {
    const at = 4 * row * this.#stride;
    this.#kernel.descend(at, this.#sumsAt + at, this.#vectorAt, this.#stride, gradient, rate);
  }

  /** The weights as the constructor takes them. */
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
