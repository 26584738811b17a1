import type { Bitset } from '../../structures/bitset.js';
import type { Lexical, LiveIndex, NearbyWord, Postings, Word } from '../liveIndex.js';
import { RestrictedLexical } from './restrictedLexical.js';

/** The inverted index over the products of one status: only they are found, by the words of all products. */
export class StatusLexical implements Lexical {
  readonly #base: LiveIndex;
  readonly #restricted: RestrictedLexical;

  constructor(base: LiveIndex, visible: Bitset) {
    this.#base = base;
    this.#restricted = new RestrictedLexical(base, visible);
  }

  /** Makes these the products; `visible` has the size of the index. */
  show(visible: Bitset): void {
    this.#restricted.show(visible);
  }

  get documentCount(): number {
    return this.#restricted.documentCount;
  }

  postings(term: string): Postings | undefined {
    return this.#restricted.postings(term);
  }

  terms(prefix: string, limit: number): string[] {
    return this.#base.lexical.terms(prefix, limit);
  }

  words(prefix: string, limit: number): Word[] {
    return this.#base.lexical.words(prefix, limit);
  }

  forEachTerm(visit: (term: string, documents: number) => void): void {
    this.#restricted.forEachTerm(visit);
  }

  forEachWord(visit: (word: string, documents: number) => void): void {
    this.#base.lexical.forEachWord(visit);
  }

  wordsWithinEdits(word: string, max: number): NearbyWord[] {
    return this.#base.lexical.wordsWithinEdits(word, max);
  }

  wordsContaining(part: string, limit: number): Word[] {
    return this.#base.lexical.wordsContaining(part, limit);
  }

  wordDocuments(word: string): number {
    return this.#base.lexical.wordDocuments(word);
  }

  lengths(field: number): Uint16Array {
    return this.#base.lexical.lengths(field);
  }

  averageLength(field: number): number {
    return this.#base.lexical.averageLength(field);
  }
}
