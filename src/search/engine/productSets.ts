import type { LiveIndex } from '../../index/liveIndex.js';
import type { Filter } from '../filter/parseFilter.js';
import type { Phrase } from '../filter/textFilter.js';
import type { MatchThresholds } from '../retrieve/retrieve.js';
import type { QueryWord, UnderstoodQuery } from '../understand/understandQuery.js';

/** A set of products: a `Bitset` of ordinals, or what an engine elsewhere is asked about. */
export interface ProductSet<Self> {
  clone(): Self;
  /** These change the set, and return it. */
  and(other: Self): Self;
  andNot(other: Self): Self;
  count(): number;
  countAnd(other: Self): number;
  has(ordinal: number): boolean;
}

/** What a search found. */
export interface FoundSet<Set> {
  readonly set: Set;
}

/**
 * The sets of products that a search is made of. `index` has the catalog's statistics. Finding candidates is the same
 * whether the products are here, or only their statistics.
 */
export interface ProductSets<Set extends ProductSet<Set>, Found extends FoundSet<Set>> {
  readonly index: LiveIndex;
  /** A new set of all products. */
  all(): Set;
  /** See applyFilter. */
  passing(filter: Filter): Set;
  /** See productsContaining. */
  mentioning(phrase: Phrase): Set;
  /** See retrieve. */
  retrieve(
    understood: UnderstoodQuery,
    vector: Float32Array | undefined,
    minCosine: number,
    pass: Set,
    thresholds?: MatchThresholds,
  ): Found;
  isEmpty(found: Found): boolean;
  /** Those with all words of the query. */
  fullMatches(found: Found): Set;
  /** The words that at least one of the found products has. */
  wordsFound(found: Found, understood: UnderstoodQuery): readonly QueryWord[];
  /** How much each word says, see weighWords. */
  weighWords(words: readonly QueryWord[], vector: Float32Array | undefined): Float32Array;
  /** Whether a product has so much of the words that the query is one for this catalog; see isSupported. */
  hasStrongMatch(words: readonly QueryWord[], vector: Float32Array): boolean;
}
