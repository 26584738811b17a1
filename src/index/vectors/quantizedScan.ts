import type { NearestBounds } from '../liveIndex.js';
import type { SharedRows } from './sharedRows.js';

/** Error of a cosine from quantizing the query to int16: far less than that of the int8 rows. */
const QUERY_ERROR = 0.001;

/** A row and its exact cosine. */
export interface RowCosine {
  readonly row: number;
  readonly cosine: number;
}

/** Compares unit vectors with a query exactly. */
export interface ExactRows {
  dot(query: Float32Array, row: number): number;
}

/**
 * Exact search over all rows in two passes. The first compares the query with int8 rows, which reads a
 * quarter of the bytes. The error of such a cosine is bounded by the largest quantization error of a row
 * (Cauchy-Schwarz), so every row that may qualify is compared again in floats, and results are exact.
 */
export class QuantizedScan {
  readonly #quantized: SharedRows;
  readonly #exact: ExactRows;
  readonly #cosines: Float64Array;
  readonly #margin: number;
  /** The query that `#cosines` belong to; rows never change. */
  readonly #scannedQuery: Float32Array;

  /** `quantized` are the rows of `exact`. */
  constructor(quantized: SharedRows, exact: ExactRows) {
    this.#quantized = quantized;
    this.#exact = exact;
    this.#margin = quantized.error + QUERY_ERROR;
    this.#cosines = new Float64Array(quantized.count);
    this.#scannedQuery = new Float32Array(quantized.dimension);
  }

  /**
   * All rows with members within the bounds, in no order; if there are more than `max`, at least the `max`
   * nearest. `best` is the best cosine found elsewhere; `membersOf` as in `nearest`. `query` is a unit
   * vector.
   */
  nearestWithin(
    query: Float32Array,
    { min, share, max }: NearestBounds,
    bestCosine: number,
    membersOf: (row: number) => number,
  ): RowCosine[] {
    this.#scan(query);
    const bound = Math.max(min, share * Math.max(bestCosine, this.#bestCosine(query, membersOf)));
    const floor = bound - this.#margin;
    return this.#verify(query, Math.max(floor, this.#lowerBoundOf(max, floor, membersOf)), bound, membersOf);
  }

  /** All rows with members and at least this cosine, in no order. `query` and `membersOf` as in `nearest`. */
  atLeast(query: Float32Array, min: number, membersOf: (row: number) => number): RowCosine[] {
    this.#scan(query);
    return this.#verify(query, min - this.#margin, min, membersOf);
  }

  /**
   * The rows that contain the `k` nearest members, and possibly a few more, in no order. `membersOf` returns
   * the number of members of a row, 0 for a row that does not count.
   */
  nearest(query: Float32Array, k: number, membersOf: (row: number) => number): RowCosine[] {
    this.#scan(query);
    return this.#verify(query, this.#lowerBoundOf(k, -2, membersOf), -2, membersOf);
  }

  /** Approximate cosines of rows, with an error of a few thousandths. */
  approximateCosines(query: Float32Array): (row: number) => number {
    this.#scan(query);
    return (row) => this.#cosines[row] ?? Number.NaN;
  }

  /** One search uses the same query several times. */
  #scan(query: Float32Array): void {
    if (query.every((value, i) => value === this.#scannedQuery[i])) return;
    this.#quantized.setQuery(query);
    this.#quantized.measureAll(this.#cosines);
    this.#scannedQuery.set(query);
  }

  /** The cosine of the nearest row with members; -2 if there is none. */
  #bestCosine(query: Float32Array, membersOf: (row: number) => number): number {
    let nearest = -2;
    for (let row = 0; row < this.#cosines.length; row++) {
      const cosine = this.#cosines[row] ?? 0;
      if (cosine > nearest && membersOf(row) > 0) nearest = cosine;
    }
    let bestCosine = -2;
    const within = this.#verify(query, nearest - 2 * this.#margin, -2, membersOf);
    for (const { cosine } of within) bestCosine = Math.max(bestCosine, cosine);
    return bestCosine;
  }

  /**
   * A lower bound for the approximate cosine of the `k` nearest members; only rows above `floor` are counted.
   */
  #lowerBoundOf(k: number, floor: number, membersOf: (row: number) => number): number {
    const members = new Uint32Array(BINS + 1);
    for (let row = 0; row < this.#cosines.length; row++) {
      const cosine = this.#cosines[row] ?? 0;
      if (cosine < floor) continue;
      const bin = binOf(cosine);
      members[bin] = (members[bin] ?? 0) + membersOf(row);
    }
    let bin = BINS;
    for (let seen = members[bin] ?? 0; seen < k && bin > 0; seen += members[bin] ?? 0) bin--;
    // The approximate cosine of the k-th nearest is off by one margin, and so is that of a row that may
    // precede it.
    return bin === 0 ? -2 : (2 * bin) / BINS - 1 - 2 * this.#margin;
  }

  /**
   * Rows with members whose approximate cosine is at least `floor` and whose exact cosine is at least `min`.
   */
  #verify(query: Float32Array, floor: number, min: number, membersOf: (row: number) => number): RowCosine[] {
    const found: RowCosine[] = [];
    for (let row = 0; row < this.#cosines.length; row++) {
      if ((this.#cosines[row] ?? 0) < floor) continue;
      if (membersOf(row) === 0) continue;
      const cosine = Math.fround(this.#exact.dot(query, row));
      if (cosine >= min) found.push({ row, cosine });
    }
    return found;
  }
}

const BINS = 4096;

function binOf(cosine: number): number {
  return Math.min(BINS, Math.max(0, Math.floor(((cosine + 1) / 2) * BINS)));
}
