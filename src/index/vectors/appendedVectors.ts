import { grown } from '../../structures/growTypedArray.js';
import { TopScores } from '../../structures/topK.js';
import { QuantizedScan } from './quantizedScan.js';
import { quantizeRows } from './sharedRows.js';
import { dotAt } from './unitVector.js';

const makeFloats = (length: number) => new Float32Array(length);
/** Rows of a block. A full block is quantized, and neither copied nor changed again. */
const BLOCK_ROWS = 8192;

export interface Hit {
  readonly ordinal: number;
  readonly cosine: number;
}

type Counts = (ordinal: number) => boolean;

/**
 * Unit vectors of appended products, searched exactly. They are kept in blocks, so that adding one never copies them
 * all, and full blocks are scanned quantized, as those of the generation.
 */
export class AppendedVectors {
  readonly #blocks: Float32Array[] = [];
  readonly #scans: QuantizedScan[] = [];
  readonly #ordinals: number[] = [];

  constructor(
    private readonly dimension: number,
    private readonly blockRows = BLOCK_ROWS,
  ) {}

  /** Adds the unit vector of a product and returns its row, numbered from 0. */
  append(ordinal: number, unit: Float32Array): number {
    const row = this.#ordinals.push(ordinal) - 1;
    const number = Math.floor(row / this.blockRows);
    const at = (row % this.blockRows) * this.dimension;
    const block = grown(this.#blocks[number] ?? makeFloats(0), at + this.dimension, makeFloats);
    block.set(unit, at);
    this.#blocks[number] = block;
    if ((row + 1) % this.blockRows === 0) {
      const full = block.subarray(0, this.blockRows * this.dimension);
      this.#scans[number] = new QuantizedScan(quantizeRows(full, this.dimension), {
        dot: (query, place) => dotAt(query, full, place * this.dimension),
      });
    }
    return row;
  }

  /** A copy of the vector. */
  vector(row: number): Float32Array {
    const at = (row % this.blockRows) * this.dimension;
    return this.#blockOf(row).slice(at, at + this.dimension);
  }

  cosine(query: Float32Array, row: number): number {
    return dotAt(query, this.#blockOf(row), (row % this.blockRows) * this.dimension);
  }

  /** Adds the products that count and are at least this near to `found`. */
  addWithin(found: Hit[], query: Float32Array, min: number, counts: Counts): void {
    for (const [number, scan] of this.#scans.entries())
      this.#addRows(found, number, scan.atLeast(query, min, this.#membersOf(number, counts)));
    this.#forEachUnscanned((row, ordinal) => {
      if (!counts(ordinal)) return;
      const cosine = Math.fround(this.cosine(query, row));
      if (cosine >= min) found.push({ ordinal, cosine });
    });
  }

  /** Adds at least the `k` nearest products that count to `found`, with all that are as near as the last of them. */
  addNearest(found: Hit[], query: Float32Array, k: number, counts: Counts): void {
    const near: Hit[] = [];
    for (const [number, scan] of this.#scans.entries())
      this.#addRows(near, number, scan.nearest(query, k, this.#membersOf(number, counts)));
    this.#forEachUnscanned((row, ordinal) => {
      if (counts(ordinal)) near.push({ ordinal, cosine: Math.fround(this.cosine(query, row)) });
    });
    const best = new TopScores(k);
    for (const { ordinal, cosine } of near) best.offer(ordinal, cosine);
    const last = best.scores.at(k - 1) ?? Number.NEGATIVE_INFINITY;
    for (const hit of near) if (hit.cosine >= last) found.push(hit);
  }

  #addRows(found: Hit[], number: number, rows: readonly { row: number; cosine: number }[]): void {
    const first = number * this.blockRows;
    for (const { row, cosine } of rows) found.push({ ordinal: this.#ordinals[first + row] ?? 0, cosine });
  }

  #membersOf(number: number, counts: Counts): (row: number) => number {
    const first = number * this.blockRows;
    return (row) => (counts(this.#ordinals[first + row] ?? 0) ? 1 : 0);
  }

  #forEachUnscanned(visit: (row: number, ordinal: number) => void): void {
    for (let row = this.#scans.length * this.blockRows; row < this.#ordinals.length; row++)
      visit(row, this.#ordinals[row] ?? 0);
  }

  #blockOf(row: number): Float32Array {
    return this.#blocks[Math.floor(row / this.blockRows)] ?? makeFloats(0);
  }
}
