import { QuantizedRows } from '../../index/vectors/quantizedRows.js';

const NONE: readonly number[] = [];

/** One vector per category: of its texts (zero-shot) or of its labelled products (centroids). */
export class CategoryVectors {
  readonly #rows: QuantizedRows;

  /** `grid` holds `dimension` int8 numbers per category, one category after another. */
  constructor(
    readonly grid: Int8Array,
    readonly dimension: number,
  ) {
    const count = dimension === 0 ? 0 : grid.length / dimension;
    this.#rows = new QuantizedRows(
      grid,
      dimension,
      count === 0 ? NONE : Int32Array.from({ length: count }, (_, i) => i),
    );
  }

  get count(): number {
    return this.#rows.count;
  }

  /** Writes the cosine of a product's vector with every category's into `cosines`. */
  cosines(vector: Float32Array, cosines: Float64Array): void {
    this.#rows.cosines(vector, cosines);
  }
}
