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

/** If more products were added or deleted since, `suggest` does not take them in by itself at once. */
const MAX_AT_ONCE = 100;
/** If more products were added or deleted, completions do not wait for them. */
const MAX_AWAITED = 2000;
/** If more products were added or deleted, everything is rebuilt. */
const MAX_INCREMENTAL = 20_000;
/** Products between two pauses. */
const PRODUCTS_A_STEP = 10;
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
  #updating: Promise<void> | undefined;

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

  /** Takes in what was written since, in slices, if it is not too much to wait for. */
  async update(): Promise<void> {
    const changed = this.#changed()?.products.length;
    if (changed !== undefined) this.#takeInSoon(changed);
    if (changed === undefined || changed <= MAX_AWAITED) await this.#updating;
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

  #applyChanges(): void {
    const changed = this.#changed();
    if (changed === undefined) return;
    this.#productsWithWords.forget();
    if (changed.products.length > MAX_AT_ONCE) this.#takeInSoon(changed.products.length);
    else finish(this.#takeIn(changed));
  }

  /** Undefined where nothing changed that is completed: live fields are not. */
  #changed(): Changed | undefined {
    const index = this.#index;
    const revision = index.contentRevision;
    if (revision === this.#revision) return undefined;
    const alive = index.aliveSet();
    const before = this.#tables.alive.resized(alive.size);
    const products = before.clone().andNot(alive).or(alive.clone().andNot(before)).toArray();
    return { products, alive, revision };
  }

  *#takeIn({ products, alive, revision }: Changed): Steps {
    const tables = this.#tables;
    for (const [place, ordinal] of products.entries()) {
      if (place % PRODUCTS_A_STEP === 0) yield;
      tables.words.recount(ordinal);
    }
    yield* tables.values.addNew();
    // Products counted twice are counted alike.
    if (this.#tables === tables) this.#tables = { ...tables, alive };
    this.#revision = revision;
    this.#productsWithWords.forget();
  }

  /** Until that is done, what was added is not completed. */
  #takeInSoon(changed: number): void {
    this.#updating ??= (changed > MAX_INCREMENTAL ? this.#rebuild() : this.#takeInNow())
      // An index that is closed meanwhile needs no suggester.
      .catch(() => undefined)
      .finally(() => {
        this.#updating = undefined;
      });
  }

  async #takeInNow(): Promise<void> {
    const changed = this.#changed();
    if (changed !== undefined) await inSlices(this.#takeIn(changed));
  }

  async #rebuild(): Promise<void> {
    const tables = await inSlices(buildTables(this.#index));
    this.#tables = tables;
    this.#revision = tables.revision;
    this.#productsWithWords.forget();
  }
}

/** Products that were added or deleted. */
interface Changed {
  readonly products: Uint32Array;
  /** The products and the revision after that. */
  readonly alive: Bitset;
  readonly revision: number;
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
  const revision = index.contentRevision;
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
