import { LRUCache } from 'lru-cache';
import type { Product } from '../../domain/product.js';
import { ValueRules } from '../../index/columns/valueRules.js';
import { type AnalyzedWord, analyze, analyzeWords } from '../../index/lexical/analyze.js';
import { forEachText } from '../../index/lexical/indexedText.js';
import { LEXICAL_FIELDS, type LiveIndex, type Postings, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { finish, inSlices, type Steps } from '../../structures/inSlices.js';
import { NEGATION_TERMS_AFTER, NEGATION_TERMS_BEFORE } from './negationWords.js';
import type { Filter } from './parseFilter.js';

/** A virtual field of every product: `_text = 'glass beads'` passes products that mention these words. */
export const TEXT_FIELD = '_text';

/** Categories name other products too (`Baskets & Accessories`), and so do descriptions. */
const MENTION_FIELDS = [
  LEXICAL_FIELDS.indexOf('title'),
  LEXICAL_FIELDS.indexOf('brand'),
  LEXICAL_FIELDS.indexOf('attributes'),
];
const MENTION_MASK = MENTION_FIELDS.reduce((mask, field) => mask | (TF_MAX << (TF_BITS * field)), 0);
interface NegationVerdicts {
  /** Ordinals below this are classified. */
  classifiedUpTo: number;
  readonly negating: number[];
}

/** Negation results by phrase. Reading documents is the most expensive step, and the same phrases recur. */
const negationCache = new WeakMap<LiveIndex, LRUCache<string, NegationVerdicts>>();
const MAX_CACHED_PHRASES = 1000;

/** Has the negations in an index read again: its products are others than before. */
export function forgetNegations(index: LiveIndex): void {
  negationCache.delete(index);
}

/** Maximum number of words between a negation and its object: `no added sugar`. */
const MAX_DISTANCE = 2;

/** Words to find together, analysed once for all products. */
export interface Phrase {
  readonly text: string;
  readonly words: readonly AnalyzedWord[];
  /** The words in order, compounds as their parts: `sugar-free gum` → sugar, free, gum. */
  readonly sequence: readonly string[];
}

export function readPhrase(text: string): Phrase {
  const words = analyzeWords(text);
  return { text, words, sequence: sequenceOf(words) };
}

/**
 * Products whose title, brand or attributes contain all words of the phrase, stemmed, without those that only
 * negate it (`sugar free`, `without sugar`). May include deleted products.
 */
export function productsAffirming(index: LiveIndex, phrase: Phrase): Bitset {
  const containing = productsContaining(index, phrase);
  for (const ordinal of productsNegating(index, phrase, containing)) containing.delete(ordinal);
  return containing;
}

/**
 * As `productsAffirming`, but including products that negate the phrase; empty for a phrase without words.
 */
export function productsContaining(index: LiveIndex, phrase: Phrase): Bitset {
  let all: Bitset | undefined;
  for (const { alternatives, parts } of phrase.words) {
    const any = new Bitset(index.size);
    for (const term of alternatives) addTo(any, index.lexical.postings(term));
    if (parts.length > 0) {
      const each = parts.map((term) => addTo(new Bitset(index.size), index.lexical.postings(term)));
      any.or(each.reduce((both, part) => both.and(part)));
    }
    all = all === undefined ? any : all.and(any);
  }
  return all ?? new Bitset(index.size);
}

/** The same for one product, which need not be indexed. */
export function affirmsPhrase(product: Product, phrase: Phrase, rules = ValueRules.NONE): boolean {
  const texts: (readonly string[])[] = [];
  const terms = new Set<string>();
  forEachText(product, rules, (field, text) => {
    if (!MENTION_FIELDS.includes(field)) return;
    for (const term of analyze(text)) terms.add(term.text);
    texts.push(sequenceOf(analyzeWords(text)));
  });
  const has = (term: string): boolean => terms.has(term);
  const hasAll = phrase.words.every(
    ({ alternatives, parts }) => alternatives.some(has) || (parts.length > 0 && parts.every(has)),
  );
  if (phrase.words.length === 0 || !hasAll) return false;
  const { sequence } = phrase;
  const places = texts.flatMap((text) => placesOf(text, sequence).map((place) => ({ text, place })));
  return places.length === 0 || places.some(({ text, place }) => !isNegated(text, place, sequence.length));
}

/** Whether the product's text has the words next to each other, in this order. */
export function containsAdjacent(product: Product, { sequence }: Phrase): boolean {
  let found = false;
  forEachText(product, ValueRules.NONE, (field, text) => {
    if (MENTION_FIELDS.includes(field) && !found)
      found = placesOf(sequenceOf(analyzeWords(text)), sequence).length > 0;
  });
  return found;
}

/** Products read between two pauses. */
const PRODUCTS_A_STEP = 20;

/** Finds the products that only negate what these filters ask for, in slices, so that filtering need not. */
export function prepareTextFilters(index: LiveIndex, filters: readonly Filter[]): Promise<void> {
  return preparePhrases(index, filters.flatMap(phrasesIn));
}

/** The same for these phrases. */
export async function preparePhrases(index: LiveIndex, phrases: readonly string[]): Promise<void> {
  for (const text of new Set(phrases)) {
    const phrase = readPhrase(text);
    if (verdictsOn(index, phrase).classifiedUpTo < index.size)
      await inSlices(classifyNegations(index, phrase, productsContaining(index, phrase)));
  }
}

function phrasesIn(filter: Filter): string[] {
  if ('parts' in filter) return filter.parts.flatMap(phrasesIn);
  if ('part' in filter) return phrasesIn(filter.part);
  if (filter.field !== TEXT_FIELD) return [];
  if (filter.kind === 'in') return filter.values.map(String);
  return filter.kind === 'compare' ? [String(filter.value)] : [];
}

/** The products of `containing` that only negate the phrase. */
function productsNegating(index: LiveIndex, phrase: Phrase, containing: Bitset): readonly number[] {
  const { classifiedUpTo, negating } = verdictsOn(index, phrase);
  if (classifiedUpTo < index.size) finish(classifyNegations(index, phrase, containing));
  return negating;
}

function verdictsOn(index: LiveIndex, { text }: Phrase): NegationVerdicts {
  const known =
    negationCache.get(index) ?? new LRUCache<string, NegationVerdicts>({ max: MAX_CACHED_PHRASES });
  negationCache.set(index, known);
  const verdicts = known.get(text) ?? { classifiedUpTo: 0, negating: [] };
  known.set(text, verdicts);
  return verdicts;
}

/** The text of an ordinal never changes, so each is read once. */
function* classifyNegations(index: LiveIndex, phrase: Phrase, containing: Bitset): Steps {
  const verdicts = verdictsOn(index, phrase);
  const { size } = index;
  const candidates = new Bitset(size);
  for (const terms of [NEGATION_TERMS_BEFORE, NEGATION_TERMS_AFTER])
    for (const term of terms) addTo(candidates, index.lexical.postings(term));
  const left = candidates
    .and(containing)
    .toArray()
    .filter((ordinal) => ordinal >= verdicts.classifiedUpTo);
  for (const [place, ordinal] of left.entries()) {
    if (place % PRODUCTS_A_STEP === 0) yield;
    // Another search may have read it meanwhile.
    if (ordinal < verdicts.classifiedUpTo) continue;
    if (index.alive(ordinal) && !affirmsPhrase(index.document(ordinal), phrase, index.columns.rules))
      verdicts.negating.push(ordinal);
    verdicts.classifiedUpTo = ordinal + 1;
  }
  verdicts.classifiedUpTo = Math.max(verdicts.classifiedUpTo, size);
}

function addTo(bits: Bitset, postings: Postings | undefined): Bitset {
  if (postings === undefined) return bits;
  const { ordinals, packed } = postings;
  for (let i = 0; i < ordinals.length; i++) {
    if (((packed[i] ?? 0) & MENTION_MASK) !== 0) bits.add(ordinals[i] ?? 0);
  }
  return bits;
}

function sequenceOf(words: readonly AnalyzedWord[]): string[] {
  return words.flatMap(({ alternatives, parts }) => (parts.length > 0 ? parts : alternatives));
}

function placesOf(text: readonly string[], wanted: readonly string[]): number[] {
  const places: number[] = [];
  for (let at = 0; wanted.length > 0 && at + wanted.length <= text.length; at++) {
    if (wanted.every((word, offset) => text[at + offset] === word)) places.push(at);
  }
  return places;
}

function isNegated(text: readonly string[], place: number, length: number): boolean {
  const before = text.slice(Math.max(0, place - MAX_DISTANCE), place);
  return (
    before.some((word) => NEGATION_TERMS_BEFORE.has(word)) ||
    NEGATION_TERMS_AFTER.has(text[place + length] ?? '')
  );
}
