import { LRUCache } from 'lru-cache';
import { type AnalyzedWord, analyzeWords } from '../../index/lexical/analyze.js';
import { LEXICAL_FIELDS, type LexicalField, type LiveIndex, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';

/** Number of cached sets, one per word: the next keystroke has mostly the same words. */
const MAX_CACHED = 512;

/** Mask of the packed term frequencies of these fields (see TF_BITS). */
export function fieldMask(fields: readonly LexicalField[]): number {
  return fields.reduce((mask, field) => mask | (TF_MAX << (TF_BITS * LEXICAL_FIELDS.indexOf(field))), 0);
}

export const ANY_FIELD = fieldMask(LEXICAL_FIELDS);

/** The live products with given words; cached until `forget`. */
export class ProductsWithWords {
  readonly #setCache = new LRUCache<string, Bitset>({ max: MAX_CACHED });
  readonly #tokenCache = new LRUCache<string, readonly AnalyzedWord[]>({ max: MAX_CACHED });
  readonly #countCache = new Map<string, number>();
  #liveSet: Bitset;

  constructor(private readonly index: LiveIndex) {
    this.#liveSet = index.aliveSet();
  }

  /** Must be called when the index has changed. */
  forget(): void {
    this.#setCache.clear();
    this.#countCache.clear();
    this.#liveSet = this.index.aliveSet();
  }

  /** Live products with all of the words in one of the fields of `mask`; read only. */
  withAll(words: readonly string[], mask: number): Bitset {
    const [first, ...others] = words;
    if (first === undefined) return this.#liveSet;
    if (others.length === 0) return this.#productsWithWord(first, mask);
    const all = this.#productsWithWord(first, mask).resized(this.#liveSet.size);
    for (const word of others) all.and(this.#productsWithWord(word, mask));
    return all;
  }

  /** Number of live products with all words of a text; 0 for a text without words. */
  count(key: string): number {
    const cached = this.#countCache.get(key);
    if (cached !== undefined) return cached;
    const words = key.split(' ');
    // Most queries from elsewhere contain a word that no product has.
    const allKnown = key !== '' && words.every((word) => this.mayOccur(word));
    const count = allKnown ? this.withAll(words, ANY_FIELD).count() : 0;
    this.#countCache.set(key, count);
    return count;
  }

  /** Whether a live product may have the word. */
  mayOccur(word: string): boolean {
    return this.#analyzed(word).every(
      ({ alternatives, parts }) =>
        alternatives.some((term) => this.#occurs(term)) ||
        (parts.length > 0 && parts.every((term) => this.#occurs(term))),
    );
  }

  #analyzed(word: string): readonly AnalyzedWord[] {
    let tokens = this.#tokenCache.get(word);
    if (tokens === undefined) {
      tokens = analyzeWords(word);
      this.#tokenCache.set(word, tokens);
    }
    return tokens;
  }

  #occurs(term: string): boolean {
    return (this.index.lexical.postings(term)?.documents ?? 0) > 0;
  }

  #productsWithWord(word: string, mask: number): Bitset {
    const name = `${mask} ${word}`;
    const cached = this.#setCache.get(name);
    if (cached !== undefined) return cached;
    const products = this.#liveSet.resized(this.#liveSet.size);
    for (const { alternatives, parts } of this.#analyzed(word)) {
      const some = new Bitset(this.#liveSet.size);
      for (const term of alternatives) this.#addPostings(term, mask, some);
      const [first, ...others] = parts;
      if (first !== undefined) {
        const all = this.#addPostings(first, mask, new Bitset(this.#liveSet.size));
        for (const term of others) all.and(this.#addPostings(term, mask, new Bitset(this.#liveSet.size)));
        some.or(all);
      }
      products.and(some);
    }
    this.#setCache.set(name, products);
    return products;
  }

  #addPostings(term: string, mask: number, into: Bitset): Bitset {
    const postings = this.index.lexical.postings(term);
    if (postings === undefined) return into;
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      if (((packed[i] ?? 0) & mask) !== 0) into.add(ordinals[i] ?? 0);
    }
    return into;
  }
}
