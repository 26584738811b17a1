import type { Product } from '../../domain/product.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { addToList } from '../../structures/multimap.js';
import type { SectionReader, StringTable } from '../files/sectionReader.js';
import { convertIsbn } from './convertIsbn.js';
import { identifierKey, identifierKeys, reduce, withoutLeadingZeros } from './identifierKeys.js';
import { titleKey, titleKeys } from './titleKeys.js';

/**
 * Ids and codes of a generation's products and of products appended in memory. Deleted products are included.
 */
export class LiveIdentifiers {
  readonly #ids: string[];
  readonly #newest = new Map<string, number>();
  readonly #keys: StringTable;
  readonly #offsets: Uint32Array;
  readonly #ordinals: Uint32Array;
  readonly #titles: Float64Array;
  readonly #titleOrdinals: Uint32Array;
  readonly #appended = new Map<string, number[]>();
  readonly #appendedTitles = new Map<number, number[]>();

  constructor(sections: SectionReader) {
    this.#ids = sections.strings('ids').slice();
    for (const [ordinal, id] of this.#ids.entries()) this.#newest.set(id, ordinal);
    this.#keys = sections.strings('keys');
    this.#offsets = sections.u32('offsets');
    this.#ordinals = sections.u32('ordinals');
    this.#titles = sections.f64('titles');
    this.#titleOrdinals = sections.u32('titleOrdinals');
  }

  /** Number of ordinals assigned so far. */
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

  /**
   * Ordinals, ascending, with this identifier in any spelling; ISBN-10 and ISBN-13 are the same identifier.
   */
  find(text: string): number[] {
    const reduced = reduce(text);
    const found = this.#ofKey(withoutLeadingZeros(reduced));
    const otherIsbn = convertIsbn(reduced);
    if (otherIsbn === undefined) return found;
    return [...new Set([...found, ...this.#ofKey(identifierKey(otherIsbn))])].sort((a, b) => a - b);
  }

  /**
   * Ordinals that pass, in no order, of the first `max` identifiers that have one and contain this text in any spelling
   * (that begin with it, if it is a number).
   */
  findPart(text: string, max: number, passes: (ordinal: number) => boolean = () => true): number[] {
    const part = identifierKey(text);
    if (part === '') return [];
    const beginning = /^\d+$/.test(part);
    const found = new Set<number>();
    let keys = 0;
    const add = (key: string): void => {
      const passing = this.#ofKey(key).filter(passes);
      if (passing.length > 0) keys++;
      for (const ordinal of passing) found.add(ordinal);
    };
    this.#keys.forEachHolding(part, (key) => {
      if (!beginning || key.startsWith(part)) add(key);
      return keys < max;
    });
    for (const key of this.#appended.keys()) {
      if (keys >= max) break;
      if ((beginning ? key.startsWith(part) : key.includes(part)) && this.#keys.find(key) < 0) add(key);
    }
    return [...found];
  }

  /** Ordinals, ascending, whose title or full name has the letters and digits of this text. */
  findByTitle(text: string): number[] {
    const key = titleKey(text);
    const titles = this.#titles;
    const found: number[] = [];
    let place = partitionPoint(titles.length, (index) => (titles[index] ?? 0) < key);
    for (; titles[place] === key; place++) found.push(this.#titleOrdinals[place] ?? 0);
    return [...found, ...(this.#appendedTitles.get(key) ?? [])];
  }

  /** Assigns the next ordinal. */
  append(product: Product): number {
    const ordinal = this.#ids.push(product.id) - 1;
    this.#newest.set(product.id, ordinal);
    for (const key of titleKeys(product)) addToList(this.#appendedTitles, key, ordinal);
    for (const key of identifierKeys(product)) addToList(this.#appended, key, ordinal);
    return ordinal;
  }

  #ofKey(key: string): number[] {
    if (key === '') return [];
    const index = this.#keys.find(key);
    const base = index < 0 ? [] : this.#ordinals.subarray(this.#offsets[index], this.#offsets[index + 1]);
    return [...base, ...(this.#appended.get(key) ?? [])];
  }
}
