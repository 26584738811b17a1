import { Bitset } from '../../structures/bitset.js';
import { BoundedCache } from '../../structures/boundedCache.js';
import { termOf } from '../lexical/analyze.js';
import { countTerms } from '../lexical/countTerms.js';
import {
  LEXICAL_FIELDS,
  type Lexical,
  type LiveIndex,
  type NearbyWord,
  type Postings,
  type Word,
} from '../liveIndex.js';
import { TextCounts } from './textCounts.js';

const MAX_CACHED_POSTINGS = 4096;
const NO_POSTINGS: Postings = { ordinals: new Uint32Array(0), packed: new Uint32Array(0), documents: 0 };

/**
 * The inverted index over some of an index's products. Postings are those of the index, filtered. Words as written have
 * no postings, so they are counted from the products themselves, on first use or beforehand with `count`.
 */
export class RestrictedLexical implements Lexical {
  readonly #base: LiveIndex;
  #visible: Bitset;
  readonly #postings = new BoundedCache<string, Postings>(MAX_CACHED_POSTINGS);
  readonly #terms = new TextCounts();
  readonly #words = new TextCounts();
  /** The products in the counts of terms and words. */
  #counted = new Bitset(0);
  #averageLengths: readonly number[] | undefined;

  constructor(base: LiveIndex, visible: Bitset) {
    this.#base = base;
    this.#visible = visible;
  }

  /** Makes these the products; `visible` has the size of the index. */
  show(visible: Bitset): void {
    this.#visible = visible;
    this.#postings.clear();
    this.#averageLengths = undefined;
  }

  /** Counts the words of at most `max` products; true where nothing is left to count. */
  count(max: number): boolean {
    const counted = this.#counted.resized(this.#visible.size);
    this.#counted = counted;
    const left = counted.clone().andNot(this.#visible).toArray();
    for (const ordinal of left) this.#change(ordinal, -1);
    const entered = this.#visible.clone().andNot(counted).toArray();
    for (const ordinal of entered.subarray(0, max)) this.#change(ordinal, 1);
    return entered.length <= max;
  }

  get documentCount(): number {
    return this.#visible.count();
  }

  terms(prefix: string, limit: number): string[] {
    this.count(Number.POSITIVE_INFINITY);
    return this.#terms.top(prefix, limit).map(({ text }) => text);
  }

  words(prefix: string, limit: number): Word[] {
    this.count(Number.POSITIVE_INFINITY);
    return this.#words.top(prefix, limit).map(({ text, count }) => ({
      word: text,
      term: termOf(text),
      documents: count,
    }));
  }

  forEachTerm(visit: (term: string, documents: number) => void): void {
    this.count(Number.POSITIVE_INFINITY);
    this.#terms.forEach(visit);
  }

  forEachWord(visit: (word: string, documents: number) => void): void {
    this.count(Number.POSITIVE_INFINITY);
    this.#words.forEach(visit);
  }

  wordsWithinEdits(word: string, max: number): NearbyWord[] {
    return this.#base.lexical.wordsWithinEdits(word, max).flatMap((nearby) => {
      const documents = this.wordDocuments(nearby.word);
      return documents === 0 ? [] : [{ ...nearby, documents }];
    });
  }

  wordsContaining(part: string, limit: number): Word[] {
    this.count(Number.POSITIVE_INFINITY);
    return this.#words
      .topMatching((text) => text.includes(part), limit)
      .map(({ text, count }) => ({ word: text, term: termOf(text), documents: count }));
  }

  wordDocuments(word: string): number {
    this.count(Number.POSITIVE_INFINITY);
    return this.#words.count(word);
  }

  postings(term: string): Postings | undefined {
    let postings = this.#postings.get(term);
    if (postings === undefined) {
      postings = this.#filtered(this.#base.lexical.postings(term));
      this.#postings.set(term, postings);
    }
    return postings.documents === 0 ? undefined : postings;
  }

  lengths(field: number): Uint16Array {
    return this.#base.lexical.lengths(field);
  }

  averageLength(field: number): number {
    this.#averageLengths ??= LEXICAL_FIELDS.map((_, place) => {
      const lengths = this.lengths(place);
      let total = 0;
      this.#visible.forEach((ordinal) => {
        total += lengths[ordinal] ?? 0;
      });
      return total === 0 ? 0 : total / this.documentCount;
    });
    return this.#averageLengths[field] ?? 0;
  }

  #filtered(all: Postings | undefined): Postings {
    if (all === undefined) return NO_POSTINGS;
    const places = new Uint32Array(all.ordinals.length);
    let documents = 0;
    for (const [place, ordinal] of all.ordinals.entries())
      if (this.#visible.has(ordinal)) places[documents++] = place;
    if (documents === 0) return NO_POSTINGS;
    const kept = places.subarray(0, documents);
    return {
      ordinals: kept.map((place) => all.ordinals[place] ?? 0),
      packed: kept.map((place) => all.packed[place] ?? 0),
      documents,
    };
  }

  #change(ordinal: number, by: 1 | -1): void {
    const { terms, words } = countTerms(this.#base.document(ordinal), this.#base.columns.rules);
    for (const term of terms.keys()) this.#terms.change(term, by);
    for (const word of words) this.#words.change(word, by);
    if (by === 1) this.#counted.add(ordinal);
    else this.#counted.delete(ordinal);
  }
}
