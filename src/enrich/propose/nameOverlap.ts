import type { Category } from '../../taxonomy/schema.js';
import { words } from '../features/words.js';

interface Name {
  /** Index of the category. */
  readonly owner: number;
  /** Sum of the weights of its words. */
  readonly weight: number;
}

/**
 * How much of each category's name occurs in a text: stemmed words weighted by inverse document frequency over all names.
 * Finds a "midi dress" among fifty words, where the vector of the whole title blurs it, and needs no labels.
 */
export class NameOverlap {
  readonly #names: Name[] = [];
  /** By stem: the names that contain it, and its weight. */
  readonly #postings = new Map<string, { readonly names: number[]; weight: number }>();
  readonly #matched: Float64Array;

  /** `categories` in the order of `overlaps`; undefined ones never match. */
  constructor(categories: readonly (Category | undefined)[]) {
    const names = categories.flatMap((category, owner) =>
      category === undefined
        ? []
        : [category.name, ...category.aliases].map((name) => ({ owner, stems: stemsOf(name) })),
    );
    for (const [name, { stems }] of names.entries()) {
      for (const stem of stems) {
        const posting = this.#postings.get(stem);
        if (posting === undefined) this.#postings.set(stem, { names: [name], weight: 0 });
        else posting.names.push(name);
      }
    }
    for (const posting of this.#postings.values())
      posting.weight = Math.log(1 + names.length / posting.names.length);
    for (const { owner, stems } of names) {
      let weight = 0;
      for (const stem of stems) weight += this.#postings.get(stem)?.weight ?? 0;
      this.#names.push({ owner, weight });
    }
    this.#matched = new Float64Array(this.#names.length);
  }

  /** Writes into `overlaps`, for each category, the share by weight of its best-matching name in the text, 0 to 1. */
  overlaps(text: string, overlaps: Float32Array): void {
    overlaps.fill(0);
    const touched: number[] = [];
    for (const stem of stemsOf(text)) {
      const posting = this.#postings.get(stem);
      if (posting === undefined) continue;
      for (const name of posting.names) {
        if (this.#matched[name] === 0) touched.push(name);
        this.#matched[name] = (this.#matched[name] ?? 0) + posting.weight;
      }
    }
    for (const name of touched) {
      const one = this.#names[name];
      if (one !== undefined) {
        const share = (this.#matched[name] ?? 0) / one.weight;
        overlaps[one.owner] = Math.max(overlaps[one.owner] ?? 0, share);
      }
      this.#matched[name] = 0;
    }
  }
}

function stemsOf(text: string): Set<string> {
  return new Set(words(text).map(({ stem }) => stem));
}
