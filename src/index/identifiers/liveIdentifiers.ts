import type { Product } from '../../domain/product.js';
import type { Sections, StringTable } from '../files/sections.js';
import { identifierKey, identifierKeys } from './identifierKeys.js';

/** Ids and codes of a generation's products, with products appended in memory. Knows nothing of the dead. */
export class LiveIdentifiers {
  readonly #ids: string[];
  readonly #newest = new Map<string, number>();
  readonly #keys: StringTable;
  readonly #offsets: Uint32Array;
  readonly #ordinals: Uint32Array;
  readonly #appended = new Map<string, number[]>();

  constructor(sections: Sections) {
    this.#ids = sections.strings('ids').slice();
    for (const [ordinal, id] of this.#ids.entries()) this.#newest.set(id, ordinal);
    this.#keys = sections.strings('keys');
    this.#offsets = sections.u32('offsets');
    this.#ordinals = sections.u32('ordinals');
  }

  /** Ordinals handed out so far. */
  get size(): number {
    return this.#ids.length;
  }

  id(ordinal: number): string | undefined {
    return this.#ids[ordinal];
  }

  /** The latest ordinal of an id. */
  newest(id: string): number | undefined {
    return this.#newest.get(id);
  }

  /** Ordinals, ascending, that have this identifier in any spelling. */
  find(text: string): number[] {
    const key = identifierKey(text);
    if (key === '') return [];
    const index = this.#keys.find(key);
    const base = index < 0 ? [] : this.#ordinals.subarray(this.#offsets[index], this.#offsets[index + 1]);
    return [...base, ...(this.#appended.get(key) ?? [])];
  }

  /** Hands out the next ordinal. */
  append(product: Product): number {
    const ordinal = this.#ids.push(product.id) - 1;
    this.#newest.set(product.id, ordinal);
    for (const key of identifierKeys(product)) {
      const known = this.#appended.get(key);
      if (known === undefined) this.#appended.set(key, [ordinal]);
      else known.push(ordinal);
    }
    return ordinal;
  }
}
