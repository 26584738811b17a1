import { openKernel } from './simd.js';

/** The kernel reads so many numbers at once. */
const STEP = 8;

/** Vectors of float32, compared with one vector at a time by WebAssembly SIMD: exact to about 1e-6. */
export class FloatRows {
  readonly #kernel: ReturnType<typeof openKernel>['kernel'];
  readonly #stride: number;
  readonly #vectorAt: number;
  readonly #outAt: number;
  readonly #vector: Float32Array;
  readonly #dots: Float32Array;
  readonly #rows: Float32Array;

  /** `rows` holds `dimension` numbers per row, and is copied. */
  constructor(
    rows: Float32Array,
    readonly dimension: number,
  ) {
    const count = rows.length / dimension;
    this.#stride = Math.ceil(dimension / STEP) * STEP;
    this.#vectorAt = 4 * count * this.#stride;
    this.#outAt = this.#vectorAt + 4 * this.#stride;
    const { kernel, buffer } = openKernel(this.#outAt + 4 * count);
    this.#kernel = kernel;
    this.#vector = new Float32Array(buffer, this.#vectorAt, this.#stride);
    this.#dots = new Float32Array(buffer, this.#outAt, count);
    this.#rows = new Float32Array(buffer, 0, count * this.#stride);
    for (let row = 0; row < count; row++)
      this.#rows.set(rows.subarray(row * dimension, (row + 1) * dimension), row * this.#stride);
  }

  get count(): number {
    return this.#dots.length;
  }

  /** A view of one row. */
  row(at: number): Float32Array {
    return this.#rows.subarray(at * this.#stride, at * this.#stride + this.dimension);
  }

  /** All rows, one after the other. */
  toArray(): Float32Array {
    const rows = new Float32Array(this.count * this.dimension);
    for (let at = 0; at < this.count; at++) rows.set(this.row(at), at * this.dimension);
    return rows;
  }

  /** The inner product of each row with the vector. The next call overwrites the result. */
  dots(vector: Float32Array): Float32Array {
    this.#vector.set(vector.subarray(0, this.dimension));
    this.#kernel.dotFloats(0, this.count, this.#stride, this.#vectorAt, this.#outAt);
    return this.#dots;
  }
}
