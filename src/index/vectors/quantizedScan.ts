import type { NearestBounds } from '../liveIndex.js';
import { QuantizedRows, quantize } from './quantizedRows.js';
import { dotAt } from './unitVector.js';

/** What the int16 grid takes off a query: far less than the int8 grid takes off a row. */
const QUERY_ERROR = 0.001;

/** A row and its exact cosine. */
export interface RowCosine {
  readonly row: number;
  readonly cosine: number;
}

/**
 * Every row compared with a query on an int8 grid, a quarter of what floats would have to be read. How far a
 * cosine on the grid may be off is known (the longest difference of a row and its place on the grid, by
 * Cauchy-Schwarz), so what may be near enough is compared again in floats, and what comes out is exact.
 */
export class QuantizedScan {
  readonly #rows: Float32Array;
  readonly #dimension: number;
  readonly #grid: QuantizedRows;
  readonly #places: Uint32Array;
  readonly #cosines: Float64Array;
  /** Of each row its place among those scanned; -1 for none. */
  readonly #placeOf: Int32Array;
  readonly #margin: number;
  /** What `#cosines` are to; rows never change. */
  readonly #scanned: Float32Array;

  /** `rows` are unit vectors; of them `places` are scanned. */
  constructor(rows: Float32Array, dimension: number, places: Uint32Array) {
    this.#rows = rows;
    this.#dimension = dimension;
    this.#places = places;
    const grid = new Int8Array(places.length * dimension);
    let longest = 0;
    for (let place = 0; place < places.length; place++) {
      const from = (places[place] ?? 0) * dimension;
      const row = rows.subarray(from, from + dimension);
      quantize(row, grid, place * dimension);
      longest = Math.max(longest, squaredError(row, grid, place * dimension));
    }
    this.#margin = Math.sqrt(longest) + QUERY_ERROR;
    this.#grid = new QuantizedRows(
      grid,
      dimension,
      places.map((_, place) => place),
    );
    this.#cosines = new Float64Array(places.length);
    this.#scanned = new Float32Array(dimension);
    this.#placeOf = new Int32Array(rows.length / dimension).fill(-1);
    for (const [place, row] of places.entries()) this.#placeOf[row] = place;
  }

  /**
   * Every row with members within the bounds, in no order; where they are more than `most`, at least the `most`
   * nearest. `best` is the best cosine found elsewhere, `membersOf` as below. `query` is a unit vector.
   */
  around(
    query: Float32Array,
    { min: least, share, max: most }: NearestBounds,
    best: number,
    membersOf: (row: number) => number,
  ): RowCosine[] {
    this.#compare(query);
    const bound = Math.max(least, share * Math.max(best, this.#best(query, membersOf)));
    const floor = bound - this.#margin;
    return this.#exactly(query, Math.max(floor, this.#floorOf(most, floor, membersOf)), bound, membersOf);
  }

  /**
   * The rows with the `k` nearest members among them, and perhaps some more, in no order; `membersOf` says how
   * many members a row has, none for one that does not count.
   */
  nearest(query: Float32Array, k: number, membersOf: (row: number) => number): RowCosine[] {
    this.#compare(query);
    return this.#exactly(query, this.#floorOf(k, -2, membersOf), -2, membersOf);
  }

  /** The cosine of a row on the grid, off by some thousandths; NaN for one that is not scanned. */
  roughly(query: Float32Array): (row: number) => number {
    this.#compare(query);
    return (row) => this.#cosines[this.#placeOf[row] ?? -1] ?? Number.NaN;
  }

  /** A search asks for the same query several times. */
  #compare(query: Float32Array): void {
    if (query.every((value, i) => value === this.#scanned[i])) return;
    this.#grid.cosines(query, this.#cosines);
    this.#scanned.set(query);
  }

  /** The cosine of the nearest row with members; -2 where there is none. */
  #best(query: Float32Array, membersOf: (row: number) => number): number {
    let nearest = -2;
    for (let place = 0; place < this.#cosines.length; place++) {
      const cosine = this.#cosines[place] ?? 0;
      if (cosine > nearest && membersOf(this.#places[place] ?? 0) > 0) nearest = cosine;
    }
    let best = -2;
    const within = this.#exactly(query, nearest - 2 * this.#margin, -2, membersOf);
    for (const { cosine } of within) best = Math.max(best, cosine);
    return best;
  }

  /** A cosine on the grid that none of the `k` nearest members is below; only what is above `floor` is looked at. */
  #floorOf(k: number, floor: number, membersOf: (row: number) => number): number {
    const members = new Uint32Array(BINS + 1);
    for (let place = 0; place < this.#cosines.length; place++) {
      const cosine = this.#cosines[place] ?? 0;
      if (cosine < floor) continue;
      const bin = binOf(cosine);
      members[bin] = (members[bin] ?? 0) + membersOf(this.#places[place] ?? 0);
    }
    let bin = BINS;
    for (let seen = members[bin] ?? 0; seen < k && bin > 0; seen += members[bin] ?? 0) bin--;
    // The k-th nearest on the grid is off by a margin, and so is what might stand before it.
    return bin === 0 ? -2 : (2 * bin) / BINS - 1 - 2 * this.#margin;
  }

  /** Rows with members, of those above `floor` on the grid, that are at least `least` near. */
  #exactly(
    query: Float32Array,
    floor: number,
    least: number,
    membersOf: (row: number) => number,
  ): RowCosine[] {
    const found: RowCosine[] = [];
    for (let place = 0; place < this.#cosines.length; place++) {
      if ((this.#cosines[place] ?? 0) < floor) continue;
      const row = this.#places[place] ?? 0;
      if (membersOf(row) === 0) continue;
      const cosine = this.#exact(query, row);
      if (cosine >= least) found.push({ row, cosine });
    }
    return found;
  }

  #exact(query: Float32Array, row: number): number {
    return Math.fround(dotAt(query, this.#rows, row * this.#dimension));
  }
}

const BINS = 4096;

function binOf(cosine: number): number {
  return Math.min(BINS, Math.max(0, Math.floor(((cosine + 1) / 2) * BINS)));
}

/** The squared length of what a unit vector loses on the grid, both at length 1. */
function squaredError(row: Float32Array, grid: Int8Array, at: number): number {
  let squares = 0;
  for (let i = 0; i < row.length; i++) squares += (grid[at + i] ?? 0) ** 2;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  let error = 0;
  for (let i = 0; i < row.length; i++) error += ((row[i] ?? 0) - (grid[at + i] ?? 0) * scale) ** 2;
  return error;
}
