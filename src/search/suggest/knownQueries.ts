import { highlightTyped } from './highlightTyped.js';
import { PrefixTable } from './prefixTable.js';
import type { ProductsWithWords } from './productsWithWords.js';
import { LATER_WORD, penaltyOf, type TopCandidates } from './suggestionCandidates.js';
import { keyOf, type TypedText, wordStarts } from './typedText.js';

/** A query that people search for, and how often, in any unit. */
export interface PopularQuery {
  readonly text: string;
  readonly popularity: number;
}

interface KnownQuery extends PopularQuery {
  readonly key: string;
}

/**
 * Popular queries, found by the beginning of any of their first words. Spellings that fold to the same key
 * are one, shown as the most popular one.
 */
export class KnownQueries {
  readonly #queries: readonly KnownQuery[];
  readonly #table: PrefixTable;

  constructor(queries: readonly PopularQuery[]) {
    const byKey = new Map<string, KnownQuery & { max: number }>();
    for (const { text, popularity } of queries) {
      const key = keyOf(text);
      if (key === '') continue;
      const known = byKey.get(key);
      const best = known === undefined || popularity > known.max;
      byKey.set(key, {
        key,
        text: best ? text : known.text,
        max: Math.max(popularity, known?.max ?? 0),
        popularity: popularity + (known?.popularity ?? 0),
      });
    }
    this.#queries = [...byKey.values()];
    this.#table = new PrefixTable(
      this.#queries.flatMap(({ key }, place) =>
        wordStarts(key).map((start) => ({
          key: key.slice(start),
          payload: place * 2 + (start === 0 ? 0 : 1),
        })),
      ),
    );
  }

  get size(): number {
    return this.#queries.length;
  }

  /**
   * Offers each query with the typed text at the beginning of a word, if a live product has all of its words.
   */
  offerPrefixed(typed: TypedText, products: ProductsWithWords, best: TopCandidates): void {
    this.#table.forEachPrefixed(typed.key, (payload) => this.#offer(payload, 0, typed, products, best));
  }

  /** The same for a text 1 to `edits` edits away. */
  offerNear(typed: TypedText, edits: number, products: ProductsWithWords, best: TopCandidates): void {
    this.#table.forEachNear(typed.key, edits, (payload, distance) => {
      if (distance > 0) this.#offer(payload, distance, typed, products, best);
    });
  }

  #offer(
    payload: number,
    edits: number,
    typed: TypedText,
    products: ProductsWithWords,
    best: TopCandidates,
  ): void {
    const query = this.#queries[payload >>> 1];
    if (query === undefined) return;
    const { text, key, popularity: weight } = query;
    const penalty = penaltyOf(edits, 0, (payload & 1) === 1 ? LATER_WORD : 0);
    if (!best.admits({ penalty, weight, text, of: '' })) return;
    const count = products.count(key);
    if (count === 0) return;
    best.offer({
      kind: 'query',
      text,
      key,
      penalty,
      weight,
      of: '',
      show: () => ({ kind: 'query', text, count, highlights: highlightTyped(text, typed.key, edits) }),
    });
  }
}
