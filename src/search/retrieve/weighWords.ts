import type { LiveIndex } from '../../index/liveIndex.js';
import type { QueryWord } from '../understand/understandQuery.js';

/** Sample sizes for the whole catalog and for each word: the error of a mean is below .1. */
export const SAMPLE = { catalog: 512, word: 128 };
/**
 * Standard deviations above the catalog's mean at which a word has full weight. The judged queries of esci
 * and icecat are flat from .33 to 1; at half, colours and sizes keep full weight.
 */
const FULL_WEIGHT_DEVIATIONS = 0.5;
/** Strength of the prior: a word has full weight unless about this many products contradict it. */
const PRIOR_STRENGTH = 8;
/** Weight of a word without meaning: enough to break ties. */
const MIN_WEIGHT = 0.1;
const DIGIT = /\p{N}/u;

/** Cosines of some products with a query. */
export interface CosineStatistics {
  readonly mean: number;
  readonly deviation: number;
  /** Number of the products that have a vector. */
  readonly withVector: number;
}

/**
 * Weight of each word, from MIN_WEIGHT to 1: by how many standard deviations the products with the word are
 * nearer to the query than the catalog's mean. Function words of any language (`for`, `mit`, `sans`) occur in
 * products of every kind and get a weight near 0, even if they are rare; names of things get 1. Codes and
 * numbers, which embeddings represent poorly, get 1.
 */
export function weighWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  vector: Float32Array | undefined,
): Float32Array {
  if (vector === undefined) return new Float32Array(words.length).fill(1);
  return weighBy(
    words,
    () => cosineStatistics(index, vector, index.size, SAMPLE.catalog, (place) => place),
    (term) => {
      const ordinals = index.lexical.postings(term)?.ordinals;
      return ordinals === undefined
        ? undefined
        : cosineStatistics(index, vector, ordinals.length, SAMPLE.word, (place) => ordinals[place] ?? 0);
    },
  );
}

/** The same by the statistics of the catalog and of the products with a term; undefined for one that none has. */
export function weighBy(
  words: readonly QueryWord[],
  catalogStatistics: () => CosineStatistics,
  termStatistics: (term: string) => CosineStatistics | undefined,
): Float32Array {
  const weights = new Float32Array(words.length).fill(1);
  if (words.length < 2) return weights;
  const catalog = catalogStatistics();
  if (!(catalog.deviation > 0)) return weights;
  for (const [place, { surface, alternatives, parts }] of words.entries()) {
    const [term, ...others] = alternatives;
    if (term === undefined || others.length > 0 || parts.length > 0 || DIGIT.test(surface)) continue;
    const found = termStatistics(term);
    if (found === undefined) continue;
    const nearer = (found.mean - catalog.mean) / (FULL_WEIGHT_DEVIATIONS * catalog.deviation);
    const smoothed = (nearer * found.withVector + PRIOR_STRENGTH) / (found.withVector + PRIOR_STRENGTH);
    weights[place] = Math.min(1, Math.max(MIN_WEIGHT, smoothed));
  }
  return weights;
}

/**
 * Mean and standard deviation of the cosines of live products, from at most `max` of `length` products at
 * even distances. `withVector` is the number of them that have a vector.
 */
function cosineStatistics(
  index: LiveIndex,
  vector: Float32Array,
  length: number,
  max: number,
  ordinalAt: (place: number) => number,
): CosineStatistics {
  const size = Math.min(length, max);
  const ordinals = Uint32Array.from({ length: size }, (_, i) => ordinalAt(Math.floor((i * length) / size)));
  return statisticsOf(
    index.approximateCosines(
      vector,
      ordinals.filter((ordinal) => index.alive(ordinal)),
    ),
  );
}

/** Of cosines, NaN for a product without a vector. */
export function statisticsOf(cosines: Iterable<number>): CosineStatistics {
  let withVector = 0;
  let sum = 0;
  let squares = 0;
  for (const cosine of cosines) {
    if (Number.isNaN(cosine)) continue;
    withVector++;
    sum += cosine;
    squares += cosine * cosine;
  }
  if (withVector === 0) return { mean: 0, deviation: 0, withVector };
  const mean = sum / withVector;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / withVector - mean * mean)), withVector };
}
