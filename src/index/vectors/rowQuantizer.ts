import { quantize, strideOf } from './quantizedRows.js';

/** Quantizes unit vectors to int8 rows, and keeps the largest error that a cosine with one of them can have. */
export class RowQuantizer {
  readonly #stride: number;
  #longest = 0;

  constructor(dimension: number) {
    this.#stride = strideOf(dimension);
  }

  /** By Cauchy-Schwarz, for a query of length 1. */
  get error(): number {
    return Math.sqrt(this.#longest);
  }

  /** Writes a row, which must be zero, and returns its scale: what makes it a unit vector again. */
  add(vector: Float32Array, rows: Int8Array, row: number): number {
    const at = row * this.#stride;
    quantize(vector, rows, at);
    let squares = 0;
    for (let i = 0; i < vector.length; i++) squares += (rows[at + i] ?? 0) ** 2;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    let error = 0;
    for (let i = 0; i < vector.length; i++) error += ((vector[i] ?? 0) - (rows[at + i] ?? 0) * scale) ** 2;
    this.#longest = Math.max(this.#longest, error);
    return scale;
  }
}
