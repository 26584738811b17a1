import type { Category } from '../../taxonomy/schema.js';
import { words } from './inflect.js';

interface Name {
  /** Place of the category. */
  readonly owner: number;
  /** Sum of what its words weigh. */
  readonly weight: number;
}

/**
 * Which categories a text names: their names' words, inflected or not, weighed by how few names hold them.
 * Sees at once what a vector of the whole title blurs, a "midi dress" among fifty words, and needs no label.
 */
export class NameWords {
  readonly #names: Name[] = [];
  /** By stem: the names that hold it, and its weight. */
  readonly #holders = new Map<string, { readonly names: number[]; weight: number }>();
  readonly #heard: Float64Array;

  /** `categories` in the order that `overlaps` are wanted in; undefined ones are named by nothing. */
  constructor(categories: readonly (Category | undefined)[]) {
    const stems = categories.flatMap((category, owner) =>
      category === undefined
        ? []
        : [category.name, ...category.aliases].map((name) => ({ owner, stems: stemsOf(name) })),
    );
    for (const [name, one] of stems.entries()) {
      for (const stem of one.stems) {
        const held = this.#holders.get(stem);
        if (held === undefined) this.#holders.set(stem, { names: [name], weight: 0 });
        else held.names.push(name);
      }
    }
    for (const held of this.#holders.values()) held.weight = Math.log(1 + stems.length / held.names.length);
    for (const one of stems) {
      let weight = 0;
      for (const stem of one.stems) weight += this.#holders.get(stem)?.weight ?? 0;
      this.#names.push({ owner: one.owner, weight });
    }
    this.#heard = new Float64Array(this.#names.length);
  }

  /** Of each category the share of its best name, by weight, that stands in the text: 0 to 1, into `overlaps`. */
  overlaps(text: string, overlaps: Float32Array): void {
    overlaps.fill(0);
    const met: number[] = [];
    for (const stem of stemsOf(text)) {
      const held = this.#holders.get(stem);
      if (held === undefined) continue;
      for (const name of held.names) {
        if (this.#heard[name] === 0) met.push(name);
        this.#heard[name] = (this.#heard[name] ?? 0) + held.weight;
      }
    }
    for (const name of met) {
      const one = this.#names[name];
      if (one !== undefined) {
        const share = (this.#heard[name] ?? 0) / one.weight;
        overlaps[one.owner] = Math.max(overlaps[one.owner] ?? 0, share);
      }
      this.#heard[name] = 0;
    }
  }
}

function stemsOf(text: string): Set<string> {
  return new Set(words(text).map(({ stem }) => stem));
}
