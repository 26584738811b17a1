import { MAX_LINKS, type RowCosines } from './graphSearch.js';
import { quantizeQuery, queryRange, strideOf } from './quantizedRows.js';
import { RowQuantizer } from './rowQuantizer.js';
import { allocateShared, type Kernel, openSharedKernel, type SharedMemory } from './simd.js';

/** Threads that may compare rows at once. */
const MAX_ROW_THREADS = 64;
/** Rows that a thread compares at once; its results are in a place of its own. */
const BATCH = 4096;

/** Where quantized rows stand in shared memory; it may be posted to other threads. */
export interface SharedRowsMemory {
  readonly memory: SharedMemory;
  readonly count: number;
  readonly dimension: number;
  readonly rowsAt: number;
  readonly scalesAt: number;
  /** Where the places of the threads begin. */
  readonly threadsAt: number;
  /** The largest error of a cosine with a row from quantizing it. */
  readonly error: number;
}

/** Bytes that the places of threads take. */
export function threadBytes(dimension: number, threads = MAX_ROW_THREADS): number {
  return threads * placeBytes(strideOf(dimension));
}

function placeBytes(stride: number): number {
  return 2 * stride + 4 * MAX_LINKS + 4 * BATCH;
}

/**
 * Rows quantized to int8 in memory that threads share, compared as `QuantizedRows` compares its own. `thread` is the number
 * of the calling thread, from 0: each has a place for its query and its results.
 */
export class SharedRows implements RowCosines {
  readonly rows: Uint32Array;
  readonly #shared: SharedRowsMemory;
  readonly #kernel: Kernel;
  readonly #stride: number;
  readonly #vectorAt: number;
  readonly #idsAt: number;
  readonly #outAt: number;
  readonly #vector: Int16Array;
  readonly #dots: Int32Array;
  readonly #scales: Float32Array;
  readonly #measured = new Float32Array(MAX_LINKS);
  readonly #query: Float32Array;
  #isQuerySet = false;
  #back = 0;

  constructor(shared: SharedRowsMemory, thread: number) {
    if (thread < 0 || thread >= MAX_ROW_THREADS)
      throw new RangeError(`thread ${thread} has no place: there are ${MAX_ROW_THREADS}`);
    const { memory, dimension, count } = shared;
    this.#shared = shared;
    this.#kernel = openSharedKernel(memory);
    this.#stride = strideOf(dimension);
    this.#vectorAt = shared.threadsAt + thread * placeBytes(this.#stride);
    this.#idsAt = this.#vectorAt + 2 * this.#stride;
    this.#outAt = this.#idsAt + 4 * MAX_LINKS;
    this.#vector = new Int16Array(memory.buffer, this.#vectorAt, this.#stride);
    this.rows = new Uint32Array(memory.buffer, this.#idsAt, MAX_LINKS);
    this.#dots = new Int32Array(memory.buffer, this.#outAt, BATCH);
    this.#scales = new Float32Array(memory.buffer, shared.scalesAt, count);
    this.#query = new Float32Array(dimension);
  }

  get count(): number {
    return this.#shared.count;
  }

  get dimension(): number {
    return this.#shared.dimension;
  }

  get error(): number {
    return this.#shared.error;
  }

  /** What follows is compared with this unit vector. */
  setQuery(query: Float32Array): void {
    if (this.#isQuerySet && query.every((value, i) => value === this.#query[i])) return;
    this.#query.set(query);
    this.#isQuerySet = true;
    this.#back = quantizeQuery(query, this.#vector, queryRange(this.#stride));
  }

  /** The cosine of the query with every row, written to `cosines`. */
  measureAll(cosines: Float64Array): void {
    for (let from = 0; from < this.count; from += BATCH) {
      const count = Math.min(BATCH, this.count - from);
      const rowsAt = this.#shared.rowsAt + from * this.#stride;
      this.#kernel.dotBytes(rowsAt, count, this.#stride, this.#vectorAt, this.#outAt);
      for (let place = 0; place < count; place++)
        cosines[from + place] = (this.#dots[place] ?? 0) * (this.#scales[from + place] ?? 0) * this.#back;
    }
  }

  measure(count: number): Float32Array {
    const { rows } = this;
    const measured = this.#measured;
    if (count === 0) return measured;
    const { rowsAt } = this.#shared;
    this.#kernel.dotBytesAt(rowsAt, this.#idsAt, count, this.#stride, this.#vectorAt, this.#outAt);
    for (let place = 0; place < count; place++)
      measured[place] = (this.#dots[place] ?? 0) * (this.#scales[rows[place] ?? 0] ?? 0) * this.#back;
    return measured;
  }
}

/** Quantizes unit vectors into new memory with a place for one thread. */
export function quantizeRows(vectors: Float32Array, dimension: number): SharedRows {
  const count = vectors.length / dimension;
  const scalesAt = count * strideOf(dimension);
  const threadsAt = 16 * Math.ceil((scalesAt + 4 * count) / 16);
  const memory = allocateShared(threadsAt + threadBytes(dimension, 1));
  const rows = new Int8Array(memory.buffer, 0, scalesAt);
  const scales = new Float32Array(memory.buffer, scalesAt, count);
  const quantizer = new RowQuantizer(dimension);
  for (let row = 0; row < count; row++)
    scales[row] = quantizer.add(vectors.subarray(row * dimension, (row + 1) * dimension), rows, row);
  const { error } = quantizer;
  return new SharedRows({ memory, count, dimension, rowsAt: 0, scalesAt, threadsAt, error }, 0);
}
