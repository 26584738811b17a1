import type { Category } from '../../taxonomy/schema.js';
import { dot } from './dot.js';

/** Cosines lie close together: this makes of .6 against .5 odds of e^2. Not tuned to any catalog. */
const SHARPNESS = 20;
/**
 * Weight of the zero-shot without labels, and the labelled rows a category at which it has halved. Beside
 * a classifier it pays long: with 1,000 rows of 167 categories, .866 right alone and .89 together.
 */
const FIRST_SHARE = 0.8;
const HALVED_AT = 20;
/** A share that could hardly turn an answer is not worth its time. */
const NEGLIGIBLE = 0.1;

/**
 * The texts that a category is known by where no labelled row shows what belongs there: its name with
 * its aliases, and its path, which tells two "Accessories" apart.
 */
export function categoryTexts(category: Category, path: string): string[] {
  const named = [category.name, ...category.aliases.slice(0, 4)].join(', ');
  return named === path ? [named] : [named, path];
}

/** How much of the answer is the zero-shot's beside a classifier, falling from .8 to 0. */
export function zeroShotShare(labelled: number, categories: number): number {
  const share = categories === 0 ? 0 : FIRST_SHARE / (1 + labelled / categories / HALVED_AT);
  return share < NEGLIGIBLE ? 0 : share;
}

/** Categories by the meaning of their words: `vectors` holds one unit vector a category, one after another. */
export class ZeroShot {
  constructor(
    readonly vectors: Float32Array,
    readonly dimension: number,
  ) {}

  get categories(): number {
    return this.dimension === 0 ? 0 : this.vectors.length / this.dimension;
  }

  /** Cosine of the product's vector with every category's, into `cosines`. */
  cosines(vector: Float32Array, cosines: Float64Array): void {
    for (let i = 0; i < this.categories; i++) {
      cosines[i] = dot(this.vectors, i * this.dimension, vector, 0, this.dimension);
    }
  }

  /** Cosines to log-odds, in place. */
  sharpen(cosines: Float64Array): void {
    for (let i = 0; i < cosines.length; i++) cosines[i] = (cosines[i] ?? 0) * SHARPNESS;
  }
}
