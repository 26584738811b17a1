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
import { isSizeKey } from '../../text/sizes.js';
import { arrayPools } from '../arrayPool.js';
import type { QueryWord } from '../understand/understandQuery.js';

/**
 * Weight of an occurrence by field, and the length normalisation b of BM25. Chosen on the esci and icecat dev
 * queries, where the optimum is flat.
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
/** Relative score of a token whose parts occur separately in the product. */
const PARTS_WEIGHT = 0.7;
/** The same for the bare number of a size that some product has. */
const NUMBER_WEIGHT = 0.35;
/** One occurrence in the field of identifiers. */
const IN_CODE = 1 << (TF_BITS * LEXICAL_FIELDS.indexOf('identifiers'));

/** How products match the words. Arrays are by ordinal and as long as the index. */
export interface WordScores {
  /** Products with at least one word, each once, in no order. */
  readonly matchedOrdinals: Uint32Array;
  /** BM25F, summed over the words. */
  readonly score: Float32Array;
  /** Bit i is set if the product has word i of the query. */
  readonly matched: Uint32Array;
  /** Share of the query's weight (idf times word weight) that the product's words carry, 0 to 1. */
  readonly coverage: Float32Array;
  /** Share of the query's weight that the product's brand carries, 0 to 1. */
  readonly brandCoverage: Float32Array;
  /** Number of words found in the title. */
  readonly titleWords: Uint8Array;
  /** Upper bound of the score: what a product with every word approaches. */
  readonly maxScore: number;
}

/**
 * Scores the products of `pass` with BM25F (Robertson & Zaragoza, "The Probabilistic Relevance Framework:
 * BM25 and Beyond", 2009, 3.6): term frequencies are weighted and length-normalised by field, summed, and
 * saturated once; idf = ln(1 + (N - n + .5) / (n + .5)), multiplied by the word's weight (see weighWords).
 */
export function scoreWords(
  index: LiveIndex,
  words: readonly QueryWord[],
  weights: Float32Array,
  pass: Bitset,
): WordScores {
  const lookups = words.map((word, place) => lookUpWord(index, word, weights[place] ?? 1));
  const scorer = new Bm25fScorer(
    index,
    pass,
    lookups.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const [place, word] of lookups.entries()) scorer.add(word, place);
  return scorer.finish();
}

/** A word's postings in the index, and its weight. */
interface WordLookup {
  readonly weight: number;
  readonly whole: readonly Postings[];
  /** Postings of all of its parts; none if a part is unknown. */
  readonly parts: readonly Postings[];
  /** Relative score of the parts. */
  readonly partsShare: number;
  /** A single letter, which in a compound is no word of a brand. */
  readonly isLetter: boolean;
  readonly others: readonly { readonly postings: readonly Postings[]; readonly share: number }[];
  /** Products with an identifier that contains the word. */
  readonly partOfCodes: readonly number[];
}

function lookUpWord(index: LiveIndex, word: QueryWord, wordWeight: number): WordLookup {
  const whole = word.alternatives
    .map((term) => index.lexical.postings(term))
    .filter((postings) => postings !== undefined);
  const parts = postingsOfAll(index, word.parts);
  const others = (word.others ?? []).map(({ terms, weight }) => ({
    postings: postingsOfAll(index, terms),
    share: weight,
  }));
  const partOfCodes = word.partOfCode?.products(index) ?? [];
  const wholeDocuments = Math.max(0, ...whole.map((postings) => postings.documents));
  // The number of a size occurs in products of any size, so it says nothing about how rare the size is.
  const isKnownSize = isSizeKey(word.alternatives[0] ?? '') && wholeDocuments > 0;
  const documents = isKnownSize ? wholeDocuments : Math.max(wholeDocuments, minDocuments(parts));
  // If the word as typed is unknown, its document frequency is that of its other forms.
  const documentFrequency =
    documents || Math.max(partOfCodes.length, ...others.map(({ postings }) => minDocuments(postings)));
  return {
    weight: wordWeight * idf(index.lexical.documentCount, documentFrequency),
    whole,
    parts,
    partsShare: isKnownSize ? NUMBER_WEIGHT : PARTS_WEIGHT,
    isLetter: word.surface.length === 1,
    others,
    partOfCodes,
  };
}

/** The postings of all terms, or none if a term is unknown. */
function postingsOfAll(index: LiveIndex, terms: readonly string[]): Postings[] {
  const postings = terms.map((term) => index.lexical.postings(term));
  const known = postings.filter((one) => one !== undefined);
  return known.length === postings.length ? known : [];
}

class Bm25fScorer {
  private readonly score: Float32Array;
  private readonly matched: Uint32Array;
  private readonly coverage: Float32Array;
  private readonly brandCoverage: Float32Array;
  private readonly titleWords: Uint8Array;
  private readonly matchedOrdinals: Uint32Array;
  private matchedCount = 0;
  private readonly tables: readonly FieldTable[];

  constructor(
    index: LiveIndex,
    private readonly pass: Bitset,
    /** The sum of all word weights. */
    private readonly weight: number,
  ) {
    const { size, lexical } = index;
    this.score = arrayPools.floats(size);
    this.matched = arrayPools.words(size);
    this.coverage = arrayPools.floats(size);
    this.brandCoverage = arrayPools.floats(size);
    this.titleWords = arrayPools.bytes(size);
    this.matchedOrdinals = arrayPools.words(size);
    this.tables = fieldTables(lexical, index.contentRevision);
  }

  add({ weight, whole, parts, partsShare, isLetter, others, partOfCodes }: WordLookup, place: number): void {
    const bit = 1 << place;
    for (const postings of whole) this.addPostings(postings, weight, bit);
    this.addConjunction(parts, weight, bit, partsShare, isLetter ? ~(TF_MAX << BRAND) : -1);
    for (const ordinal of partOfCodes) this.addOne(ordinal, IN_CODE, weight, bit, 1);
    for (const { postings, share } of others) this.addConjunction(postings, weight, bit, share);
  }

  finish(): WordScores {
    return {
      matchedOrdinals: this.matchedOrdinals.slice(0, this.matchedCount),
      score: this.score,
      matched: this.matched,
      coverage: this.coverage,
      brandCoverage: this.brandCoverage,
      titleWords: this.titleWords,
      maxScore: this.weight * (K1 + 1),
    };
  }

  private addPostings({ ordinals, packed }: Postings, weight: number, bit: number): void {
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      const frequencies = packed[i] ?? 0;
      if (this.pass.has(ordinal) && this.mark(ordinal, weight, bit, frequencies)) {
        this.score[ordinal] = (this.score[ordinal] ?? 0) + weight * this.saturated(ordinal, frequencies);
      }
    }
  }

  /** Adds products that have all terms; their score is `share` of the score of the rarest term. */
  private addConjunction(
    all: readonly Postings[],
    weight: number,
    bit: number,
    share: number,
    /** Of the packed term frequencies. */
    mask = -1,
  ): void {
    const [rarest, ...others] = [...all].sort((a, b) => a.ordinals.length - b.ordinals.length);
    if (rarest === undefined) return;
    const { ordinals, packed } = rarest;
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0;
      if (!this.pass.has(ordinal) || !others.every((other) => indexOfSorted(other.ordinals, ordinal) >= 0))
        continue;
      this.addOne(ordinal, (packed[i] ?? 0) & mask, weight, bit, share);
    }
  }

  private addOne(ordinal: number, frequencies: number, weight: number, bit: number, share: number): void {
    if (!this.pass.has(ordinal) || !this.mark(ordinal, weight, bit, frequencies)) return;
    const score = share * weight * this.saturated(ordinal, frequencies);
    this.score[ordinal] = (this.score[ordinal] ?? 0) + score;
  }

  /** Marks the word as found; false if another alternative marked it before. */
  private mark(ordinal: number, weight: number, bit: number, frequencies: number): boolean {
    const before = this.matched[ordinal] ?? 0;
    if ((before & bit) !== 0) return false;
    if (before === 0) this.matchedOrdinals[this.matchedCount++] = ordinal;
    this.matched[ordinal] = before | bit;
    const share = weight / this.weight;
    this.coverage[ordinal] = (this.coverage[ordinal] ?? 0) + share;
    if (((frequencies >>> BRAND) & TF_MAX) > 0)
      this.brandCoverage[ordinal] = (this.brandCoverage[ordinal] ?? 0) + share;
    if ((frequencies & TF_MAX) > 0) this.titleWords[ordinal] = (this.titleWords[ordinal] ?? 0) + 1;
    return true;
  }

  private saturated(ordinal: number, frequencies: number): number {
    let frequency = 0;
    const { tables } = this;
    for (let field = 0; field < tables.length; field++) {
      const table = tables[field];
      if (table === undefined) continue;
      const termFrequency = (frequencies >>> table.shift) & TF_MAX;
      if (termFrequency === 0) continue;
      const length = table.lengths[ordinal] ?? 0;
      frequency +=
        table.weight * termFrequency * (table.norms[Math.min(length, table.norms.length - 1)] ?? 1);
    }
    return ((K1 + 1) * frequency) / (K1 + frequency);
  }
}

/** Weights of a field's occurrences by the length of the field. */
interface FieldTable {
  readonly shift: number;
  readonly weight: number;
  readonly norms: Float32Array;
  readonly lengths: Uint16Array;
}

/** Cache of the tables for the last revision of each index. */
const fieldTableCache = new WeakMap<
  Lexical,
  { readonly revision: number; readonly tables: readonly FieldTable[] }
>();

function fieldTables(lexical: Lexical, revision: number): readonly FieldTable[] {
  const last = fieldTableCache.get(lexical);
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
  fieldTableCache.set(lexical, { revision, tables });
  return tables;
}

/** 1 / (1 - b + b * length / average) by length; longer fields share the last entry. */
function normsOf(b: number, average: number): Float32Array {
  const norms = new Float32Array(1024);
  for (let length = 0; length < norms.length; length++) {
    norms[length] = average === 0 ? 1 : 1 / (1 - b + (b * length) / average);
  }
  return norms;
}

function idf(total: number, documentFrequency: number): number {
  return Math.log(1 + (total - documentFrequency + 0.5) / (documentFrequency + 0.5));
}

function minDocuments(postings: readonly Postings[]): number {
  return postings.length === 0 ? 0 : Math.min(...postings.map(({ documents }) => documents));
}
