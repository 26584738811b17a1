import { LEXICAL_FIELDS, type LiveIndex, type NearbyWord, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { isBrandName } from '../relevance/brandNames.js';
import { type OtherForm, type QueryWord, withOthers } from './queryWord.js';

/** A word of the query and its correction. */
export interface Correction {
  readonly typed: string;
  readonly read: string;
}

export interface Corrected {
  readonly words: readonly QueryWord[];
  readonly corrections: readonly Correction[];
}

const LETTERS = /^\p{L}+$/u;
/** Shorter words have neighbours of any meaning. */
const MIN_LENGTH = 4;
/**
 * Words of this length are corrected only by a word that occurs with the query's other words, or by a longer
 * one.
 */
const MIN_LENGTH_IN_CONTEXT = 3;
/** From this length on, two edits are corrected. */
const TWO_EDITS_LENGTH = 8;
/** Two edits away, a word in fewer products than this is more likely another typing error. */
const MIN_DOCUMENTS_TWO_EDITS = 3;
/** Log odds of typing a word correctly against making one particular edit. */
const EDIT_COST = 5;
const EDIT_ADJUSTMENTS = { transposed: -0.7, doubled: -0.7, first: 0.7 };
/** A known word in more products than this share of the catalog is not corrected. */
const COMMON_SHARE = 0.002;
/** Weight of products without the query's other words, relative to products with all of them. */
const WITHOUT_CONTEXT = 0.02;
/** Weight of an occurrence outside title, brand and category. */
const OTHER_FIELDS = 0.2;
/**
 * Candidates whose likelihood is below this share of the best are dropped; at most this many others are kept.
 */
const MIN_RELATIVE_LIKELIHOOD = 0.1;
const MAX_OTHERS = 3;
const OTHERS_WEIGHT = 0.8;
/**
 * A correctly spelled word is corrected if so many products have the correction, in their title, brand or category,
 * and all of the query's other words.
 */
const MIN_IN_FULL_CONTEXT = 2;
const FULL_CONTEXT = 0.999;
/** A set of words that are spelled correctly. */
interface KnownWords {
  has(word: string): boolean;
}

const NO_WORDS: KnownWords = new Set();
const MAIN_FIELDS = ['title', 'brand', 'category'] as const;
const MAIN_FIELDS_MASK = MAIN_FIELDS.reduce(
  (bits, field) => bits | (TF_MAX << (TF_BITS * LEXICAL_FIELDS.indexOf(field))),
  0,
);

/**
 * Corrects words that the catalog does not know, or that are rare beside a similar word. A noisy channel
 * model (Kernighan, Church & Gale, "A spelling correction program based on a noisy channel model", 1990): the
 * prior of a candidate is the number of products with it, mainly of those that also have the query's other
 * words; the channel is the cost of the edits. Words with a digit, short words and identifiers stay as typed.
 * `kept` are positions that are settled already. A word of `vocabulary` is spelled correctly, and may be a name that
 * the shop lacks (`nike` is not `bike`): it is corrected only if products with the query's other words say so.
 */
export function correctSpelling(
  index: LiveIndex,
  words: readonly QueryWord[],
  kept: ReadonlySet<number>,
  vocabulary: KnownWords = NO_WORDS,
): Corrected {
  const corrected = [...words];
  const corrections: Correction[] = [];
  for (const [place, word] of words.entries()) {
    if (kept.has(place) || !isCorrectable(index, word)) continue;
    const candidates = candidatesFor(
      index,
      words,
      place,
      vocabulary.has(word.surface) || isBrandName(word.surface),
    );
    const [best, ...others] = candidates;
    if (best === undefined) continue;
    const known = documentsOf(index, word) > 0;
    corrections.push({ typed: word.surface, read: best.word });
    const forms = [best, ...others].map(
      ({ term, score }): OtherForm => ({
        terms: [term],
        weight: OTHERS_WEIGHT * Math.exp((score - best.score) / 2),
      }),
    );
    corrected[place] = known
      ? withOthers(word, forms)
      : withOthers({ surface: word.surface, alternatives: [best.term], parts: [] }, forms.slice(1));
  }
  return { words: corrected, corrections };
}

function isCorrectable(index: LiveIndex, { surface, alternatives, parts }: QueryWord): boolean {
  return (
    parts.length === 0 &&
    alternatives.length === 1 &&
    surface.length >= MIN_LENGTH_IN_CONTEXT &&
    LETTERS.test(surface) &&
    index.findByIdentifier(surface).length === 0
  );
}

interface Candidate {
  readonly word: string;
  readonly term: string;
  /** Log likelihood, up to a constant. */
  readonly score: number;
}

/** Most likely first; empty if the word as typed is the most likely. */
function candidatesFor(
  index: LiveIndex,
  words: readonly QueryWord[],
  place: number,
  isSpelledCorrectly: boolean,
): Candidate[] {
  const word = words[place];
  if (word === undefined) return [];
  const { surface } = word;
  const typed = documentsOf(index, word);
  if (typed > Math.max(1, COMMON_SHARE * index.live)) return [];
  const nearby = index.lexical.wordsWithinEdits(surface, surface.length >= TWO_EDITS_LENGTH ? 2 : 1);
  if (nearby.length === 0) return [];
  const context = new CooccurrenceEvidence(index, words, place);
  const scoreAsTyped =
    typed === 0 ? -Infinity : Math.log(context.of(word.alternatives[0] ?? '').weight) + EDIT_COST;
  const byTerm = new Map<string, Candidate>();
  for (const candidate of nearby) {
    if (
      candidate.term === word.alternatives[0] ||
      (candidate.edits > 1 && candidate.documents < MIN_DOCUMENTS_TWO_EDITS)
    )
      continue;
    const { weight, inContext, inFullContext } = context.of(candidate.term);
    if (isSpelledCorrectly && inFullContext < MIN_IN_FULL_CONTEXT) continue;
    if (surface.length < MIN_LENGTH && !inContext && (!context.isEmpty || candidate.word.length < MIN_LENGTH))
      continue;
    const score = Math.log(weight) - costOf(surface, candidate) + EDIT_COST;
    const other = byTerm.get(candidate.term);
    if (score > Math.max(scoreAsTyped, other?.score ?? -Infinity))
      byTerm.set(candidate.term, { word: candidate.word, term: candidate.term, score });
  }
  const candidates = [...byTerm.values()].sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
  const min = (candidates[0]?.score ?? 0) + Math.log(MIN_RELATIVE_LIKELIHOOD);
  return candidates.filter(({ score }) => score >= min).slice(0, 1 + MAX_OTHERS);
}

/** Cost of the edits: transpositions and doubled letters are common errors, a wrong first letter is rare. */
function costOf(typed: string, { word, edits }: NearbyWord): number {
  let cost = EDIT_COST * edits;
  if (typed[0] !== word[0]) cost += EDIT_ADJUSTMENTS.first;
  if (edits > 1) return cost;
  if (typed.length === word.length) {
    const from = firstDifference(typed, word);
    if (typed[from] === word[from + 1] && typed[from + 1] === word[from] && typed[from] !== typed[from + 1])
      cost += EDIT_ADJUSTMENTS.transposed;
  } else {
    const [shorter, longer] = typed.length < word.length ? [typed, word] : [word, typed];
    const at = firstDifference(shorter, longer);
    if (longer[at] === longer[at - 1]) cost += EDIT_ADJUSTMENTS.doubled;
  }
  return cost;
}

function firstDifference(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place++;
  return place;
}

function documentsOf(index: LiveIndex, { alternatives }: QueryWord): number {
  return Math.max(0, ...alternatives.map((term) => index.lexical.postings(term)?.documents ?? 0));
}

/**
 * How often terms occur with the query's other words: for each product the share of their rarity that it has.
 */
class CooccurrenceEvidence {
  readonly #shares: Float32Array | undefined;

  constructor(
    private readonly index: LiveIndex,
    words: readonly QueryWord[],
    skipped: number,
  ) {
    let all = 0;
    let shares: Float32Array | undefined;
    for (const [place, { alternatives, others = [] }] of words.entries()) {
      const postings = [...alternatives, ...others.flatMap(({ terms }) => terms)]
        .map((term) => index.lexical.postings(term))
        .find((found) => found !== undefined && found.documents > 0);
      if (place === skipped || postings === undefined) continue;
      const rarity = Math.log(1 + index.live / postings.documents);
      all += rarity;
      shares ??= new Float32Array(index.size);
      for (const ordinal of postings.ordinals) shares[ordinal] = (shares[ordinal] ?? 0) + rarity;
    }
    if (shares !== undefined) for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] ?? 0) / all;
    this.#shares = shares;
  }

  /** No other word of the query is known. */
  get isEmpty(): boolean {
    return this.#shares === undefined;
  }

  /**
   * The weight of the products with the term, whether one of them has another word of the query, and the number of
   * those with all other words.
   */
  of(term: string): { weight: number; inContext: boolean; inFullContext: number } {
    const postings = this.index.lexical.postings(term);
    let weight = 1e-9;
    let inContext = false;
    let inFullContext = 0;
    if (postings === undefined) return { weight, inContext, inFullContext };
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (!this.index.alive(ordinal)) continue;
      const share = this.#shares?.[ordinal] ?? 0;
      const inMainFields = ((packed[i] ?? 0) & MAIN_FIELDS_MASK) !== 0;
      if (share > 0) inContext = true;
      if (share >= FULL_CONTEXT && inMainFields) inFullContext++;
      weight += (inMainFields ? 1 : OTHER_FIELDS) * (WITHOUT_CONTEXT + share * share);
    }
    return { weight, inContext, inFullContext };
  }
}
