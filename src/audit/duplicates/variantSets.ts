import type { Variants } from '../finding.js';
import { areSiblings } from './compare.js';
import type { Listing } from './listing.js';

const MODEL = 'the end of the model number';

/**
 * Gathers rows whose titles are the same but for a word that names a choice (colour, size, …) or for the end of a
 * model number, and that no group joins yet. A set is one title with one word left open.
 */
export class VariantSets {
  readonly #sets = new Map<string, { ids: Set<string>; difference: string }>();

  /** Two rows whose titles are of one make, one or two words replaced. */
  offer(a: Listing, b: Listing): void {
    if (a.group !== undefined && b.group !== undefined) return;
    if (a.brand !== undefined && b.brand !== undefined && a.brand !== b.brand) return;
    const open: string[] = [];
    const differences = new Set<string>();
    for (const [place, word] of a.sequence.entries()) {
      const other = b.sequence[place] ?? '';
      if (word === other) {
        open.push(word);
        continue;
      }
      const difference = choiceBetween(a, b, word, other);
      if (difference === undefined) return;
      differences.add(difference);
      open.push('*');
    }
    const difference = [...differences].sort().join(', ');
    const key = `${a.brand ?? b.brand ?? ''}\n${open.join(' ')}\n${difference}`;
    const set = this.#sets.get(key) ?? { ids: new Set(), difference };
    this.#sets.set(key, set);
    set.ids.add(a.product.id).add(b.product.id);
  }

  /** The largest first; of equals by their ids. */
  sets(): Variants[] {
    return [...this.#sets.values()]
      .map(({ ids, difference }) => ({ ids: [...ids].sort(), reason: `the same but for ${difference}` }))
      .sort((a, b) => b.ids.length - a.ids.length || (a.ids.join('\n') < b.ids.join('\n') ? -1 : 1));
  }
}

/** The attribute between whose values two words choose, as far as the rows themselves say so. */
function choiceBetween(a: Listing, b: Listing, word: string, other: string): string | undefined {
  for (const [attribute, ones] of a.choices) {
    const others = b.choices.get(attribute);
    if (others === undefined || [...ones].some((value) => others.has(value))) continue;
    if (names(ones, word) && names(others, other)) return attribute;
  }
  return a.codes.includes(word) && b.codes.includes(other) && areSiblings(word, other) ? MODEL : undefined;
}

function names(values: ReadonlySet<string>, word: string): boolean {
  return [...values].some((value) => value.split(/[^\p{L}\p{N}]+/u).includes(word));
}
