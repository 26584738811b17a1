import type { LivePatch, Product } from '../domain/product.js';
import type { Bitset } from '../structures/bitset.js';
import type { Unit } from '../text/units.js';
import type { Manifest } from './generation/manifest.js';

/** The parts of a product that words are looked up in; a field's place here is its index everywhere. */
export const LEXICAL_FIELDS = [
  'title',
  'brand',
  'category',
  'attributes',
  'identifiers',
  'description',
] as const;
export type LexicalField = (typeof LEXICAL_FIELDS)[number];

/** In the place of a value's code: the product has none. */
export const BLANK = -1;

/** Term frequencies are packed in 5 bits a field, field 0 in the lowest: `(packed >>> (5 * field)) & 31`. */
export const TF_BITS = 5;
/** The largest term frequency that is told apart; more occurrences count as this many. */
export const TF_MAX = 31;

/**
 * Where one term occurs. `ordinals` ascend and may hold dead ones (test `alive`); `packed[i]` holds the
 * term frequencies of `ordinals[i]` by field (see TF_BITS). `documents` counts living products only.
 */
export interface Postings {
  readonly ordinals: Uint32Array;
  readonly packed: Uint32Array;
  readonly documents: number;
}

/** A word as people write it (folded, not stemmed), the term it is indexed under and in how many products. */
export interface Word {
  readonly word: string;
  readonly term: string;
  readonly documents: number;
}

/** A word within a few edits of another, see `Lexical.near`. */
export interface NearbyWord extends Word {
  readonly edits: number;
}

export interface Lexical {
  /** Terms (stemmed) that begin with `prefix` and occur in living products: most products first, then by term. */
  terms(prefix: string, limit: number): string[];
  /** The same over words as written: for completions and corrections, which people read. */
  words(prefix: string, limit: number): Word[];
  /** Every word as written in living products, in no particular order; `documents` is at least 1. */
  forEachWord(visit: (word: string, documents: number) => void): void;
  /**
   * Words of letters alone, as written in living products, within `most` edits of this one: letters inserted,
   * deleted, replaced, neighbours exchanged. In no particular order, the word itself left out.
   */
  wordsWithinEdits(word: string, max: number): NearbyWord[];
  /** Living products that hold this word as written; 0 for an unknown one. */
  wordDocuments(word: string): number;
  /** Undefined where no product, living or dead, has the term. */
  postings(term: string): Postings | undefined;
  /** Tokens of the field by ordinal (saturated at 65,535); at least `size` long, valid until the next `apply`. */
  lengths(field: number): Uint16Array;
  /** Mean tokens of the field over the living products, those without the field included; 0 for an empty index. */
  averageLength(field: number): number;
  /** Living products. */
  readonly documentCount: number;
}

/**
 * The cells of one field: pairs (ordinal, value code), ascending by ordinal; several of one ordinal where the
 * field is a list, each of another value. Cells of dead ordinals stay in: intersect with a candidate set. The arrays are views that
 * the next `apply` may replace.
 */
export interface Column {
  readonly name: string;
  readonly ordinals: Uint32Array;
  /** `codes[i]` is the value of cell i: an index into `values` and `numbers`. */
  readonly codes: Uint32Array;
  /** Distinct values as text (`true`, `17`, `8 GB`); may include values that no living product has. */
  readonly values: readonly string[];
  /**
   * The unit most used in the column: a bare number is in it, and numbers are shown in it. Undefined where values have no
   * unit, or units of several dimensions.
   */
  readonly unit: Unit | undefined;
  /** The number that each value stands for, in the base of the unit's dimension; NaN for none. See `numberIn`. */
  readonly numbers: Float64Array;
  /** Values of one product in the order they were given; empty where blank. */
  valuesOf(ordinal: number): string[];
  /**
   * The code of each product's first value by ordinal, BLANK where it has none; at least `size` long, not to be
   * changed, valid until the next `apply`.
   */
  firstCodes(size: number): Int32Array;
  /** The number, as in `numbers`, of the product's first value; NaN where blank or no number. */
  numberOf(ordinal: number): number;
  /** The code of exactly this text; undefined where no product, living or dead, has it. */
  codeOf(value: string): number | undefined;
  /** Living products that have the value of this code. */
  documents(code: number): number;
}

export interface Columns {
  /** `brand`, `price`, `attributes.color`, ...; undefined where no product has the field. */
  field(name: string): Column | undefined;
  /** Every field with a column, sorted. */
  names(): string[];
}

/** Hits of `nearest`: cosines descend, equal ones are in id order. Both arrays are equally long. */
export interface Nearest {
  readonly ordinals: Uint32Array;
  readonly cosines: Float32Array;
}

/** How near is near: cosines from -1 to 1. */
export interface NearestBounds {
  readonly min: number;
  /** Of the nearest product's cosine: what is less near than this share of it is left out. */
  readonly share: number;
  /** Of more products than this, those at least as near as the last of so many. */
  readonly max: number;
}

/** What happened since the generation was built; an id stands in one list only, or the later list wins. */
export interface Changes {
  /** `product` as it is to be shown. Without `vector` it is found by words only. */
  readonly upserts?: readonly { readonly product: Product; readonly vector?: Float32Array | undefined }[];
  readonly deletes?: readonly string[];
  /** Fields that are given replace the product's; unknown ids are passed over. */
  readonly live?: readonly { readonly id: string; readonly fields: LivePatch }[];
}

/**
 * One generation opened, with the changes since laid over it in memory; its files are never written.
 * Products go by ordinal: 0..n-1 as in the generation, then appended ones. An upsert of a known id kills its
 * ordinal and appends another. Everything is synchronous, so what is read between two awaits is consistent.
 */
export interface LiveIndex {
  readonly generation: Manifest;
  /** Ordinals in use, dead ones included. */
  readonly size: number;
  /** Living products. */
  readonly live: number;
  /** Rises with every `apply`: what was worked out under a lower one may no longer hold. */
  readonly revision: number;
  alive(ordinal: number): boolean;
  /** A fresh set (of `size` bits) of the living ordinals, the caller's to change. */
  aliveSet(): Bitset;
  ordinalOf(id: string): number | undefined;
  /** Throws a RangeError for an ordinal that is not in use. */
  idOf(ordinal: number): string;
  /** A fresh object each call, live fields as they are now. About 10 microseconds. */
  document(ordinal: number): Product;
  readonly lexical: Lexical;
  readonly columns: Columns;
  /**
   * Ordinals, ascending, of living products of which an identifier equals `text` when both are stripped to
   * letters and digits, folded, and zeros that lead a number taken off.
   */
  findByIdentifier(text: string): number[];
  /**
   * Ordinals, in no order, of living products of the first `most` identifiers that hold this text (begin with
   * it, where it is a number), both stripped as above.
   */
  findByIdentifierPart(text: string, most: number): number[];
  /** Ordinals, ascending, of living products whose title or full name has just the letters and digits of this text. */
  findByTitle(text: string): number[];
  /**
   * The (nearly) `k` nearest living products: HNSW over the generation at search breadth `ef`, exact over what
   * was appended. Cosines are exact. UserError where the vector's dimension is not the generation's.
   */
  nearest(vector: Float32Array, k: number, ef: number): Nearest;
  /**
   * The `k` nearest living products of `pass`: a look at each of them where they are few, else a scan of all rows
   * or the graph with a beam as wide as few pass, whichever is likely to be quickest; at least .98 of the exact
   * ones at every share that passes. UserError as above.
   */
  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest;
  /**
   * Every living product within the bounds, exactly and in no order; of a very large generation (over 300,000
   * distinct texts) the (nearly) `most` nearest within them. UserError as above.
   */
  nearestWithin(vector: Float32Array, bounds: NearestBounds): Nearest;
  /** Exact cosines in the order of `ordinals`; NaN for a product without a vector. */
  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array;
  /** The same off by some thousandths, in next to no time for a query that `around` is asked for too. */
  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array;
  /** A copy of the product's unit vector. */
  vectorOf(ordinal: number): Float32Array | undefined;
  /** Lays changes over the generation: upserts, then deletes, then live fields. */
  apply(changes: Changes): void;
  /** Frees files and native memory; the index must not be used after. */
  close(): void;
}
