import type { Product } from '../domain/product.js';
import type { Steps } from '../structures/inSlices.js';
import type { TaxonomyView } from '../taxonomy/view.js';
import { betterSpellings, type Correction, forEachSpelling, type SpellingKind } from './betterSpellings.js';

/** The values of a field that should become one. */
export interface SpellingCluster {
  readonly field: string;
  /** What they should be. */
  readonly value: string;
  /** The other spellings, each with the number of products. */
  readonly spellings: readonly {
    readonly text: string;
    readonly kind: SpellingKind;
    readonly count: number;
  }[];
  /** Number of values to change. */
  readonly count: number;
  /** Number of values that are written so already. */
  readonly uses: number;
}

/** Collects the spellings of products, one at a time. */
export class SpellingCounts {
  readonly #counts = new Map<string, Map<string, number>>();

  add(product: Product): void {
    forEachSpelling(product, (field, text) => {
      const counts = this.#counts.get(field) ?? new Map<string, number>();
      this.#counts.set(field, counts);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    });
  }

  /** The correction of each text by field. */
  *corrections(view: TaxonomyView, governed: boolean): Steps<Map<string, Map<string, Correction>>> {
    const better = new Map<string, Map<string, Correction>>();
    for (const [field, counts] of this.#counts) {
      const corrections = betterSpellings(field, counts, view, governed);
      if (corrections.size > 0) better.set(field, corrections);
      yield;
    }
    return better;
  }

  /** The clusters of these corrections, those with the most values to change first. */
  clusters(better: ReadonlyMap<string, ReadonlyMap<string, Correction>>): SpellingCluster[] {
    const found: SpellingCluster[] = [];
    for (const [field, corrections] of better) {
      const byValue = new Map<string, SpellingCluster['spellings'][number][]>();
      for (const [text, { suggestion, kind }] of corrections) {
        const spellings = byValue.get(suggestion) ?? [];
        byValue.set(suggestion, spellings);
        spellings.push({ text, kind, count: this.#counts.get(field)?.get(text) ?? 0 });
      }
      for (const [value, spellings] of byValue) {
        spellings.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
        found.push({
          ...{ field, value, spellings },
          count: spellings.reduce((sum, { count }) => sum + count, 0),
          uses: this.#counts.get(field)?.get(value) ?? 0,
        });
      }
    }
    return found.sort(
      (a, b) =>
        b.count - a.count ||
        (a.field === b.field ? (a.value < b.value ? -1 : 1) : a.field < b.field ? -1 : 1),
    );
  }
}
