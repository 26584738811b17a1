import type { LiveIndex } from '../../index/liveIndex.js';
import type { QueryWord } from '../understand/understandQuery.js';

/** How many products are looked at for the catalog as a whole, and for each word: the error of a mean is below .1. */
const CATALOG_SAMPLE = 512;
const WORD_SAMPLE = 128;
/**
 * So many standard deviations beyond the catalog's mean, a word tells all it can. The judged queries of esci and
 * icecat are flat from .33 to 1; half leaves colours and sizes whole.
 */
const FULL = 0.5;
/** A word is taken to tell all it can until as many products as this speak against it. */
const BENEFIT_OF_DOUBT = 8;
/** What is left of a word that tells nothing: enough to part products that are equal otherwise. */
const LEAST = 0.1;
const DIGIT = /\p{N}/u;

/**
 * How much each word tells of what the query means, from LEAST to 1: how far nearer to the query than the
 * catalog's mean the products with the word are, in standard deviations. Function words of any language
 * (`for`, `mit`, `sans`) stand in products of every kind and come out near 0, whatever their rarity says;
 * what names a thing comes out at 1. Codes and numbers, of which meaning knows little, tell all.
 */
export function weighWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  vector: Float32Array | undefined,
): Float32Array {
  const weights = new Float32Array(words.length).fill(1);
  if (vector === undefined || words.length < 2) return weights;
  const all = spread(index, vector, index.size, CATALOG_SAMPLE, (place) => place);
  if (!(all.deviation > 0)) return weights;
  for (const [place, { surface, alternatives, parts }] of words.entries()) {
    const [term, ...others] = alternatives;
    if (term === undefined || others.length > 0 || parts.length > 0 || DIGIT.test(surface)) continue;
    const postings = index.lexical.postings(term);
    if (postings === undefined) continue;
    const { ordinals } = postings;
    const { mean, count } = spread(
      index,
      vector,
      ordinals.length,
      WORD_SAMPLE,
      (place) => ordinals[place] ?? 0,
    );
    const nearer = (mean - all.mean) / (FULL * all.deviation);
    const told = (nearer * count + BENEFIT_OF_DOUBT) / (count + BENEFIT_OF_DOUBT);
    weights[place] = Math.min(1, Math.max(LEAST, told));
  }
  return weights;
}

/**
 * Mean and standard deviation of the cosines of living products, of `most` of the `length` of them, evenly taken;
 * `count` says how many had a vector.
 */
function spread(
  index: LiveIndex,
  vector: Float32Array,
  length: number,
  max: number,
  ordinalAt: (place: number) => number,
): { mean: number; deviation: number; count: number } {
  const taken = Math.min(length, max);
  const ordinals = Uint32Array.from({ length: taken }, (_, i) => ordinalAt(Math.floor((i * length) / taken)));
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const cosine of index.approximateCosines(
    vector,
    ordinals.filter((ordinal) => index.alive(ordinal)),
  )) {
    if (Number.isNaN(cosine)) continue;
    count++;
    sum += cosine;
    squares += cosine * cosine;
  }
  if (count === 0) return { mean: 0, deviation: 0, count };
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)), count };
}
