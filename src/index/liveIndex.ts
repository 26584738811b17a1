import type { LivePatch, Product } from '../domain/product.js';
import type { Bitset } from '../structures/bitset.js';
import type { Steps } from '../structures/inSlices.js';
import type { Unit } from '../text/units.js';
import type { ColumnType } from './columns/columnType.js';
import type { Reading } from './columns/readValue.js';
import type { ValueRules } from './columns/valueRules.js';
import type { Manifest } from './generation/manifest.js';

/**
 * The fields of a product that are indexed for word search. A field's position in this list is its number
 * everywhere.
 */
export const LEXICAL_FIELDS = [
  'title',
  'brand',
  'category',
  'attributes',
  'identifiers',
  'description',
] as const;
export type LexicalField = (typeof LEXICAL_FIELDS)[number];

/** Stands for the value code of a product that has no value. */
export const BLANK = -1;

/**
 * Term frequencies are packed in 5 bits per field, field 0 in the lowest bits: `(packed >>> (5 * field)) &
 * 31`.
 */
export const TF_BITS = 5;
/** The largest term frequency stored; more occurrences count as this many. */
export const TF_MAX = 31;

/**
 * The postings list of one term. `ordinals` ascend and may include deleted products (test with `alive`);
 * `packed[i]` holds the term frequencies of `ordinals[i]` by field (see TF_BITS). `documents` counts live
 * products only.
 */
export interface Postings {
  readonly ordinals: Uint32Array;
  readonly packed: Uint32Array;
  readonly documents: number;
}

/**
 * A word as written (folded, not stemmed), the term it is indexed under, and the number of live products with
 * it.
 */
export interface Word {
  readonly word: string;
  readonly term: string;
  readonly documents: number;
}

/** A word within a few edits of another; see `Lexical.wordsWithinEdits`. */
export interface NearbyWord extends Word {
  readonly edits: number;
}

export interface Lexical {
  /** Stemmed terms that begin with `prefix` and occur in live products: most products first, then by term. */
  terms(prefix: string, limit: number): string[];
  /** The same for words as written: for completions and spelling corrections, which people read. */
  words(prefix: string, limit: number): Word[];
  /** Visits every stemmed term in live products, in no particular order; `documents` is at least 1. */
  forEachTerm(visit: (term: string, documents: number) => void): void;
  /** Visits every word as written in live products, in no particular order; `documents` is at least 1. */
  forEachWord(visit: (word: string, documents: number) => void): void;
  /**
   * Words of letters only, as written in live products, within `max` edits of this word (insertions,
   * deletions, replacements, transpositions). In no particular order, without the word itself.
   */
  wordsWithinEdits(word: string, max: number): NearbyWord[];
  /**
   * At most `limit` words as written in live products that contain `part`: most products first, then by word. Scans the
   * vocabulary.
   */
  wordsContaining(part: string, limit: number): Word[];
  /** Number of live products with this word as written; 0 for an unknown word. */
  wordDocuments(word: string): number;
  /** Undefined where no product, live or deleted, has the term. */
  postings(term: string): Postings | undefined;
  /** Tokens of the field by ordinal, capped at 65,535. At least `size` long; valid until the next `apply`. */
  lengths(field: number): Uint16Array;
  /**
   * Mean number of tokens of the field over all live products, those without the field included; 0 for an
   * empty index.
   */
  averageLength(field: number): number;
  /** Number of live products. */
  readonly documentCount: number;
}

/** The spellings of a column's values, numbered. */
export interface Spellings {
  /** The spelling of each cell. */
  readonly cells: Uint32Array;
  textOf(spelling: number): string;
  /** The code of the value that is spelled so. */
  codeOf(spelling: number): number;
  readingOf(spelling: number): Reading;
}

/**
 * The cells of one field as pairs of ordinal and value code, ascending by ordinal. A product with a list has
 * several cells, each with another value. Cells of deleted products stay: intersect with a candidate set. The
 * arrays are views that the next `apply` may replace.
 */
export interface Column {
  readonly name: string;
  /** Number of cells, those of deleted products included. */
  readonly cells: number;
  readonly ordinals: Uint32Array;
  /** `codes[i]` is the value of cell i: an index into `values` and `numbers`. */
  readonly codes: Uint32Array;
  /**
   * Distinct values as they are shown (`true`, `17`, `8 GB`): as the taxonomy names them, else in the most frequent
   * spelling. May include values that no live product has.
   */
  readonly values: readonly string[];
  /** Rises when a known value is shown in another way, so that caches of texts are stale. */
  readonly textRevision: number;
  /** Rises when cells other than the last ones change, as those of a live field do. */
  readonly replacements: number;
  /**
   * The products whose cells changed since there were so many replacements, some more than once; undefined where that is
   * not known any more. Products added since are not among them.
   */
  replacedSince(replacements: number): readonly number[] | undefined;
  readonly type: ColumnType;
  /** The unit of the type. */
  readonly unit: Unit | undefined;
  /** The number that each value stands for, see `numberIn`: in the base of the unit, or a date; NaN for none. */
  readonly numbers: Float64Array;
  /** Values of one product in the order given; empty where it has none. */
  valuesOf(ordinal: number): string[];
  /**
   * The code of each product's first value by ordinal, BLANK where it has none. At least `size` long; read
   * only; valid until the next `apply`.
   */
  firstCodes(size: number): Int32Array;
  /** The number (as in `numbers`) of the product's first value; NaN if it has no value or the value is no number. */
  numberOf(ordinal: number): number;
  /** The code of the value that this is a spelling or an alias of; undefined where no product, live or deleted, has it. */
  codeOf(value: string): number | undefined;
  /** Number of live products with the value of this code. */
  documents(code: number): number;
  /** How the values are written. */
  readonly spellings: Spellings;
  /** What the value of this code is read as, whatever the type of the column. */
  readingOf(code: number): Reading;
  /** What text values are sorted by: the shown text without case and accents. */
  sortText(code: number): string;
}

export interface Columns {
  /** `brand`, `price`, `attributes.color`, ...; undefined where no product has the field. */
  field(name: string): Column | undefined;
  /** The same, also for `title`, which products can only be sorted by. */
  sortable(name: string): Column | undefined;
  /** How much the values that the enricher filled in say beyond the words of their products. */
  support(name: string): { of(ordinal: number): number };
  /** All fields with a column, sorted. */
  names(): readonly string[];
  /** The taxonomy's rules that values are normalised by. */
  readonly rules: ValueRules;
}

/**
 * Result of a nearest-neighbour search. `cosines[i]` belongs to `ordinals[i]`; cosines descend, equal ones
 * are in id order.
 */
export interface Nearest {
  readonly ordinals: Uint32Array;
  readonly cosines: Float32Array;
}

/** Bounds of a nearest-neighbour search; cosines are from -1 to 1. */
export interface NearestBounds {
  readonly min: number;
  /** Relative bound: products below this share of the nearest product's cosine are left out. */
  readonly share: number;
  /** If more products qualify, only those at least as near as number `max`. */
  readonly max: number;
}

/** Changes since the generation was built. If an id is in several lists, the later list wins. */
export interface Changes {
  /** `product` as it is to be shown. Without a `vector`, only words find it. */
  readonly upserts?: readonly { readonly product: Product; readonly vector?: Float32Array | undefined }[];
  readonly deletes?: readonly string[];
  /** The given fields replace the product's; unknown ids are ignored. */
  readonly live?: readonly { readonly id: string; readonly fields: LivePatch }[];
}

/**
 * One open generation plus the changes since, which are kept in memory; its files are never written. Products
 * are addressed by ordinal: 0..n-1 as in the generation, then appended ones. An upsert of a known id deletes
 * its ordinal and appends a new one. Everything is synchronous, so reads between two awaits are consistent.
 */
export interface LiveIndex {
  readonly generation: Manifest;
  /** Ordinals in use, those of deleted products included. */
  readonly size: number;
  /** Number of live products. */
  readonly live: number;
  /** Rises with every `apply`; results computed at a lower revision may be stale. */
  readonly revision: number;
  /** Rises with every `apply` that adds, replaces or deletes products; unlike `revision`, not with live fields. */
  readonly contentRevision: number;
  alive(ordinal: number): boolean;
  /** A new set (of `size` bits) of the live ordinals; the caller may change it. */
  aliveSet(): Bitset;
  ordinalOf(id: string): number | undefined;
  /** Throws a RangeError for an ordinal that is not in use. */
  idOf(ordinal: number): string;
  /** A new object for each call, with the current live fields. Takes about 10 microseconds. */
  document(ordinal: number): Product;
  readonly lexical: Lexical;
  readonly columns: Columns;
  /**
   * Ordinals, ascending, of live products with an identifier that equals `text`. Both are reduced first:
   * folded, letters and digits only, without leading zeros of numbers.
   */
  findByIdentifier(text: string): number[];
  /**
   * Ordinals, in no order, of live products of the first `max` identifiers that contain this text; both reduced to letters
   * and digits, with or without leading zeros. With `pass`, of its products and their identifiers only. Scans all
   * identifiers.
   */
  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[];
  /**
   * Ordinals, ascending, of live products whose title or full name has exactly the letters and digits of this
   * text.
   */
  findByTitle(text: string): number[];
  /**
   * Approximately the `k` nearest live products: HNSW with search breadth `ef` over the generation, exact
   * over appended products. Cosines are exact. UserError if the vector's dimension is not the generation's.
   */
  nearest(vector: Float32Array, k: number, ef: number): Nearest;
  /**
   * The `k` nearest live products of `pass`. Chooses what is likely fastest: comparing each of them, scanning
   * all rows, or HNSW with a wider beam. Recall is at least .98 whatever share passes. UserError as above.
   */
  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest;
  /**
   * All live products within the bounds, exact and in no order. Above 300,000 distinct texts, approximately
   * the `max` nearest within them. With `pass`, those of its products only. UserError as above.
   */
  nearestWithin(vector: Float32Array, bounds: NearestBounds, pass?: Bitset): Nearest;
  /** Exact cosines in the order of `ordinals`; NaN for a product without a vector. */
  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array;
  /**
   * The same with an error of a few thousandths; almost free for a vector that was passed to `nearestWithin`.
   */
  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array;
  /** A copy of the product's unit vector. */
  vectorOf(ordinal: number): Float32Array | undefined;
  /** Applies changes in memory: upserts, then deletes, then live fields. */
  apply(changes: Changes): void;
  /** Builds what is otherwise built on first use. */
  prepare(): Steps;
  /** Frees files and native memory; the index must not be used afterwards. */
  close(): void;
}
