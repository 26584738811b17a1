import type { LiveIndex, NearestBounds } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { arrayPools } from '../arrayPool.js';
import type { Tier } from '../searchAnswer.js';
import type { UnderstoodQuery } from '../understand/understandQuery.js';
import { scoreWords, type WordScores } from './bm25f.js';
import { matchExactly, NAMED } from './matchExactly.js';
import { weighWords } from './weighWords.js';

/**
 * The candidate set of a search: total, facets, pages and sorts all count exactly these products. `cosine` is
 * by ordinal; NaN if it was not computed or the product has no vector.
 */
export interface CandidateSet {
  readonly set: Bitset;
  readonly ordinals: Uint32Array;
  readonly words: WordScores;
  readonly cosine: Float32Array;
  /** The products that the query names, with the degree of certainty (see matchExactly). */
  readonly exact: ReadonlyMap<number, number>;
  tierOf(ordinal: number): Tier;
}

/** Minimum match of a candidate. */
export interface MatchThresholds {
  /** Minimum share of the query's weight for a partial match. */
  readonly minCoverage: number;
  /** Minimum cosine of a semantic hit, relative to the catalog's nearest product. */
  readonly minShare: number;
}

export const STRICT: MatchThresholds = { minCoverage: 0.35, minShare: 0.72 };

/** Coverage of a product with all words, allowing for rounding. */
export const FULL_COVERAGE = 0.999;
/** Maximum number of semantic hits; products as near as the last one are included. */
export const MAX_SEMANTIC = 300;
/** Cosines are computed for this many of the best products by words; the others are ranked by words alone. */
const MAX_COSINES = 300;

/**
 * Finds the candidates among the products of `pass`; all of them if there are neither words nor a vector.
 * `minCosine` is the catalog's cut-off for semantic hits (see calibrateCutoff). Cosines are only those
 * computed on the way; `finishCandidates` adds the others.
 */
export function retrieve(
  index: LiveIndex,
  understood: UnderstoodQuery,
  vector: Float32Array | undefined,
  minCosine: number,
  pass: Bitset,
  { minCoverage, minShare } = STRICT,
): CandidateSet {
  const weights = weighWords(index, understood.words, vector);
  const words = scoreWords(index, understood.words, weights, pass);
  const cosine = arrayPools.floats(index.size).fill(Number.NaN);
  const exact = matchExactly(index, understood, words);
  const set = understood.everything ? pass : Bitset.of(index.size, exact.keys()).and(pass);
  for (const ordinal of words.matchedOrdinals) {
    if ((words.coverage[ordinal] ?? 0) >= minCoverage) set.add(ordinal);
  }
  if (vector !== undefined) {
    // A query that is an identifier means that product, not products that resemble its letters.
    if ((understood.whole?.identifierMatches(index) ?? []).length === 0) {
      const bounds = { min: minCosine, share: minShare, max: MAX_SEMANTIC };
      addSemanticHits(index, vector, bounds, pass, set, cosine);
    }
  }
  return {
    set,
    ordinals: set.toArray(),
    words,
    cosine,
    exact,
    tierOf: tiers(understood, words, exact, minCoverage),
  };
}

/** Why each product is a candidate. */
export function tiers(
  { everything }: UnderstoodQuery,
  words: WordScores,
  exact: ReadonlyMap<number, number>,
  minCoverage: number,
): (ordinal: number) => Tier {
  return (ordinal) => {
    if ((exact.get(ordinal) ?? 0) >= NAMED) return 'exact';
    if (everything) return 'all';
    const coverage = words.coverage[ordinal] ?? 0;
    if (coverage >= FULL_COVERAGE) return 'all';
    return coverage >= minCoverage ? 'partial' : 'semantic';
  };
}

/**
 * Restricts the candidates to a refinement and computes the cosines that ranking needs. The result is the
 * same as if the refinement were part of the filter.
 */
export function finishCandidates(
  index: LiveIndex,
  candidates: CandidateSet,
  vector: Float32Array | undefined,
  within: Bitset | undefined,
): CandidateSet {
  const set = within === undefined ? candidates.set : candidates.set.clone().and(within);
  const words =
    within === undefined
      ? candidates.words
      : {
          ...candidates.words,
          matchedOrdinals: candidates.words.matchedOrdinals.filter((ordinal) => within.has(ordinal)),
        };
  const finished = { ...candidates, set, words, ordinals: set.toArray() };
  if (vector !== undefined) addCosines(index, vector, finished);
  return finished;
}

/**
 * The semantic tail is computed over the whole catalog and then filtered. So a filtered search finds exactly
 * the hits of the unfiltered search that pass the filter, and filtering by a facet value leaves as many hits
 * as the facet counted.
 */
function addSemanticHits(
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
  const withoutCosine = ordinals.filter((ordinal) => Number.isNaN(cosine[ordinal]));
  let best = withoutCosine;
  if (withoutCosine.length > MAX_COSINES) {
    const scores = Float32Array.from(withoutCosine, (ordinal) => words.score[ordinal] ?? 0).sort();
    const min = scores[scores.length - MAX_COSINES] ?? 0;
    best = withoutCosine.filter((ordinal) => (words.score[ordinal] ?? 0) >= min).slice(0, MAX_COSINES);
  }
  const cosines = index.cosines(vector, best);
  for (let i = 0; i < best.length; i++) cosine[best[i] ?? 0] = cosines[i] ?? Number.NaN;
}
