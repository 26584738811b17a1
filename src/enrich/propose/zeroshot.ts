import { GridRows } from '../../index/vectors/gridRows.js';
import type { Category } from '../../taxonomy/schema.js';

/**
 * Labelled rows a category from which on its words no longer tell anything that they don't: at a fifth of
 * that they still turn one answer in fifty, at this one in a thousand.
 */
const WORDS_TELL_UP_TO = 140;
const NONE: readonly number[] = [];

/**
 * The texts that a category is known by where no labelled row shows what belongs there: its name with
 * its aliases, and its path, which tells two "Accessories" apart.
 */
export function categoryTexts(category: Category, path: string): string[] {
  const named = [category.name, ...category.aliases.slice(0, 4)].join(', ');
  return named === path ? [named] : [named, path];
}

/** Whether categories' own words add to what so many labelled rows say. */
export function wordsTell(labelled: number, categories: number): boolean {
  return categories > 0 && labelled / categories < WORDS_TELL_UP_TO;
}

/** Categories by the meaning of their words: `grid` holds one vector a category, on the int8 grid, one after another. */
export class ZeroShot {
  readonly #rows: GridRows;

  constructor(
    readonly grid: Int8Array,
    readonly dimension: number,
  ) {
    const count = dimension === 0 ? 0 : grid.length / dimension;
    this.#rows = new GridRows(
      grid,
      dimension,
      count === 0 ? NONE : Int32Array.from({ length: count }, (_, i) => i),
    );
  }

  get count(): number {
    return this.#rows.count;
  }

  /** Cosine of the product's vector with every category's, into `cosines`. */
  cosines(vector: Float32Array, cosines: Float64Array): void {
    this.#rows.cosines(vector, cosines);
  }
}
