import { LRUCache } from 'lru-cache';
import type { Product } from '../../domain/product.js';
import { type AnalyzedWord, analyze, analyzeWords } from '../../index/lexical/analyze.js';
import { forEachText } from '../../index/lexical/indexedText.js';
import { LEXICAL_FIELDS, type LiveIndex, type Postings, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';
import { NEGATION_TERMS_AFTER, NEGATION_TERMS_BEFORE } from './negationWords.js';

/** A field of every product, without a column: `_text = 'glass beads'` passes what says these words. */
export const TEXT_FIELD = '_text';

/** A category tells of its other products too (`Baskets & Accessories`), and so does a description. */
const READ = [
  LEXICAL_FIELDS.indexOf('title'),
  LEXICAL_FIELDS.indexOf('brand'),
  LEXICAL_FIELDS.indexOf('attributes'),
];
const READ_MASK = READ.reduce((mask, field) => mask | (TF_MAX << (TF_BITS * field)), 0);
interface NegationVerdicts {
  /** Ordinals below this are judged. */
  upTo: number;
  readonly denying: number[];
}

/** By phrase; reading a document costs more than all else, and the same things are not wanted again and again. */
const verdicts = new WeakMap<LiveIndex, LRUCache<string, NegationVerdicts>>();
const MAX_KEPT = 1000;

/** How far before its name a thing may be denied: `no added sugar`. */
const REACH = 2;

/** Words to be found together, analysed once for all products that they are looked for in. */
export interface Phrase {
  readonly text: string;
  readonly words: readonly AnalyzedWord[];
  /** The words one by one, compounds as their parts: `sugar-free gum` → sugar, free, gum. */
  readonly sequence: readonly string[];
}

export function readPhrase(text: string): Phrase {
  const words = analyzeWords(text);
  return { text, words, sequence: sequenceOf(words) };
}

/**
 * The products whose title, brand or attributes have all words of the phrase, stemmed, but for those
 * that only say that they are without it (`sugar free`, `without sugar`). Dead ordinals may be among them.
 */
export function productsAffirming(index: LiveIndex, phrase: Phrase): Bitset {
  const having = productsContaining(index, phrase);
  for (const ordinal of productsNegating(index, phrase, having)) having.delete(ordinal);
  return having;
}

/** As `sayingWords`, those that say that they are without it included; none for a phrase without words. */
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

/** The same of one product that need not be indexed. */
export function affirmsPhrase(product: Product, phrase: Phrase): boolean {
  const texts: (readonly string[])[] = [];
  const said = new Set<string>();
  forEachText(product, (field, text) => {
    if (!READ.includes(field)) return;
    for (const term of analyze(text)) said.add(term.text);
    texts.push(sequenceOf(analyzeWords(text)));
  });
  const has = (term: string): boolean => said.has(term);
  const hasAll = phrase.words.every(
    ({ alternatives, parts }) => alternatives.some(has) || (parts.length > 0 && parts.every(has)),
  );
  if (phrase.words.length === 0 || !hasAll) return false;
  const { sequence } = phrase;
  const places = texts.flatMap((text) => placesOf(text, sequence).map((place) => ({ text, place })));
  return places.length === 0 || places.some(({ text, place }) => !isNegated(text, place, sequence.length));
}

/** Whether the words stand side by side, in this order, in what the product says. */
export function containsAdjacent(product: Product, { sequence }: Phrase): boolean {
  let found = false;
  forEachText(product, (field, text) => {
    if (READ.includes(field) && !found) found = placesOf(sequenceOf(analyzeWords(text)), sequence).length > 0;
  });
  return found;
}

/** What of `having` only says that it is without it. An ordinal's text never changes, so each is read once. */
function productsNegating(index: LiveIndex, phrase: Phrase, having: Bitset): readonly number[] {
  const known = verdicts.get(index) ?? new LRUCache<string, NegationVerdicts>({ max: MAX_KEPT });
  verdicts.set(index, known);
  const verdict = known.get(phrase.text) ?? { upTo: 0, denying: [] };
  known.set(phrase.text, verdict);
  if (verdict.upTo === index.size) return verdict.denying;
  const candidates = new Bitset(index.size);
  for (const terms of [NEGATION_TERMS_BEFORE, NEGATION_TERMS_AFTER])
    for (const term of terms) addTo(candidates, index.lexical.postings(term));
  candidates.and(having).forEach((ordinal) => {
    if (ordinal < verdict.upTo || !index.alive(ordinal)) return;
    if (!affirmsPhrase(index.document(ordinal), phrase)) verdict.denying.push(ordinal);
  });
  verdict.upTo = index.size;
  return verdict.denying;
}

function addTo(bits: Bitset, postings: Postings | undefined): Bitset {
  if (postings === undefined) return bits;
  const { ordinals, packed } = postings;
  for (let i = 0; i < ordinals.length; i++) {
    if (((packed[i] ?? 0) & READ_MASK) !== 0) bits.add(ordinals[i] ?? 0);
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
  const before = text.slice(Math.max(0, place - REACH), place);
  return (
    before.some((word) => NEGATION_TERMS_BEFORE.has(word)) ||
    NEGATION_TERMS_AFTER.has(text[place + length] ?? '')
  );
}
