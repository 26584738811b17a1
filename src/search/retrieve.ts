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
const WIDEST_TAIL = 5000;
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
    addTail(index, vector, leastCosine, pass, set, cosine);
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

function addTail(
  index: LiveIndex,
  vector: Float32Array,
  leastCosine: number,
  pass: Bits,
  set: Bits,
  cosine: Float32Array,
): void {
  const passing = pass.count();
  if (passing === 0) return;
  const { ordinals, cosines } =
    passing <= EXACT_SCAN ? scan(index, vector, pass) : search(index, vector, passing);
  let nearest = 0;
  let kept = 0;
  for (let i = 0; i < ordinals.length && kept < TAIL; i++) {
    const ordinal = ordinals[i] ?? 0;
    const similarity = cosines[i] ?? 0;
    if (!pass.has(ordinal)) continue;
    if (kept === 0) nearest = similarity;
    if (similarity < Math.max(leastCosine, LEAST_COSINE_SHARE * nearest)) break;
    set.add(ordinal);
    cosine[ordinal] = similarity;
    kept++;
  }
}

function scan(
  index: LiveIndex,
  vector: Float32Array,
  pass: Bits,
): { ordinals: Uint32Array; cosines: Float32Array } {
  const members = pass.toArray();
  const cosines = index.cosines(vector, members);
  const places = Array.from(members.keys())
    .filter((place) => !Number.isNaN(cosines[place]))
    .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b);
  return {
    ordinals: Uint32Array.from(places, (place) => members[place] ?? 0),
    cosines: Float32Array.from(places, (place) => cosines[place] ?? 0),
  };
}

function search(
  index: LiveIndex,
  vector: Float32Array,
  passing: number,
): { ordinals: Uint32Array; cosines: Float32Array } {
  const wanted = Math.min(WIDEST_TAIL, Math.ceil((TAIL * index.live) / passing));
  return index.nearest(vector, wanted, wanted);
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
