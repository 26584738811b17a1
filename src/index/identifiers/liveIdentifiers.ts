import type { Product } from '../../domain/product.js';
import { partitionPoint } from '../../structures/binarySearch.js';
import { addToList } from '../../structures/multimap.js';
import type { SectionReader, StringTable } from '../files/sectionReader.js';
import {
  identifierKeys,
  lookUpKeys,
  reduce,
  withoutLeadingZeros,
  zeroPaddedCodes,
} from './identifierKeys.js';
import { titleKey, titleKeys } from './titleKeys.js';

/**
 * Ids and codes of a generation's products and of products appended in memory. Deleted products are included.
 */
export class LiveIdentifiers {
  readonly #baseIds: StringTable;
  /** The ordinals of the generation, sorted by id. */
  readonly #idOrder: Uint32Array;
  /** Ids that were asked for: most never are, and each would be an object. */
  readonly #knownIds: (string | undefined)[];
  readonly #appendedIds: string[] = [];
  readonly #newest = new Map<string, number>();
  readonly #keys: LiveKeys;
  readonly #padded: LiveKeys;
  readonly #titles: Float64Array;
  readonly #titleOrdinals: Uint32Array;
  readonly #appendedTitles = new Map<number, number[]>();

  constructor(sections: SectionReader) {
    this.#baseIds = sections.strings('ids');
    this.#idOrder = sections.u32('idOrder');
    this.#knownIds = new Array<string | undefined>(this.#baseIds.length);
    this.#keys = new LiveKeys(sections.strings('keys'), sections.u32('offsets'), sections.u32('ordinals'));
    this.#padded = new LiveKeys(
      sections.strings('padded'),
      sections.u32('paddedOffsets'),
      sections.u32('paddedOrdinals'),
    );
    this.#titles = sections.f64('titles');
    this.#titleOrdinals = sections.u32('titleOrdinals');
  }

  /** Number of ordinals assigned so far. */
  get size(): number {
    return this.#baseIds.length + this.#appendedIds.length;
  }

  id(ordinal: number): string | undefined {
    const base = this.#baseIds.length;
    if (ordinal >= base) return this.#appendedIds[ordinal - base];
    if (ordinal < 0) return undefined;
    const id = this.#knownIds[ordinal] ?? this.#baseIds.at(ordinal);
    this.#knownIds[ordinal] = id;
    return id;
  }

  /** The latest ordinal of an id. */
  newest(id: string): number | undefined {
    return this.#newest.get(id) ?? this.#inGeneration(id);
  }

  /**
   * Ordinals, ascending, with this identifier in any spelling; ISBN-10 and ISBN-13 are the same identifier.
   */
  find(text: string): number[] {
    const [key = '', other] = lookUpKeys(text);
    const found = this.#keys.of(key);
    if (other === undefined) return found;
    return [...new Set([...found, ...this.#keys.of(other)])].sort((a, b) => a - b);
  }

  /**
   * Ordinals that pass, in no order, of the first `max` codes that have one and contain this text, whatever the
   * separators and leading zeros. Scans all codes.
   */
  findPart(text: string, max: number, passes: (ordinal: number) => boolean = () => true): number[] {
    const written = reduce(text);
    const part = withoutLeadingZeros(written);
    const found = new Set<number>();
    if (part === '') return [];
    let codes = 0;
    const add = (ordinals: Iterable<number>): boolean => {
      let passing = 0;
      for (const ordinal of ordinals) {
        if (!passes(ordinal)) continue;
        found.add(ordinal);
        passing++;
      }
      if (passing > 0) codes++;
      return codes < max;
    };
    this.#keys.holding(part, add);
    // Without a zero, a part of a code is also a part of its key.
    if (codes < max && written.includes('0')) this.#padded.holding(written, add);
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
    const ordinal = this.#baseIds.length + this.#appendedIds.push(product.id) - 1;
    this.#newest.set(product.id, ordinal);
    for (const key of titleKeys(product)) addToList(this.#appendedTitles, key, ordinal);
    for (const key of identifierKeys(product)) this.#keys.append(key, ordinal);
    for (const code of zeroPaddedCodes(product)) this.#padded.append(code, ordinal);
    return ordinal;
  }

  #inGeneration(id: string): number | undefined {
    const ids = this.#baseIds;
    const order = this.#idOrder;
    const place = partitionPoint(order.length, (index) => ids.at(order[index] ?? 0) < id);
    const ordinal = order[place];
    return ordinal !== undefined && ids.at(ordinal) === id ? ordinal : undefined;
  }
}

/** Ordinals by key: those of a generation, and those appended in memory. */
class LiveKeys {
  readonly #appended = new Map<string, number[]>();

  constructor(
    private readonly keys: StringTable,
    private readonly offsets: Uint32Array,
    private readonly ordinals: Uint32Array,
  ) {}

  of(key: string): number[] {
    if (key === '') return [];
    const index = this.keys.find(key);
    const appended = this.#appended.get(key) ?? [];
    return index < 0 ? [...appended] : [...this.#base(index), ...appended];
  }

  append(key: string, ordinal: number): void {
    addToList(this.#appended, key, ordinal);
  }

  /** Visits the ordinals of each key that contains `part`, until `visit` returns false. */
  holding(part: string, visit: (ordinals: Iterable<number>) => boolean): void {
    let goesOn = true;
    this.keys.forEachHolding(part, (_, index) => {
      goesOn = visit(this.#base(index));
      return goesOn;
    });
    for (const [key, ordinals] of this.#appended) {
      if (!goesOn) return;
      if (key.includes(part)) goesOn = visit(ordinals);
    }
  }

  #base(index: number): Uint32Array {
    return this.ordinals.subarray(this.offsets[index], this.offsets[index + 1]);
  }
}
