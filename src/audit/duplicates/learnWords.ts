import type { Pairs } from './blockPairs.js';
import { bin, FEATURE_COUNT, IDENTITY } from './comparePair.js';
import type { Listing, Vocabulary } from './readListing.js';

/** What becomes of a word of one title: the other title has it, only the other listing's text has it, or neither. */
const SHARED = 0;
const ELSEWHERE = 1;
const ABSENT = 2;
const OUTCOMES = 3;

/** Number of listings with a word up to which it is as rare as the words of one class. */
const RARITIES = [1, 2, 4, 8, 20, 60, 200, 1000];
/** Words of a class that a word's own counts are shrunk with. */
const SHRINKAGE = 4;
/** Pseudo-count of an outcome in a class. */
const PSEUDO_COUNT = 1;

/**
 * What each word tells about sameness in this catalog: by outcome, the log-likelihood ratio of match against no match.
 * Words that differ between products of one kind (an edition, a platform, a year) weigh against a match when one title
 * lacks them; words that shops add or leave out at will weigh nothing.
 */
interface WordWeights {
  /** `OUTCOMES` per word. */
  readonly ratios: Float32Array;
}

/**
 * Counts the outcomes of every word over the candidate pairs, weighted by the probability that a pair is a match, and
 * shrinks each word's frequencies to those of the words that are as rare as it.
 */
function learnWords(
  listings: readonly Listing[],
  { first, second }: Pairs,
  match: Float64Array,
  vocabulary: Vocabulary,
): WordWeights {
  const words = vocabulary.words.length;
  const classOf = Uint8Array.from(
    vocabulary.words,
    (word, number) => 2 * rarity(vocabulary.titles[number] ?? 0) + (/\d/.test(word) ? 1 : 0),
  );
  const classes = 2 * (RARITIES.length + 1);
  const matches = new Float64Array(words * OUTCOMES);
  const others = new Float64Array(words * OUTCOMES);
  for (const [pair, probability] of match.entries()) {
    const [a, b] = [listings[first[pair] ?? 0], listings[second[pair] ?? 0]];
    if (a === undefined || b === undefined) continue;
    eachWord(a, b, (word, outcome) => {
      const at = word * OUTCOMES + outcome;
      matches[at] = (matches[at] ?? 0) + probability;
      others[at] = (others[at] ?? 0) + 1 - probability;
    });
  }
  const shrunk = (counts: Float64Array): ((word: number, outcome: number) => number) => {
    const means = new Float64Array(classes * OUTCOMES).fill(PSEUDO_COUNT);
    for (let word = 0; word < words; word++) {
      for (let outcome = 0; outcome < OUTCOMES; outcome++) {
        const at = (classOf[word] ?? 0) * OUTCOMES + outcome;
        means[at] = (means[at] ?? 0) + (counts[word * OUTCOMES + outcome] ?? 0);
      }
    }
    const total = (all: Float64Array, from: number): number =>
      (all[from] ?? 0) + (all[from + 1] ?? 0) + (all[from + 2] ?? 0);
    return (word, outcome) => {
      const from = (classOf[word] ?? 0) * OUTCOMES;
      const mean = (means[from + outcome] ?? 0) / total(means, from);
      const own = counts[word * OUTCOMES + outcome] ?? 0;
      return (own + SHRINKAGE * mean) / (total(counts, word * OUTCOMES) + SHRINKAGE);
    };
  };
  const [inMatches, inOthers] = [shrunk(matches), shrunk(others)];
  const ratios = new Float32Array(words * OUTCOMES);
  for (let word = 0; word < words; word++) {
    for (let outcome = 0; outcome < OUTCOMES; outcome++) {
      ratios[word * OUTCOMES + outcome] = Math.log(inMatches(word, outcome) / inOthers(word, outcome));
    }
  }
  return { ratios };
}

/** Quantiles of the words' sums that bound the levels of `identity`; few candidates are matches. */
const QUANTILES = [0.3, 0.5, 0.7, 0.8, 0.86, 0.9, 0.93, 0.95, 0.97, 0.985];

/** Learns the words' weights and writes the `identity` level of each pair: how much the words of its titles speak for a match. */
export function identifyPairs(
  listings: readonly Listing[],
  pairs: Pairs,
  match: Float64Array,
  vocabulary: Vocabulary,
  levels: Uint8Array,
): void {
  const weights = learnWords(listings, pairs, match, vocabulary);
  const scores = Float64Array.from(match, (_, pair) => {
    const [a, b] = [listings[pairs.first[pair] ?? 0], listings[pairs.second[pair] ?? 0]];
    return a === undefined || b === undefined ? 0 : scoreWords(a, b, weights);
  });
  const sorted = scores.slice().sort();
  const bounds = QUANTILES.map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
  for (const [pair, score] of scores.entries())
    levels[pair * FEATURE_COUNT + IDENTITY] = 1 + bin(score, bounds);
}

/** The sum of the log-likelihood ratios of the words of two titles. */
function scoreWords(a: Listing, b: Listing, { ratios }: WordWeights): number {
  let sum = 0;
  eachWord(a, b, (word, outcome) => {
    sum += ratios[word * OUTCOMES + outcome] ?? 0;
  });
  return sum;
}

function rarity(count: number): number {
  const place = RARITIES.findIndex((most) => count <= most);
  return place < 0 ? RARITIES.length : place;
}

function eachWord(a: Listing, b: Listing, visit: (word: number, outcome: number) => void): void {
  eachOf(a.words, b, true, visit);
  eachOf(b.words, a, false, visit);
}

function eachOf(
  words: Int32Array,
  { words: titled, text }: Listing,
  countsShared: boolean,
  visit: (word: number, outcome: number) => void,
): void {
  let [i, j] = [0, 0];
  for (const word of words) {
    while (i < titled.length && (titled[i] ?? 0) < word) i++;
    if (titled[i] === word) {
      if (countsShared) visit(word, SHARED);
      continue;
    }
    while (j < text.length && (text[j] ?? 0) < word) j++;
    visit(word, text[j] === word ? ELSEWHERE : ABSENT);
  }
}
