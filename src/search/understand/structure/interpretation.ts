import type { Filter } from '../../filter/parseFilter.js';
import type { Phrase } from '../../filter/textFilter.js';

/** A span of the query, `query.slice(start, end)`, and its meaning as a filter. */
export interface Reading {
  readonly text: string;
  /** In UTF-16 units of the query. */
  readonly start: number;
  readonly end: number;
  /** In the grammar of `parseFilter`. */
  readonly filter: string;
  /** Whether it filters; otherwise it boosts the products that pass. */
  readonly strict: boolean;
}

/** A reading with what search needs to apply it. */
export interface Interpretation extends Reading {
  readonly parsed: Filter;
  /** Probability that the words mean this, 0 to 1. */
  readonly certainty: number;
  /** The words belong to the interpretation alone and are not searched for. */
  readonly consumesWords: boolean;
  /** Whether it filters if enough products satisfy it together with the others; see chooseFilters. */
  readonly mayFilter?: boolean;
  /** What it filters by if it filters although it is not strict; by default `filter`. */
  readonly filtering?: { readonly filter: string; readonly parsed: Filter };
  /** A negated phrase: products that state its absence are boosted. */
  readonly missing?: Phrase;
}
