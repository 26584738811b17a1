import type { Bits } from '../../index/bits.js';
import {
  LEXICAL_FIELDS,
  type LexicalField,
  type LiveIndex,
  type Postings,
  TF_BITS,
  TF_MAX,
} from '../../index/live.js';
import type { QueryWord } from '../understand/understand.js';

/**
 * What an occurrence weighs by field, and how much a long field is discounted (b of BM25).
 * Chosen on esci and icecat dev queries, where the optimum is flat.
 */
const FIELDS: Record<LexicalField, { weight: number; b: number }> = {
  title: { weight: 2, b: 0.5 },
  brand: { weight: 1, b: 0.3 },
  category: { weight: 1, b: 0.3 },
  attributes: { weight: 0.5, b: 0.6 },
  identifiers: { weight: 1, b: 0.3 },
  description: { weight: 0.5, b: 0.7 },
};
const BRAND = LEXICAL_FIELDS.indexOf('brand') * TF_BITS;
const K1 = 1.2;
/** Parts of a token that stand apart in the product say less than the token itself. */
const PARTS_WEIGHT = 0.7;
/** So many codes at most are found by a part of them. */
export const MOST_CODES = 100;
/** A single occurrence among the identifiers. */
const IN_CODE = 1 << (TF_BITS * LEXICAL_FIELDS.indexOf('identifiers'));

/** How products match the words; arrays are by ordinal, of the index's size. */
export interface WordScores {
  /** Products with at least one word, in no order, none twice. */
  readonly touched: Uint32Array;
  /** BM25F, summed over the words. */
  readonly score: Float32Array;
  /** Bit i: has word i of the query. */
  readonly matched: Uint32Array;
  /** Share of the query's weight (idf by what the words tell) that the product's words carry, 0 to 1. */
  readonly coverage: Float32Array;
  /** Share of the query's weight that the product's brand carries, 0 to 1. */
  readonly branded: Float32Array;
  /** Words found in the title. */
  readonly titleWords: Uint8Array;
  /** The score that a product would near with every word in it. */
  readonly ceiling: number;
}

/**
 * Scores the products of `pass` by the words: BM25F after Robertson & Zaragoza, "The Probabilistic Relevance
 * Framework: BM25 and Beyond" (2009), 3.6: term frequencies are weighted and length-normalised by field,
 * summed, and saturated once; idf = ln(1 + (N - n + .5) / (n + .5)), here times the word's weight (see weighWords).
 */
export function scoreWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  weights: Float32Array,
  pass: Bits,
): WordScores {
  const scorer = new Scorer(index, pass);
  for (const [place, word] of words.entries()) scorer.add(word, place, weights[place] ?? 1);
  return scorer.finish();
}

class Scorer {
  private readonly score: Float32Array;
  private readonly matched: Uint32Array;
  private readonly coverage: Float32Array;
  private readonly branded: Float32Array;
  private readonly titleWords: Uint8Array;
  private readonly touched: Uint32Array;
  private touchedCount = 0;
  private weight = 0;
  private readonly tables: { shift: number; weight: number; norms: Float32Array; lengths: Uint16Array }[];

  constructor(
    private readonly index: LiveIndex,
    private readonly pass: Bits,
  ) {
    const { size, lexical } = index;
    this.score = new Float32Array(size);
    this.matched = new Uint32Array(size);
    this.coverage = new Float32Array(size);
    this.branded = new Float32Array(size);
    this.titleWords = new Uint8Array(size);
    this.touched = new Uint32Array(size);
    this.tables = LEXICAL_FIELDS.map((name, field) => {
      const { weight, b } = FIELDS[name];
      return {
        shift: field * TF_BITS,
        weight,
        norms: normsOf(b, lexical.averageLength(field)),
        lengths: lexical.lengths(field),
      };
    });
  }

  add(word: QueryWord, place: number, told: number): void {
    const whole = word.alternatives
      .map((term) => this.index.lexical.postings(term))
      .filter((found) => found !== undefined);
    const parts = word.parts.map((term) => this.index.lexical.postings(term));
    const complete = parts.filter((found) => found !== undefined);
    const others = (word.others ?? []).map(({ terms, weight }) => ({ found: this.all(terms), weight }));
    const documents = Math.max(0, ...whole.map((found) => found.documents));
    const inParts = parts.length > 0 && complete.length === parts.length ? fewestOf(complete) : 0;
    // What is common in another writing is not less telling as it was typed.
    const inCodes =
      word.partOfCode === undefined ? [] : this.index.identifiersHolding(word.partOfCode, MOST_CODES);
    const having =
      Math.max(documents, inParts) || Math.max(inCodes.length, ...others.map(({ found }) => fewestOf(found)));
    const weight = told * idf(this.index.lexical.documentCount, having);
    this.weight += weight;
    const bit = 1 << place;
    for (const postings of whole) this.addPostings(postings, weight, bit);
    if (inParts > 0) this.addAll(complete, weight, bit, PARTS_WEIGHT);
    for (const ordinal of inCodes) this.addOne(ordinal, IN_CODE, weight, bit, 1);
    for (const { found, weight: share } of others) this.addAll(found, weight, bit, share);
  }

  /** The postings of all terms, or none where one is unknown. */
  private all(terms: readonly string[]): Postings[] {
    const found = terms.map((term) => this.index.lexical.postings(term));
    const known = found.filter((postings) => postings !== undefined);
    return known.length === found.length ? known : [];
  }

  finish(): WordScores {
    const touched = this.touched.slice(0, this.touchedCount);
    if (this.weight > 0) {
      for (const ordinal of touched) {
        this.coverage[ordinal] = Math.min(1, (this.coverage[ordinal] ?? 0) / this.weight);
        this.branded[ordinal] = Math.min(1, (this.branded[ordinal] ?? 0) / this.weight);
      }
    }
    return {
      touched,
      score: this.score,
      matched: this.matched,
      coverage: this.coverage,
      branded: this.branded,
      titleWords: this.titleWords,
      ceiling: this.weight * (K1 + 1),
    };
  }

  private addPostings({ ordinals, packed }: Postings, weight: number, bit: number): void {
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      const frequencies = packed[i] ?? 0;
      if (this.pass.has(ordinal) && this.touch(ordinal, weight, bit, frequencies)) {
        this.score[ordinal] = (this.score[ordinal] ?? 0) + weight * this.saturated(ordinal, frequencies);
      }
    }
  }

  /** Only products with every one; what they score is `share` of what their rarest does. */
  private addAll(all: readonly Postings[], weight: number, bit: number, share: number): void {
    const [rarest, ...others] = [...all].sort((a, b) => a.ordinals.length - b.ordinals.length);
    if (rarest === undefined) return;
    const { ordinals, packed } = rarest;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (!this.pass.has(ordinal) || !others.every((other) => holds(other.ordinals, ordinal))) continue;
      this.addOne(ordinal, packed[i] ?? 0, weight, bit, share);
    }
  }

  private addOne(ordinal: number, frequencies: number, weight: number, bit: number, share: number): void {
    if (!this.pass.has(ordinal) || !this.touch(ordinal, weight, bit, frequencies)) return;
    const score = share * weight * this.saturated(ordinal, frequencies);
    this.score[ordinal] = (this.score[ordinal] ?? 0) + score;
  }

  /** Marks the word as found; false where it was already, by another alternative. */
  private touch(ordinal: number, weight: number, bit: number, frequencies: number): boolean {
    const before = this.matched[ordinal] ?? 0;
    if ((before & bit) !== 0) return false;
    if (before === 0) this.touched[this.touchedCount++] = ordinal;
    this.matched[ordinal] = before | bit;
    this.coverage[ordinal] = (this.coverage[ordinal] ?? 0) + weight;
    if (((frequencies >>> BRAND) & TF_MAX) > 0) this.branded[ordinal] = (this.branded[ordinal] ?? 0) + weight;
    if ((frequencies & TF_MAX) > 0) this.titleWords[ordinal] = (this.titleWords[ordinal] ?? 0) + 1;
    return true;
  }

  private saturated(ordinal: number, frequencies: number): number {
    let frequency = 0;
    for (const table of this.tables) {
      const times = (frequencies >>> table.shift) & TF_MAX;
      if (times === 0) continue;
      const length = table.lengths[ordinal] ?? 0;
      frequency += table.weight * times * (table.norms[Math.min(length, table.norms.length - 1)] ?? 1);
    }
    return ((K1 + 1) * frequency) / (K1 + frequency);
  }
}

/** 1 / (1 - b + b * length / average), by length; longer fields share the last entry. */
function normsOf(b: number, average: number): Float32Array {
  const norms = new Float32Array(1024);
  for (let length = 0; length < norms.length; length++) {
    norms[length] = average === 0 ? 1 : 1 / (1 - b + (b * length) / average);
  }
  return norms;
}

function idf(total: number, having: number): number {
  return Math.log(1 + (total - having + 0.5) / (having + 0.5));
}

function fewestOf(postings: readonly Postings[]): number {
  return postings.length === 0 ? 0 : Math.min(...postings.map(({ documents }) => documents));
}

function holds(ascending: Uint32Array, ordinal: number): boolean {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] ?? 0;
    if (found === ordinal) return true;
    if (found < ordinal) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
