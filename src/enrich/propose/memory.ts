import type { AttributeValue } from '../../domain/product.js';
import { dot } from './dot.js';

/** A labelled product, as the vote sees it. */
export interface Remembered {
  readonly id: string;
  /** Category id, '' where it has none. */
  readonly group: string;
  /** Folded; '' where it has none. */
  readonly brand: string;
  /** Attributes that its own text says and its merchant left blank. */
  readonly unfilled: ReadonlySet<string>;
  /** Canonical values by attribute id. */
  readonly values: ReadonlyMap<string, AttributeValue>;
}

export interface Near {
  readonly remembered: Remembered;
  readonly similarity: number;
}

/** Up to so many rows a category are all compared: 0.5 ms at 384 numbers. */
const EXACT = 2_000;
/** In larger ones the cells nearest to the vector are, until at least so many rows were. */
const COMPARED = 1_200;
/** int8 grid that vectors are kept on, so that a saved memory answers exactly as the one that was saved. */
const GRID = 127;

interface Group {
  readonly members: number[];
  /** Rows by the pivot that they are nearest to; undefined where all are compared. */
  readonly cells: { readonly pivot: number; readonly members: number[] }[] | undefined;
}

/**
 * The labelled products by category, each with its vector. A search reads one category's rows only:
 * that makes it cheap without a graph, and what decides an attribute is how products of the same kind
 * have it. Categories over 2,000 rows are split around pivots (every √n-th row), and only the nearest
 * cells are compared.
 */
export class Memory {
  readonly #groups = new Map<string, Group>();
  readonly #unit: Float32Array;

  /** `grid` holds `dimension` numbers a row, in the order of `rows`. */
  constructor(
    readonly rows: readonly Remembered[],
    readonly grid: Int8Array,
    readonly dimension: number,
  ) {
    this.#unit = new Float32Array(grid.length);
    const byGroup = new Map<string, number[]>();
    for (const [row, { group }] of rows.entries()) {
      const at = row * dimension;
      let squares = 0;
      for (let k = 0; k < dimension; k++) squares += (grid[at + k] ?? 0) ** 2;
      const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
      for (let k = 0; k < dimension; k++) this.#unit[at + k] = (grid[at + k] ?? 0) * scale;
      const members = byGroup.get(group);
      if (members === undefined) byGroup.set(group, [row]);
      else members.push(row);
    }
    for (const [group, members] of byGroup)
      this.#groups.set(group, { members, cells: this.#cellsOf(members) });
  }

  #cellsOf(members: readonly number[]): Group['cells'] {
    if (members.length <= EXACT) return undefined;
    const every = Math.floor(Math.sqrt(members.length));
    const cells: { pivot: number; members: number[] }[] = [];
    for (let i = 0; i < members.length; i += every) cells.push({ pivot: members[i] ?? 0, members: [] });
    const { dimension } = this;
    for (const row of members) {
      let best = cells[0];
      let nearest = Number.NEGATIVE_INFINITY;
      for (const cell of cells) {
        const similarity = dot(this.#unit, cell.pivot * dimension, this.#unit, row * dimension, dimension);
        if (similarity <= nearest) continue;
        nearest = similarity;
        best = cell;
      }
      best?.members.push(row);
    }
    return cells;
  }

  /** The `k` nearest rows of a category, most similar first; none where it has no rows or the vector does not fit. */
  nearest(vector: Float32Array, group: string, k: number): Near[] {
    const found = this.#groups.get(group);
    if (found === undefined || vector.length !== this.dimension) return [];
    const best = new Best(k);
    if (found.cells === undefined) this.#compare(vector, found.members, best);
    else {
      const { dimension } = this;
      const order = found.cells
        .map((cell) => ({ cell, similarity: dot(this.#unit, cell.pivot * dimension, vector, 0, dimension) }))
        .sort((a, b) => b.similarity - a.similarity || a.cell.pivot - b.cell.pivot);
      let compared = 0;
      for (const { cell } of order) {
        if (compared >= COMPARED) break;
        this.#compare(vector, cell.members, best);
        compared += cell.members.length;
      }
    }
    const near: Near[] = [];
    for (const { row, similarity } of best.found) {
      const remembered = this.rows[row];
      if (remembered !== undefined) near.push({ remembered, similarity });
    }
    return near;
  }

  #compare(vector: Float32Array, members: readonly number[], best: Best): void {
    const { dimension } = this;
    for (const row of members) best.offer(row, dot(this.#unit, row * dimension, vector, 0, dimension));
  }
}

/** A vector's place on the grid, written to `grid` at `at`. */
export function toGrid(vector: Float32Array, grid: Int8Array, at: number): void {
  let highest = 0;
  for (const value of vector) highest = Math.max(highest, Math.abs(value));
  const scale = highest === 0 ? 0 : GRID / highest;
  for (let k = 0; k < vector.length; k++) grid[at + k] = Math.round((vector[k] ?? 0) * scale);
}

/** The k most similar so far; of equal ones the earlier row. */
class Best {
  readonly found: { row: number; similarity: number }[] = [];

  constructor(readonly k: number) {}

  offer(row: number, similarity: number): void {
    const { found, k } = this;
    const last = found[k - 1];
    if (last !== undefined && !precedes(row, similarity, last)) return;
    let place = found.length;
    while (place > 0) {
      const before = found[place - 1];
      if (before === undefined || !precedes(row, similarity, before)) break;
      place--;
    }
    found.splice(place, 0, { row, similarity });
    if (found.length > k) found.pop();
  }
}

function precedes(row: number, similarity: number, other: { row: number; similarity: number }): boolean {
  return similarity > other.similarity || (similarity === other.similarity && row < other.row);
}
