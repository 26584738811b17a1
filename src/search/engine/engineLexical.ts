import {
  LEXICAL_FIELDS,
  type Lexical,
  type NearbyWord,
  type Postings,
  type Word,
} from '../../index/liveIndex.js';
import type { FetchedProduct } from './productEngine.js';
import type { Products } from './products.js';
import type { VocabularyIndex } from './vocabularyIndex.js';

/** The index that the words belong to. */
interface FetchedIndex {
  readonly vocabulary: VocabularyIndex;
  readonly fetched: readonly FetchedProduct[];
  /** Asks for products. */
  need(products: Products): void;
}

/** The words of the whole catalog, and their postings in the products that were fetched. */
export class EngineLexical implements Lexical {
  readonly #index: FetchedIndex;
  readonly #postings = new Map<
    string,
    { readonly size: number; readonly ordinals: Uint32Array; readonly packed: Uint32Array }
  >();
  readonly #lengths: { readonly size: number; readonly values: Uint16Array }[] = [];

  constructor(index: FetchedIndex) {
    this.#index = index;
  }

  get documentCount(): number {
    return this.#index.vocabulary.documents;
  }

  terms(prefix: string, limit: number): string[] {
    return this.#index.vocabulary.terms.top(prefix, limit).map(({ text }) => text);
  }

  words(prefix: string, limit: number): Word[] {
    return this.#index.vocabulary.words(prefix, limit);
  }

  forEachWord(visit: (word: string, documents: number) => void): void {
    this.#index.vocabulary.forEachWord(visit);
  }

  forEachTerm(visit: (term: string, documents: number) => void): void {
    this.#index.vocabulary.terms.forEach(visit);
  }

  wordsWithinEdits(word: string, max: number): NearbyWord[] {
    return this.#index.vocabulary.wordsWithinEdits(word, max);
  }

  wordsContaining(part: string, limit: number): Word[] {
    return this.#index.vocabulary.wordsContaining(part, limit);
  }

  wordDocuments(word: string): number {
    return this.#index.vocabulary.wordDocuments(word);
  }

  /** The products are asked for when they are looked at, because most callers want the number only. */
  postings(term: string): Postings | undefined {
    const documents = this.#index.vocabulary.terms.count(term);
    if (documents === 0) return undefined;
    const read = (): { readonly ordinals: Uint32Array; readonly packed: Uint32Array } => {
      this.#index.need({ kind: 'terms', among: 'anywhere', anyOf: [[term]] });
      return this.#fetchedWith(term);
    };
    return {
      documents,
      get ordinals() {
        return read().ordinals;
      },
      get packed() {
        return read().packed;
      },
    };
  }

  lengths(field: number): Uint16Array {
    const { fetched } = this.#index;
    const known = this.#lengths[field];
    if (known?.size === fetched.length) return known.values;
    const values = Uint16Array.from(fetched, ({ lengths }) => lengths[field] ?? 0);
    this.#lengths[field] = { size: fetched.length, values };
    return values;
  }

  averageLength(field: number): number {
    return field < LEXICAL_FIELDS.length ? (this.#index.vocabulary.statistics.averageLengths[field] ?? 0) : 0;
  }

  #fetchedWith(term: string): { readonly ordinals: Uint32Array; readonly packed: Uint32Array } {
    const { fetched } = this.#index;
    const known = this.#postings.get(term);
    if (known?.size === fetched.length) return known;
    const ordinals: number[] = [];
    const packed: number[] = [];
    for (const [ordinal, product] of fetched.entries()) {
      const place = product.terms.indexOf(term);
      if (place < 0) continue;
      ordinals.push(ordinal);
      packed.push(product.packed[place] ?? 0);
    }
    const made = {
      size: fetched.length,
      ordinals: Uint32Array.from(ordinals),
      packed: Uint32Array.from(packed),
    };
    this.#postings.set(term, made);
    return made;
  }
}
