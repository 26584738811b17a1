import type { LiveIndex } from '../../index/liveIndex.js';
import type { Bitset } from '../../structures/bitset.js';
import { finish, inSlices, type Steps } from '../../structures/inSlices.js';
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
import { offerSizes } from './suggestSizes.js';
import { allowedEdits, readCode, readTypedText, type TypedText } from './typedText.js';

/** If more products were added or deleted, everything is rebuilt in the background. */
const MAX_INCREMENTAL = 2000;
const MIN_PRODUCT_TEXT = 2;

type Best = Record<SuggestionKind, TopCandidates>;

/**
 * Completes typed text from one open generation and the changes since. Built on first use; later changes are
 * added before the next answer.
 */
export class Suggester {
  readonly #index: LiveIndex;
  #tables: Tables;
  readonly #productsWithWords: ProductsWithWords;
  #revision: number;
  #isRebuilding = false;

  constructor(index: LiveIndex, tables = finish(buildTables(index))) {
    this.#index = index;
    this.#tables = tables;
    this.#productsWithWords = new ProductsWithWords(index);
    // What changed while the tables were built is added before the first answer.
    this.#revision = tables.revision;
  }

  /** The same as the constructor, in slices. */
  static async prepare(index: LiveIndex, signal?: AbortSignal): Promise<Suggester> {
    return new Suggester(index, await inSlices(buildTables(index), signal));
  }

  get #words(): CatalogWords {
    return this.#tables.words;
  }

  get #values(): CatalogValues {
    return this.#tables.values;
  }

  suggest({ q, limit }: SuggestRequest, queries: KnownQueries): SuggestAnswer {
    const started = performance.now();
    this.#applyChanges();
    const typed = readTypedText(q);
    const suggestions =
      typed.key === '' && q.trim() !== '' ? [] : this.#completions(q, typed, limit, queries);
    return {
      query: q,
      suggestions: suggestions.map(({ show }) => show()),
      took_ms: Math.round((performance.now() - started) * 1000) / 1000,
    };
  }

  /** Exact matches and, if they fill less than half of the list, matches with edits. */
  #completions(q: string, typed: TypedText, limit: number, queries: KnownQueries): Candidate[] {
    const top = emptyBest(limit);
    const index = this.#index;
    this.#values.offerPrefixed(typed, top);
    queries.offerPrefixed(typed, this.#productsWithWords, top.query);
    if (typed.key === '') return mixSuggestions(candidatesOf(top), limit);

    const leading = readLeadingWords(typed, this.#productsWithWords, this.#words);
    if (leading?.edits === 0)
      this.#offerWords(typed, leading, completeLastWord(typed, index, this.#words), limit, top);
    this.#offerCodes(readCode(typed), limit, top);
    if (top.product.list.length === 0) offerSizes(index, q, typed, limit, top.product);
    const exact = mixSuggestions(candidatesOf(top), limit);
    if (exact.length * 2 >= limit) return exact;

    const edits = allowedEdits(typed.key);
    if (edits > 0) {
      this.#values.offerNear(typed, edits, top);
      queries.offerNear(typed, edits, this.#productsWithWords, top.query);
    }
    if (leading !== undefined) {
      if (leading.edits > 0)
        this.#offerWords(typed, leading, completeLastWord(typed, index, this.#words), limit, top);
      const completions = completeMistypedWord(typed, this.#words);
      for (const distance of [1, 2]) {
        const sameEdits = completions.filter((ending) => ending.edits === distance);
        if (sameEdits.length > 0) this.#offerWords(typed, leading, sameEdits, limit, top);
      }
    }
    return mixSuggestions(candidatesOf(top), limit);
  }

  #offerWords(
    typed: TypedText,
    leading: LeadingWords,
    completions: readonly WordCompletion[],
    limit: number,
    top: Best,
  ): void {
    offerCompletions(this.#index, this.#productsWithWords, typed, leading, completions, top.query);
    if (typed.key.length >= MIN_PRODUCT_TEXT)
      offerProducts(this.#index, this.#productsWithWords, typed, leading, completions, limit, top.product);
  }

  #offerCodes(code: TypedText | undefined, limit: number, top: Best): void {
    if (code === undefined) return;
    const completions = completeLastWord(code, this.#index, this.#words);
    const nothing: LeadingWords = { words: [], head: '', edits: 0 };
    offerProducts(this.#index, this.#productsWithWords, code, nothing, completions, limit, top.product);
  }

  /** Changes of live fields change no completions. */
  #applyChanges(): void {
    const index = this.#index;
    if (index.revision === this.#revision) return;
    this.#revision = index.revision;
    const alive = index.aliveSet();
    const before = this.#tables.alive.resized(alive.size);
    const changed = before.clone().andNot(alive).or(alive.clone().andNot(before));
    if (changed.count() === 0) return;
    this.#productsWithWords.forget();
    if (changed.count() > MAX_INCREMENTAL) {
      this.#rebuild();
      return;
    }
    for (const ordinal of changed.toArray()) this.#words.recount(ordinal);
    this.#values.addNew();
    this.#tables = { ...this.#tables, alive };
  }

  /** Until that is done, what was added is not completed. */
  #rebuild(): void {
    if (this.#isRebuilding) return;
    this.#isRebuilding = true;
    inSlices(buildTables(this.#index))
      .then((tables) => {
        this.#tables = tables;
        this.#revision = tables.revision;
      })
      // An index that is closed meanwhile needs no suggester.
      .catch(() => undefined)
      .finally(() => {
        this.#isRebuilding = false;
      });
  }
}

/** What is completed, as of a revision of the index or later. */
interface Tables {
  readonly words: CatalogWords;
  readonly values: CatalogValues;
  /** The products in the counts of words. */
  readonly alive: Bitset;
  readonly revision: number;
}

function* buildTables(index: LiveIndex): Steps<Tables> {
  const { revision } = index;
  const alive = index.aliveSet();
  const words = yield* CatalogWords.build(index);
  const values = yield* CatalogValues.build(index);
  return { words, values, alive, revision };
}

function emptyBest(limit: number): Best {
  // Some candidates are dropped later as duplicates of other kinds, so more are kept than are listed.
  const max = limit * 2;
  return {
    query: new TopCandidates(max),
    category: new TopCandidates(max),
    brand: new TopCandidates(max),
    value: new TopCandidates(max),
    product: new TopCandidates(max),
  };
}

function candidatesOf(top: Best): Candidate[] {
  return Object.values(top).flatMap(({ list }) => list);
}
