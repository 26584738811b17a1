import { Bits } from '../../index/bits.js';
import type { LiveIndex } from '../../index/live.js';
import type { Tier } from '../answer.js';
import type { Understood } from '../understand/understand.js';
import { matchExactly, NAMED } from './matchExactly.js';
import { scoreWords, type WordScores } from './scoreWords.js';
import { weighWords } from './weighWords.js';

/**
 * The one candidate set of a search: total, facets, pages and sorts all count exactly these.
 * `cosine` is by ordinal; NaN where it was not needed or the product has no vector.
 */
export interface Candidates {
  readonly set: Bits;
  readonly ordinals: Uint32Array;
  readonly words: WordScores;
  readonly cosine: Float32Array;
  /** The products that the query names, with the degree of it (see matchExactly). */
  readonly exact: ReadonlyMap<number, number>;
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
  const weights = weighWords(index, understood.words, vector);
  const words = scoreWords(index, understood.words, weights, pass);
  const cosine = new Float32Array(index.size).fill(Number.NaN);
  const exact = matchExactly(index, understood, words);
  const set = understood.everything ? pass : Bits.of(index.size, exact.keys()).and(pass);
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
      if ((exact.get(ordinal) ?? 0) >= NAMED) return 'exact';
      if (understood.everything) return 'all';
      const coverage = words.coverage[ordinal] ?? 0;
      if (coverage >= ALL) return 'all';
      return coverage >= LEAST_COVERAGE ? 'partial' : 'semantic';
    },
  };
}

/**
 * The tail is the catalog's, and a filter takes from it: what a filtered search finds is what the search without
 * the filter finds and the filter passes, so a filter by a facet's value leaves as many as the facet counted.
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
  const least = Math.max(leastCosine, LEAST_COSINE_SHARE * (cosines[0] ?? 0));
  for (const [place, ordinal] of ordinals.entries()) {
    const similarity = cosines[place] ?? 0;
    if (similarity < least) break;
    if (!pass.has(ordinal)) continue;
    set.add(ordinal);
    cosine[ordinal] = similarity;
  }
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
