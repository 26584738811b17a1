import type { AttributeValue } from '../../domain/product.js';
import { GridRows } from '../../index/vectors/gridRows.js';
import { highestScores, TopScores } from '../../structures/topK.js';

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

/** Up to so many rows a category are all compared: a tenth of a millisecond at 384 numbers. */
const EXACT = 2_000;
/** In larger ones the cells nearest to the vector are, until at least so many rows were. */
const COMPARED = 1_200;

/** Where the rows of a category lie in `#grid`. */
interface Group {
  readonly from: number;
  readonly to: number;
  /** A row of each cell, and where cells begin, beside the end of the last; undefined where all are compared. */
  readonly cells: { readonly pivots: GridRows; readonly starts: Int32Array } | undefined;
}

/**
 * The labelled products by category, each with its vector. A search reads one category's rows only:
 * that makes it cheap without a graph, and what decides an attribute is how products of the same kind
 * have it. Categories over 2,000 rows are split around pivots (every √n-th row), and only the nearest
 * cells are compared.
 */
export class Memory {
  readonly #groups = new Map<string, Group>();
  readonly #grid: GridRows;
  /** The row at each place of `#grid`. */
  readonly #order: Int32Array;
  readonly #cosines: Float64Array;

  /** `grid` holds `dimension` numbers a row, in the order of `rows`. */
  constructor(
    readonly rows: readonly Remembered[],
    readonly grid: Int8Array,
    readonly dimension: number,
  ) {
    const byGroup = new Map<string, number[]>();
    for (const [row, { group }] of rows.entries()) {
      const members = byGroup.get(group);
      if (members === undefined) byGroup.set(group, [row]);
      else members.push(row);
    }
    this.#order = new Int32Array(rows.length);
    this.#cosines = new Float64Array(rows.length);
    let from = 0;
    for (const [group, members] of byGroup) {
      const to = from + members.length;
      const cells = this.#cellsOf(members, from);
      if (cells === undefined) this.#order.set(members, from);
      this.#groups.set(group, { from, to, cells });
      from = to;
    }
    this.#grid = new GridRows(grid, dimension, this.#order);
  }

  /** Splits a large category and puts its rows into `#order`, cell after cell. */
  #cellsOf(members: readonly number[], from: number): Group['cells'] {
    if (members.length <= EXACT) return undefined;
    const every = Math.floor(Math.sqrt(members.length));
    const chosen = members.filter((_, i) => i % every === 0);
    const pivots = new GridRows(this.grid, this.dimension, chosen);
    const cells: number[][] = chosen.map(() => []);
    const cosines = new Float64Array(chosen.length);
    for (const row of members) {
      const vector = Float32Array.from(this.grid.subarray(row * this.dimension, (row + 1) * this.dimension));
      pivots.cosines(vector, cosines);
      cells[highestScores(cosines, 1)[0] ?? 0]?.push(row);
    }
    const starts = new Int32Array(cells.length + 1);
    let place = from;
    for (const [cell, rows] of cells.entries()) {
      starts[cell] = place;
      this.#order.set(rows, place);
      place += rows.length;
    }
    starts[cells.length] = place;
    return { pivots, starts };
  }

  /** The `k` nearest rows of a category, most similar first; none where it has no rows or the vector does not fit. */
  nearest(vector: Float32Array, group: string, k: number): Near[] {
    const found = this.#groups.get(group);
    if (found === undefined || vector.length !== this.dimension) return [];
    const best = new TopScores(k);
    if (found.cells === undefined) this.#compare(vector, found.from, found.to, best);
    else {
      const { pivots, starts } = found.cells;
      const cosines = new Float64Array(pivots.count);
      pivots.cosines(vector, cosines);
      let compared = 0;
      for (const cell of highestScores(cosines, pivots.count)) {
        if (compared >= COMPARED) break;
        const from = starts[cell] ?? 0;
        const to = starts[cell + 1] ?? from;
        this.#compare(vector, from, to, best);
        compared += to - from;
      }
    }
    const near: Near[] = [];
    for (const [rank, row] of best.ids.entries()) {
      const remembered = this.rows[row];
      if (remembered !== undefined) near.push({ remembered, similarity: best.scores[rank] ?? 0 });
    }
    return near;
  }

  /**
   * The cosine of the row nearest to a vector, whatever its category, the row of `except` left out; undefined where
   * there is none or the vector does not fit. Compares with every row: 35 nanoseconds each at 384 numbers.
   */
  closest(vector: Float32Array, except: string): number | undefined {
    if (vector.length !== this.dimension) return undefined;
    this.#grid.cosines(vector, this.#cosines);
    let best = Number.NEGATIVE_INFINITY;
    for (const [place, cosine] of this.#cosines.entries()) {
      if (cosine > best && this.rows[this.#order[place] ?? 0]?.id !== except) best = cosine;
    }
    return best === Number.NEGATIVE_INFINITY ? undefined : Math.min(1, best);
  }

  #compare(vector: Float32Array, from: number, to: number, best: TopScores): void {
    this.#grid.cosines(vector, this.#cosines, from, to);
    for (let place = from; place < to; place++) {
      best.offer(this.#order[place] ?? 0, this.#cosines[place] ?? 0);
    }
  }
}
