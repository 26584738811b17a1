import { LRUCache } from 'lru-cache';
import { type AnalyzedWord, analyzeWords } from '../../index/lexical/analyze.js';
import { LEXICAL_FIELDS, type LexicalField, type LiveIndex, TF_BITS, TF_MAX } from '../../index/liveIndex.js';
import { Bitset } from '../../structures/bitset.js';

/** Sets kept, one a word: what is typed next holds mostly the same words. */
const KEPT = 512;

/** Bits of packed term frequencies that belong to these fields (see TF_BITS). */
export function fieldMask(fields: readonly LexicalField[]): number {
  return fields.reduce((mask, field) => mask | (TF_MAX << (TF_BITS * LEXICAL_FIELDS.indexOf(field))), 0);
}

export const ANY_FIELD = fieldMask(LEXICAL_FIELDS);

/** Which living products hold given words, remembered until `forget`. */
export class ProductsWithWords {
  readonly #kept = new LRUCache<string, Bitset>({ max: KEPT });
  readonly #tokens = new LRUCache<string, readonly AnalyzedWord[]>({ max: KEPT });
  readonly #counts = new Map<string, number>();
  #living: Bitset;

  constructor(private readonly index: LiveIndex) {
    this.#living = index.aliveSet();
  }

  /** To be called when the index has changed. */
  forget(): void {
    this.#kept.clear();
    this.#counts.clear();
    this.#living = this.index.aliveSet();
  }

  /** Living products that have all of the words in one of the fields of `mask`; not to be changed. */
  of(words: readonly string[], mask: number): Bitset {
    const [first, ...others] = words;
    if (first === undefined) return this.#living;
    if (others.length === 0) return this.#holding(first, mask);
    const all = this.#holding(first, mask).resized(this.#living.size);
    for (const word of others) all.and(this.#holding(word, mask));
    return all;
  }

  /** How many living products have all words of a text; those of a text without words are none. */
  count(key: string): number {
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const words = key.split(' ');
    // Most of what is asked elsewhere fails at a word that nobody here has.
    const possible = key !== '' && words.every((word) => this.known(word));
    const count = possible ? this.of(words, ANY_FIELD).count() : 0;
    this.#counts.set(key, count);
    return count;
  }

  /** Whether some living product may have the word. */
  known(word: string): boolean {
    return this.#analyzed(word).every(
      ({ alternatives, parts }) =>
        alternatives.some((term) => this.#occurs(term)) ||
        (parts.length > 0 && parts.every((term) => this.#occurs(term))),
    );
  }

  #analyzed(word: string): readonly AnalyzedWord[] {
    let tokens = this.#tokens.get(word);
    if (tokens === undefined) {
      tokens = analyzeWords(word);
      this.#tokens.set(word, tokens);
    }
    return tokens;
  }

  #occurs(term: string): boolean {
    return (this.index.lexical.postings(term)?.documents ?? 0) > 0;
  }

  #holding(word: string, mask: number): Bitset {
    const name = `${mask} ${word}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    const holding = this.#living.resized(this.#living.size);
    for (const { alternatives, parts } of this.#analyzed(word)) {
      const some = new Bitset(this.#living.size);
      for (const term of alternatives) this.#mark(term, mask, some);
      const [first, ...others] = parts;
      if (first !== undefined) {
        const all = this.#mark(first, mask, new Bitset(this.#living.size));
        for (const term of others) all.and(this.#mark(term, mask, new Bitset(this.#living.size)));
        some.or(all);
      }
      holding.and(some);
    }
    this.#kept.set(name, holding);
    return holding;
  }

  #mark(term: string, mask: number, into: Bitset): Bitset {
    const postings = this.index.lexical.postings(term);
    if (postings === undefined) return into;
    const { ordinals, packed } = postings;
    for (let i = 0; i < ordinals.length; i++) {
      if (((packed[i] ?? 0) & mask) !== 0) into.add(ordinals[i] ?? 0);
    }
    return into;
  }
}
