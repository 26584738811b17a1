import type { LiveIndex, NearestBounds } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { arrayPools } from '../arrayPool.js';
import type { Tier } from '../searchAnswer.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import { scoreWords, type WordScores } from './bm25f.js';
import { matchExactly, NAMED } from './matchExactly.js';
import { weighWords } from './weighWords.js';

/**
 * The one candidate set of a search: total, facets, pages and sorts all count exactly these.
 * `cosine` is by ordinal; NaN where it was not needed or the product has no vector.
 */
export interface CandidateSet {
  readonly set: Bitset;
  readonly ordinals: Uint32Array;
  readonly words: WordScores;
  readonly cosine: Float32Array;
  /** The products that the query names, with the degree of it (see matchExactly). */
  readonly exact: ReadonlyMap<number, number>;
  tierOf(ordinal: number): Tier;
}

/** How much a product must have of what is asked for. */
export interface MatchThresholds {
  /** A product with less of the query's weight in it is no partial match. */
  readonly minCoverage: number;
  /** A hit by meaning alone is at least this near the query beside the catalog's nearest. */
  readonly minShare: number;
}

export const STRICT: MatchThresholds = { minCoverage: 0.35, minShare: 0.72 };

/** The coverage of a product that has all words, but for the rounding of sums of weights. */
export const FULL_COVERAGE = 0.999;
/** Of more products than this that are near enough, the semantic tail has those as near as the last of so many. */
const TAIL = 300;
/** Cosines are computed for this many of the best by words; beyond, order falls to the words alone. */
const MAX_COSINES = 300;

/**
 * Finds what matches among the products that pass the filter; without words or vector, everything that passes.
 * `minCosine` is the catalog's cut-off for hits by meaning alone (see calibrateTail). Of the cosines only those
 * are there that finding took; `settle` adds the others.
 */
export function retrieve(
  index: LiveIndex,
  understood: UnderstoodQuery,
  vector: Float32Array | undefined,
  minCosine: number,
  pass: Bitset,
  { minCoverage: leastCoverage, minShare } = STRICT,
): CandidateSet {
  const weights = weighWords(index, understood.words, vector);
  const words = scoreWords(index, understood.words, weights, pass);
  const cosine = arrayPools.floats(index.size).fill(Number.NaN);
  const exact = matchExactly(index, understood, words);
  const set = understood.everything ? pass : Bitset.of(index.size, exact.keys()).and(pass);
  for (const ordinal of words.touched) {
    if ((words.coverage[ordinal] ?? 0) >= leastCoverage) set.add(ordinal);
  }
  if (vector !== undefined) {
    // A query that is a product's identifier means that product, not what its letters resemble.
    if ((understood.whole?.identifierMatches(index) ?? []).length === 0) {
      const bounds = { min: minCosine, share: minShare, max: TAIL };
      addTail(index, vector, bounds, pass, set, cosine);
    }
  }
  return {
    set,
    ordinals: set.toArray(),
    words,
    cosine,
    exact,
    tierOf: (ordinal) => {
      if ((exact.get(ordinal) ?? 0) >= NAMED) return 'exact';
      if (understood.everything) return 'all';
      const coverage = words.coverage[ordinal] ?? 0;
      if (coverage >= FULL_COVERAGE) return 'all';
      return coverage >= leastCoverage ? 'partial' : 'semantic';
    },
  };
}

/**
 * What is left of what was found within a refinement, with the cosines that ranking asks for: just what it would be
 * were the refinement a part of the filter.
 */
export function finishCandidates(
  index: LiveIndex,
  found: CandidateSet,
  vector: Float32Array | undefined,
  within: Bitset | undefined,
): CandidateSet {
  const set = within === undefined ? found.set : found.set.clone().and(within);
  const words =
    within === undefined
      ? found.words
      : { ...found.words, touched: found.words.touched.filter((ordinal) => within.has(ordinal)) };
  const settled = { ...found, set, words, ordinals: set.toArray() };
  if (vector !== undefined) addCosines(index, vector, settled);
  return settled;
}

/**
 * The tail is the catalog's, and a filter takes from it: what a filtered search finds is what the search without
 * the filter finds and the filter passes, so a filter by a facet's value leaves as many as the facet counted.
 */
function addTail(
  index: LiveIndex,
  vector: Float32Array,
  bounds: NearestBounds,
  pass: Bitset,
  set: Bitset,
  cosine: Float32Array,
): void {
  const { ordinals, cosines } = index.nearestWithin(vector, bounds);
  for (let place = 0; place < ordinals.length; place++) {
    const ordinal = ordinals[place] ?? 0;
    if (!pass.has(ordinal)) continue;
    set.add(ordinal);
    cosine[ordinal] = cosines[place] ?? 0;
  }
}

function addCosines(index: LiveIndex, vector: Float32Array, { ordinals, words, cosine }: CandidateSet): void {
  const open = ordinals.filter((ordinal) => Number.isNaN(cosine[ordinal]));
  let best = open;
  if (open.length > MAX_COSINES) {
    const scores = Float32Array.from(open, (ordinal) => words.score[ordinal] ?? 0).sort();
    const min = scores[scores.length - MAX_COSINES] ?? 0;
    best = open.filter((ordinal) => (words.score[ordinal] ?? 0) >= min).slice(0, MAX_COSINES);
  }
  const cosines = index.cosines(vector, best);
  for (let i = 0; i < best.length; i++) cosine[best[i] ?? 0] = cosines[i] ?? Number.NaN;
}
