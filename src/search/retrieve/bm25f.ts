import {
  LEXICAL_FIELDS,
  type Lexical,
  type LexicalField,
  type LiveIndex,
  type Postings,
  TF_BITS,
  TF_MAX,
} from '../../index/liveIndex.js';
import { indexOfSorted } from '../../structures/binarySearch.js';
import type { Bitset } from '../../structures/bitset.js';
import { arrayPools } from '../arrayPool.js';
import type { QueryWord } from '../understand/understandQuery.js';

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
export const MAX_CODES = 100;
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
  pass: Bitset,
): WordScores {
  const looked = words.map((word, place) => lookUpWord(index, word, weights[place] ?? 1));
  const scorer = new Bm25fScorer(
    index,
    pass,
    looked.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const [place, word] of looked.entries()) scorer.add(word, place);
  return scorer.finish();
}

/** A word as the index has it, and what it weighs. */
interface WordLookup {
  readonly weight: number;
  readonly whole: readonly Postings[];
  /** All of its parts; none where one is missing. */
  readonly parts: readonly Postings[];
  readonly others: readonly { readonly found: readonly Postings[]; readonly share: number }[];
  /** Products with an identifier that it is a part of. */
  readonly inCodes: readonly number[];
}

function lookUpWord(index: LiveIndex, word: QueryWord, told: number): WordLookup {
  const whole = word.alternatives
    .map((term) => index.lexical.postings(term))
    .filter((found) => found !== undefined);
  const parts = allOf(index, word.parts);
  const others = (word.others ?? []).map(({ terms, weight }) => ({
    found: allOf(index, terms),
    share: weight,
  }));
  const inCodes = word.partOfCode === undefined ? [] : index.findByIdentifierPart(word.partOfCode, MAX_CODES);
  const documents = Math.max(0, ...whole.map((found) => found.documents), fewestOf(parts));
  // What is common in another writing is not less telling as it was typed.
  const having = documents || Math.max(inCodes.length, ...others.map(({ found }) => fewestOf(found)));
  return { weight: told * idf(index.lexical.documentCount, having), whole, parts, others, inCodes };
}

/** The postings of all terms, or none where one is unknown. */
function allOf(index: LiveIndex, terms: readonly string[]): Postings[] {
  const found = terms.map((term) => index.lexical.postings(term));
  const known = found.filter((postings) => postings !== undefined);
  return known.length === found.length ? known : [];
}

class Bm25fScorer {
  private readonly score: Float32Array;
  private readonly matched: Uint32Array;
  private readonly coverage: Float32Array;
  private readonly branded: Float32Array;
  private readonly titleWords: Uint8Array;
  private readonly touched: Uint32Array;
  private touchedCount = 0;
  private readonly tables: readonly FieldTable[];

  constructor(
    index: LiveIndex,
    private readonly pass: Bitset,
    /** Of all words together. */
    private readonly weight: number,
  ) {
    const { size, lexical } = index;
    this.score = arrayPools.floats(size);
    this.matched = arrayPools.words(size);
    this.coverage = arrayPools.floats(size);
    this.branded = arrayPools.floats(size);
    this.titleWords = arrayPools.bytes(size);
    this.touched = arrayPools.words(size);
    this.tables = tablesOf(lexical, index.revision);
  }

  add({ weight, whole, parts, others, inCodes }: WordLookup, place: number): void {
    const bit = 1 << place;
    for (const postings of whole) this.addPostings(postings, weight, bit);
    this.addAll(parts, weight, bit, PARTS_WEIGHT);
    for (const ordinal of inCodes) this.addOne(ordinal, IN_CODE, weight, bit, 1);
    for (const { found, share } of others) this.addAll(found, weight, bit, share);
  }

  finish(): WordScores {
    return {
      touched: this.touched.slice(0, this.touchedCount),
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
      if (!this.pass.has(ordinal) || !others.every((other) => indexOfSorted(other.ordinals, ordinal) >= 0))
        continue;
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
    const share = weight / this.weight;
    this.coverage[ordinal] = (this.coverage[ordinal] ?? 0) + share;
    if (((frequencies >>> BRAND) & TF_MAX) > 0) this.branded[ordinal] = (this.branded[ordinal] ?? 0) + share;
    if ((frequencies & TF_MAX) > 0) this.titleWords[ordinal] = (this.titleWords[ordinal] ?? 0) + 1;
    return true;
  }

  private saturated(ordinal: number, frequencies: number): number {
    let frequency = 0;
    const { tables } = this;
    for (let field = 0; field < tables.length; field++) {
      const table = tables[field];
      if (table === undefined) continue;
      const times = (frequencies >>> table.shift) & TF_MAX;
      if (times === 0) continue;
      const length = table.lengths[ordinal] ?? 0;
      frequency += table.weight * times * (table.norms[Math.min(length, table.norms.length - 1)] ?? 1);
    }
    return ((K1 + 1) * frequency) / (K1 + frequency);
  }
}

/** What a field's occurrences weigh by how long the field is. */
interface FieldTable {
  readonly shift: number;
  readonly weight: number;
  readonly norms: Float32Array;
  readonly lengths: Uint16Array;
}

/** The tables of the last search of an index, which hold until something is written. */
const known = new WeakMap<Lexical, { readonly revision: number; readonly tables: readonly FieldTable[] }>();

function tablesOf(lexical: Lexical, revision: number): readonly FieldTable[] {
  const last = known.get(lexical);
  if (last?.revision === revision) return last.tables;
  const tables = LEXICAL_FIELDS.map((name, field) => {
    const { weight, b } = FIELDS[name];
    return {
      shift: field * TF_BITS,
      weight,
      norms: normsOf(b, lexical.averageLength(field)),
      lengths: lexical.lengths(field),
    };
  });
  known.set(lexical, { revision, tables });
  return tables;
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
