import { Bits } from '../index/bits.js';
import type { LiveIndex } from '../index/live.js';
import type { Tier } from './answer.js';
import { scoreWords, type WordScores } from './scoreWords.js';
import type { Understood } from './understand.js';

/**
 * The one candidate set of a search: total, facets, pages and sorts all count exactly these.
 * `cosine` is by ordinal; NaN where it was not needed or the product has no vector.
 */
export interface Candidates {
  readonly set: Bits;
  readonly ordinals: Uint32Array;
  readonly words: WordScores;
  readonly cosine: Float32Array;
  readonly exact: Bits;
  tierOf(ordinal: number): Tier;
}

/** A product with less of the query's weight in it is no partial match. */
const LEAST_COVERAGE = 0.35;
/** Rounding of sums of weights. */
const ALL = 0.999;
/** How many of the nearest are looked at for the semantic tail. */
const TAIL = 300;
/** A hit by meaning alone is at least this near the query beside the nearest one. */
const LEAST_COSINE_SHARE = 0.72;
/** Where at most so many products pass the filter, each is compared: quicker than the graph, and exact. */
const EXACT_SCAN = 5000;
/** Cosines are computed for this many of the best by words; beyond, order falls to the words alone. */
const REFINED = 1000;

/**
 * Finds what matches among the products that pass the filter; without words or vector, everything that passes.
 * `leastCosine` is the catalog's cut-off for hits by meaning alone (see calibrateTail).
 */
export function retrieve(
  index: LiveIndex,
  understood: Understood,
  vector: Float32Array | undefined,
  leastCosine: number,
  pass: Bits,
): Candidates {
  const words = scoreWords(index, understood.words, pass);
  const cosine = new Float32Array(index.size).fill(Number.NaN);
  const exact = exactMatches(index, understood, words, pass);
  const set = understood.meaning === '' ? pass : exact.clone();
  for (const ordinal of words.touched) {
    if ((words.coverage[ordinal] ?? 0) >= LEAST_COVERAGE) set.add(ordinal);
  }
  if (vector !== undefined) {
    // A query that is a product's identifier means that product, not what its letters resemble.
    if (!understood.codes.slice(0, 1).some((code) => index.identifiers(code).length > 0)) {
      addTail(index, vector, leastCosine, pass, set, cosine);
    }
    refine(index, vector, set, words, cosine);
  }
  return {
    set,
    ordinals: set.toArray(),
    words,
    cosine,
    exact,
    tierOf: (ordinal) => {
      if (exact.has(ordinal)) return 'exact';
      const coverage = words.coverage[ordinal] ?? 0;
      if (coverage >= ALL) return 'all';
      return coverage >= LEAST_COVERAGE ? 'partial' : 'semantic';
    },
  };
}

/** Products that the query names: by an identifier, or by every word of their title and no other. */
function exactMatches(index: LiveIndex, understood: Understood, words: WordScores, pass: Bits): Bits {
  const exact = new Bits(index.size);
  for (const code of understood.codes) {
    for (const ordinal of index.identifiers(code)) if (pass.has(ordinal)) exact.add(ordinal);
  }
  const count = understood.words.length;
  const titleLengths = index.lexical.lengths(0);
  if (count < 2) return exact;
  for (const ordinal of words.touched) {
    if (words.titleWords[ordinal] === count && titleLengths[ordinal] === count) exact.add(ordinal);
  }
  return exact;
}

/**
 * Whether a product belongs to the tail depends on it and the query alone, never on the filter, so that a filter
 * by a facet's value leaves as many as the facet counted (but for what the graph missed: a narrow filter's products are all compared).
 */
function addTail(
  index: LiveIndex,
  vector: Float32Array,
  leastCosine: number,
  pass: Bits,
  set: Bits,
  cosine: Float32Array,
): void {
  const { ordinals, cosines } = index.nearest(vector, TAIL, 2 * TAIL);
  const last = ordinals.length < TAIL ? -1 : (cosines[TAIL - 1] ?? -1);
  const least = Math.max(leastCosine, LEAST_COSINE_SHARE * (cosines[0] ?? 0), last);
  const add = (ordinal: number, similarity: number): void => {
    if (!(similarity >= least) || !pass.has(ordinal)) return;
    set.add(ordinal);
    cosine[ordinal] = similarity;
  };
  const passing = pass.count();
  if (passing > EXACT_SCAN || passing === index.live) {
    for (const [place, ordinal] of ordinals.entries()) add(ordinal, cosines[place] ?? 0);
    return;
  }
  const members = pass.toArray();
  const similarities = index.cosines(vector, members);
  for (const [place, ordinal] of members.entries()) add(ordinal, similarities[place] ?? Number.NaN);
}

function refine(
  index: LiveIndex,
  vector: Float32Array,
  set: Bits,
  words: WordScores,
  cosine: Float32Array,
): void {
  const open = set.toArray().filter((ordinal) => Number.isNaN(cosine[ordinal]));
  let best = open;
  if (open.length > REFINED) {
    const scores = Float32Array.from(open, (ordinal) => words.score[ordinal] ?? 0).sort();
    const least = scores[scores.length - REFINED] ?? 0;
    best = open.filter((ordinal) => (words.score[ordinal] ?? 0) >= least).slice(0, REFINED);
  }
  const cosines = index.cosines(vector, best);
  for (let i = 0; i < best.length; i++) cosine[best[i] ?? 0] = cosines[i] ?? Number.NaN;
}
