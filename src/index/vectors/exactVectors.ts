import { closeSync, openSync, readSync } from 'node:fs';
import { dotAt } from './unitVector.js';

/** Unit vectors as they were embedded, by row. */
export interface ExactVectors {
  /** The inner product of the query and a row. */
  dot(query: Float32Array, row: number): number;
  /** A copy of a row. */
  vector(row: number): Float32Array;
  /** The vectors must not be used afterwards. */
  close(): void;
}

/** Vectors in memory, which may be shared with other threads. */
export class VectorsInMemory implements ExactVectors {
  constructor(
    private readonly rows: Float32Array,
    private readonly dimension: number,
  ) {}

  dot(query: Float32Array, row: number): number {
    return dotAt(query, this.rows, row * this.dimension);
  }

  vector(row: number): Float32Array {
    return Float32Array.from(this.rows.subarray(row * this.dimension, (row + 1) * this.dimension));
  }

  close(): void {
    // The garbage collector frees it.
  }
}

/** Rows that are read at once where the next one is read next: of a whole catalog in order, most. */
const ROWS_AHEAD = 32;

/**
 * Vectors that stay on disk: a search compares a few hundred of them, and the operating system keeps those that are read
 * often. A row takes about 2 microseconds where it does.
 */
export class VectorsOnDisk implements ExactVectors {
  readonly #fd: number;
  readonly #dimension: number;
  readonly #read: Float32Array;
  /** The rows that `#read` holds. */
  #from = 0;
  #to = 0;

  constructor(
    private readonly path: string,
    dimension: number,
  ) {
    this.#fd = openSync(path, 'r');
    this.#dimension = dimension;
    this.#read = new Float32Array(ROWS_AHEAD * dimension);
  }

  dot(query: Float32Array, row: number): number {
    return dotAt(query, this.#read, this.#find(row) * this.#dimension);
  }

  vector(row: number): Float32Array {
    const at = this.#find(row) * this.#dimension;
    return this.#read.slice(at, at + this.#dimension);
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** The place of a row in `#read`, where it is read to if need be. */
  #find(row: number): number {
    if (row < this.#from || row >= this.#to) {
      const rows = row === this.#to ? ROWS_AHEAD : 1;
      const bytes = new Uint8Array(this.#read.buffer, 0, 4 * rows * this.#dimension);
      const rowBytes = 4 * this.#dimension;
      const found = readSync(this.#fd, bytes, 0, bytes.length, row * rowBytes);
      if (found < rowBytes) throw new Error(`${this.path} ends before row ${row}`);
      this.#from = row;
      this.#to = row + Math.floor(found / rowBytes);
    }
    return row - this.#from;
  }
}
