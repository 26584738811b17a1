import type { Filter } from '../../filter/parseFilter.js';
import type { Phrase } from '../../filter/textFilter.js';

/** What some words of a query mean as a filter; the words are `query.slice(start, end)`. */
export interface Reading {
  readonly text: string;
  /** In UTF-16 units of the query. */
  readonly start: number;
  readonly end: number;
  /** In the grammar of `parseFilter`. */
  readonly filter: string;
  /** Whether it filters; else what it passes is only put first. */
  readonly strict: boolean;
}

/** A reading with what search needs of it. */
export interface Interpretation extends Reading {
  readonly parsed: Filter;
  /** How likely the words mean this, 0 to 1. */
  readonly certainty: number;
  /** The words were for this alone, and are not looked for in products. */
  readonly consumesWords: boolean;
  /** What speaks for a product beyond the filter: that it says itself that it is without something. */
  readonly missing?: Phrase;
}
