import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import { CatalogValues } from './catalogValues.js';
import { CatalogWords } from './catalogWords.js';
import {
  completeLastWord,
  completeMistypedWord,
  type LeadingWords,
  offerCompletions,
  readLeadingWords,
  type WordCompletion,
} from './completeQuery.js';
import type { KnownQueries } from './knownQueries.js';
import { mixSuggestions } from './mixSuggestions.js';
import { ProductsWithWords } from './productsWithWords.js';
import { type Candidate, TopCandidates } from './suggestionCandidates.js';
import { offerProducts } from './suggestProducts.js';
import type { SuggestAnswer, SuggestionKind, SuggestRequest } from './suggestSchemas.js';
import { allowedEdits, readCode, readTypedText, type TypedText } from './typedText.js';

/** More products than this that came or went are taken in by building anew. */
const MAX_RECOUNTED = 2000;
const SHORTEST_OF_PRODUCTS = 2;

type Best = Record<SuggestionKind, TopCandidates>;

/**
 * Completes what is typed over one opened generation and what is laid over it. Built at the first question; what
 * was written since the last one is taken in before the next is answered.
 */
export class Suggester {
  readonly #index: LiveIndex;
  #words: CatalogWords;
  #phrases: CatalogValues;
  #holders: ProductsWithWords;
  #alive: Bitset;
  #live: number;

  constructor(index: LiveIndex) {
    this.#index = index;
    this.#words = new CatalogWords(index);
    this.#phrases = new CatalogValues(index);
    this.#holders = new ProductsWithWords(index);
    this.#alive = index.aliveSet();
    this.#live = index.live;
  }

  suggest({ q, limit }: SuggestRequest, known: KnownQueries): SuggestAnswer {
    const started = performance.now();
    this.#catchUp();
    const typed = readTypedText(q);
    const suggestions = typed.key === '' && q.trim() !== '' ? [] : this.#completions(typed, limit, known);
    return {
      query: q,
      suggestions: suggestions.map(({ show }) => show()),
      took_ms: Math.round((performance.now() - started) * 1000) / 1000,
    };
  }

  /** What is typed rightly; where that does not fill half of the list, what is nearly typed too. */
  #completions(typed: TypedText, limit: number, known: KnownQueries): Candidate[] {
    const best = emptyBest(limit);
    const index = this.#index;
    this.#phrases.offerPrefixed(typed, best);
    known.offerPrefixed(typed, this.#holders, best.query);
    if (typed.key === '') return mixSuggestions(candidatesOf(best), limit);

    const beginning = readLeadingWords(typed, this.#holders, this.#words);
    if (beginning?.edits === 0)
      this.#offerWords(typed, beginning, completeLastWord(typed, index, this.#words), limit, best);
    this.#offerCodes(readCode(typed), limit, best);
    const rightly = mixSuggestions(candidatesOf(best), limit);
    if (rightly.length * 2 >= limit) return rightly;

    const edits = allowedEdits(typed.key);
    if (edits > 0) {
      this.#phrases.offerNear(typed, edits, best);
      known.offerNear(typed, edits, this.#holders, best.query);
    }
    if (beginning !== undefined) {
      if (beginning.edits > 0)
        this.#offerWords(typed, beginning, completeLastWord(typed, index, this.#words), limit, best);
      const endings = completeMistypedWord(typed, this.#words);
      for (const distance of [1, 2]) {
        const alike = endings.filter((ending) => ending.edits === distance);
        if (alike.length > 0) this.#offerWords(typed, beginning, alike, limit, best);
      }
    }
    return mixSuggestions(candidatesOf(best), limit);
  }

  #offerWords(
    typed: TypedText,
    beginning: LeadingWords,
    endings: readonly WordCompletion[],
    limit: number,
    best: Best,
  ): void {
    offerCompletions(this.#index, this.#holders, typed, beginning, endings, best.query);
    if (typed.key.length >= SHORTEST_OF_PRODUCTS)
      offerProducts(this.#index, this.#holders, typed, beginning, endings, limit, best.product);
  }

  #offerCodes(code: TypedText | undefined, limit: number, best: Best): void {
    if (code === undefined) return;
    const endings = completeLastWord(code, this.#index, this.#words);
    const nothing: LeadingWords = { words: [], head: '', edits: 0 };
    offerProducts(this.#index, this.#holders, code, nothing, endings, limit, best.product);
  }

  /** Only upserts and deletes change what is completed: the first raise `size`, the others lower `live` alone. */
  #catchUp(): void {
    const index = this.#index;
    if (index.size === this.#alive.size && index.live === this.#live) return;
    const alive = index.aliveSet();
    const changed = this.#alive
      .resized(alive.size)
      .andNot(alive)
      .or(alive.clone().andNot(this.#alive.resized(alive.size)));
    if (changed.count() > MAX_RECOUNTED) {
      this.#words = new CatalogWords(index);
      this.#phrases = new CatalogValues(index);
    } else {
      for (const ordinal of changed.toArray()) this.#words.recount(ordinal);
      if (alive.size > this.#alive.size) this.#phrases.grow();
    }
    this.#holders.forget();
    this.#alive = alive;
    this.#live = index.live;
  }
}

function emptyBest(limit: number): Best {
  // Twins of other kinds are dropped later, so a few more are kept than can be listed.
  const max = limit * 2;
  return {
    query: new TopCandidates(max),
    category: new TopCandidates(max),
    brand: new TopCandidates(max),
    value: new TopCandidates(max),
    product: new TopCandidates(max),
  };
}

function candidatesOf(best: Best): Candidate[] {
  return Object.values(best).flatMap(({ list }) => list);
}
