import type { Product } from '../../domain/product.js';
import { forEachCell, hasColumn } from '../../index/columns/columnCells.js';
import type { ValueRules } from '../../index/columns/valueRules.js';
import { appendSupports, ValueSupport } from '../../index/columns/valueSupport.js';
import type { Manifest } from '../../index/generation/manifest.js';
import {
  identifierKeys,
  lookUpKeys,
  reduce,
  withoutLeadingZeros,
  zeroPaddedCodes,
} from '../../index/identifiers/identifierKeys.js';
import { titleKey, titleKeys } from '../../index/identifiers/titleKeys.js';
import type { Columns, LiveIndex, Nearest, NearestBounds } from '../../index/liveIndex.js';
import { dotAt, normalized } from '../../index/vectors/unitVector.js';
import { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { visibleText } from '../../text/visibleText.js';
import { keepGermanicShare } from '../understand/compoundTails.js';
import { keepVocabulary } from '../understand/structure/valueVocabulary.js';
import { EngineColumn } from './engineColumn.js';
import { EngineLexical } from './engineLexical.js';
import type { FetchedProduct } from './productEngine.js';
import type { Products } from './products.js';
import type { Questions } from './questions.js';
import type { VocabularyIndex } from './vocabularyIndex.js';

/** Products that are read to understand one query, of those that a question is about. */
const MAX_READ = 500;

/**
 * An index over the products that were fetched for one search, with the statistics of the whole catalog: what a word or a
 * value says does not depend on which products were fetched. While a query is being understood, it asks for products that
 * it needs; without `questions`, there are no others.
 */
export class EngineIndex implements LiveIndex {
  readonly lexical: EngineLexical;
  readonly columns: EngineColumns;
  readonly fetched: FetchedProduct[] = [];
  questions: Questions | undefined;
  readonly #ordinals = new Map<string, number>();
  readonly #vectors: (Float32Array | undefined)[] = [];
  readonly #identifiers: (ReadonlySet<string> | undefined)[] = [];
  #nearest: { readonly ids: readonly string[]; readonly cosines: readonly number[] } | undefined;

  constructor(
    readonly vocabulary: VocabularyIndex,
    taxonomy: TaxonomyView | undefined,
    /** All products of this search. */
    readonly all: Products,
  ) {
    this.lexical = new EngineLexical(this);
    this.columns = new EngineColumns(this);
    keepVocabulary(this, taxonomy, vocabulary.vocabulary);
    keepGermanicShare(this, vocabulary.statistics.compoundingShare);
  }

  add(products: readonly FetchedProduct[]): void {
    for (const product of products) {
      if (this.#ordinals.has(product.id)) continue;
      this.#ordinals.set(product.id, this.fetched.length);
      this.fetched.push(product);
    }
  }

  /** What is nearest to the query; the products among these that were fetched are. */
  setNearest(nearest: { readonly ids: readonly string[]; readonly cosines: readonly number[] }): void {
    this.#nearest = nearest;
  }

  /** Asks for products; those that are here anyway are found without. */
  need(products: Products): void {
    this.questions?.get({
      kind: 'products',
      products: { kind: 'and', parts: [this.all, products] },
      limit: MAX_READ,
    });
  }

  get generation(): Manifest {
    return this.vocabulary.generation;
  }

  get size(): number {
    return this.fetched.length;
  }

  /** Of the whole catalog. */
  get live(): number {
    return this.vocabulary.documents;
  }

  get revision(): number {
    return this.fetched.length;
  }

  get contentRevision(): number {
    return this.fetched.length;
  }

  alive(ordinal: number): boolean {
    return ordinal < this.size;
  }

  aliveSet(): Bitset {
    return Bitset.full(this.size);
  }

  ordinalOf(id: string): number | undefined {
    return this.#ordinals.get(id);
  }

  idOf(ordinal: number): string {
    return this.#at(ordinal).id;
  }

  document(ordinal: number): Product {
    return structuredClone(this.#at(ordinal).product);
  }

  /** The same product for every caller, who must not change it. */
  peek(ordinal: number): Product {
    return this.#at(ordinal).product;
  }

  findByIdentifier(text: string): number[] {
    const keys = lookUpKeys(text);
    if (keys.length === 0) return [];
    this.need({ kind: 'identifiers', keys });
    return this.#where((ordinal) => {
      const own = this.#identifiersOf(ordinal);
      return keys.some((key) => own.has(key));
    });
  }

  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[] {
    const parts = codeParts(text);
    if (parts.length === 0) return [];
    this.need({ kind: 'codePart', parts });
    return this.#where((ordinal) => pass?.has(ordinal) !== false && this.hasCodePart(ordinal, parts)).slice(
      0,
      max,
    );
  }

  findByTitle(text: string): number[] {
    const key = titleKey(text);
    this.need({ kind: 'titles', keys: [key] });
    return this.#where((ordinal) => titleKeys(this.peek(ordinal)).includes(key));
  }

  hasIdentifier(ordinal: number, keys: readonly string[]): boolean {
    const own = this.#identifiersOf(ordinal);
    return keys.some((key) => own.has(key));
  }

  hasCodePart(ordinal: number, parts: readonly string[]): boolean {
    const own = [...this.#identifiersOf(ordinal), ...zeroPaddedCodes(this.peek(ordinal))];
    return own.some((code) => parts.some((part) => code.includes(part)));
  }

  nearest(vector: Float32Array, k: number): Nearest {
    return this.nearestWithin(vector, { min: -1, share: 0, max: k });
  }

  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    return this.nearestWithin(vector, { min: -1, share: 0, max: k }, pass);
  }

  /** Of the products that were fetched. */
  nearestWithin(vector: Float32Array, { min, share, max }: NearestBounds, pass?: Bitset): Nearest {
    const known = this.#nearest;
    const ordinals =
      known === undefined
        ? Uint32Array.from({ length: this.size }, (_, ordinal) => ordinal)
        : Uint32Array.from(known.ids.flatMap((id) => this.#ordinals.get(id) ?? []));
    const cosines = this.cosines(vector, ordinals);
    const near = Array.from(ordinals, (ordinal, place) => ({ ordinal, cosine: cosines[place] ?? Number.NaN }))
      .filter(({ ordinal, cosine }) => cosine >= min && pass?.has(ordinal) !== false)
      .sort((a, b) => b.cosine - a.cosine || (this.idOf(a.ordinal) < this.idOf(b.ordinal) ? -1 : 1));
    const bound = share * (near[0]?.cosine ?? 0);
    const kept = near.filter(({ cosine }) => cosine >= bound).slice(0, max);
    return {
      ordinals: Uint32Array.from(kept, ({ ordinal }) => ordinal),
      cosines: Float32Array.from(kept, ({ cosine }) => cosine),
    };
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const query = normalized(vector);
    return Float32Array.from(ordinals, (ordinal) => {
      const own = this.vectorOf(ordinal);
      return own === undefined || query === undefined ? Number.NaN : dotAt(query, own, 0);
    });
  }

  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.cosines(vector, ordinals);
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    const { unit } = this.#at(ordinal);
    if (unit === undefined) return undefined;
    const known = this.#vectors[ordinal] ?? readUnit(unit);
    this.#vectors[ordinal] = known;
    return known.slice();
  }

  apply(): never {
    throw new Error('an index of fetched products is read only');
  }

  prepare(): Steps {
    return [][Symbol.iterator]() as never;
  }

  close(): void {}

  #at(ordinal: number): FetchedProduct {
    const found = this.fetched[ordinal];
    if (found === undefined)
      throw new RangeError(`there is no product ${ordinal}; ${this.size} were fetched`);
    return found;
  }

  #where(passes: (ordinal: number) => boolean): number[] {
    const found: number[] = [];
    for (let ordinal = 0; ordinal < this.size; ordinal++) if (passes(ordinal)) found.push(ordinal);
    return found;
  }

  #identifiersOf(ordinal: number): ReadonlySet<string> {
    const known = this.#identifiers[ordinal] ?? new Set(identifierKeys(this.peek(ordinal)));
    this.#identifiers[ordinal] = known;
    return known;
  }
}

/** What codes are searched for to find a part of them, whatever the leading zeros. */
export function codeParts(text: string): string[] {
  const written = reduce(text);
  const part = withoutLeadingZeros(written);
  if (part === '') return [];
  return written.includes('0') && written !== part ? [part, written] : [part];
}

/** A vector as the engine returns it. */
export function readUnit(text: string): Float32Array {
  // A new buffer, because those of Buffer begin anywhere, and floats at multiples of four.
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, bytes.byteLength >>> 2);
}

class EngineColumns implements Columns {
  readonly #columns = new Map<string, EngineColumn>();
  readonly #supports = new Map<string, ValueSupport>();
  #supported = 0;

  constructor(private readonly index: EngineIndex) {}

  get rules(): ValueRules {
    return this.index.vocabulary.rules;
  }

  field(name: string): EngineColumn | undefined {
    const { index } = this;
    const exact = hasColumn(name) ? index.vocabulary.column(name) : undefined;
    const field = exact === undefined ? this.rules.fieldOf(visibleText(name)) : name;
    const base = exact ?? (hasColumn(field) ? index.vocabulary.column(field) : undefined);
    if (base === undefined) return undefined;
    const known = this.#columns.get(field);
    if (known !== undefined) return known;
    const column = new EngineColumn(
      base,
      () => index.size,
      (ordinal) => {
        const values: (string | number | boolean)[] = [];
        forEachCell(index.peek(ordinal), this.rules, (own, value) => {
          if (own === field) values.push(value);
        });
        return values;
      },
    );
    this.#columns.set(field, column);
    return column;
  }

  sortable(name: string): EngineColumn | undefined {
    return this.field(name);
  }

  support(name: string): ValueSupport {
    for (; this.#supported < this.index.size; this.#supported++)
      appendSupports(this.#supports, this.#supported, this.index.peek(this.#supported), this.rules);
    return this.#supports.get(this.rules.fieldOf(visibleText(name))) ?? ValueSupport.FULL;
  }

  names(): readonly string[] {
    return this.index.vocabulary.names;
  }
}
