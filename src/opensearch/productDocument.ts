import { categoryLevels, joinLevels } from '../domain/categoryPath.js';
import { isEmptyVector } from '../domain/emptyVector.js';
import type { Product } from '../domain/product.js';
import { type ProductStatus, statusOf } from '../domain/productStatus.js';
import { forEachCell, hasColumn } from '../index/columns/columnCells.js';
import { ColumnEvidence, numberIn } from '../index/columns/columnType.js';
import { type Cell, readCell } from '../index/columns/readCell.js';
import { identifierKeys, zeroPaddedCodes } from '../index/identifiers/identifierKeys.js';
import { titleKeys } from '../index/identifiers/titleKeys.js';
import { countTerms } from '../index/lexical/countTerms.js';
import type { Column, Columns } from '../index/liveIndex.js';
import { fold } from '../text/fold.js';
import { encodeField, valueToken } from './documentNames.js';

/** What BM25F needs of one product: see `ProductTerms`. `terms[i]` has the packed frequencies `packed[i]`. */
export interface DocumentLexical {
  readonly terms: readonly string[];
  readonly packed: readonly number[];
  readonly lengths: readonly number[];
}

/** One product as the engine gets it. See `indexTemplate` for the types of the fields, and for those that it returns. */
export interface ProductDocument {
  readonly id: string;
  readonly status: ProductStatus;
  /** `group_id`, where it is one that a column holds. */
  readonly group?: string;
  /** The product as it is shown, with its facts. */
  readonly product: Product;
  /** Distinct terms, as `analyze` makes them. */
  readonly terms: readonly string[];
  /** Not indexed. */
  readonly lexical: DocumentLexical;
  /** Reduced id and codes: see `identifierKeys`. */
  readonly identifiers: readonly string[];
  /** The same, and codes with leading zeros as written: what a part of a code is looked for in. */
  readonly codes: readonly string[];
  /** See `titleKeys`; as texts, because the engine rounds large numbers. */
  readonly titles: readonly string[];
  /** Unit vector; absent without one. */
  readonly vector?: readonly number[];
  /** The same as base64 of 32-bit floats, little-endian: what a search returns. Not indexed. */
  readonly unit?: string;
  /** Tokens (see `valueToken`) of every value of every column. */
  readonly values: readonly string[];
  /** Tokens of the categories and of all categories above them. */
  readonly within: readonly string[];
  /** By encoded field: the numbers of its values, in the base of the column's unit, or milliseconds since 1970. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  /** By encoded field: the number of the first value, which products are sorted by; absent if that is no number. */
  readonly first: Readonly<Record<string, number>>;
  /** By encoded field: the text that products are sorted by. */
  readonly sort: Readonly<Record<string, string>>;
}

/** As in columns: a longer text is no id. */
const MAX_GROUP_LENGTH = 1000;

/** The columns of the whole catalog: what is the unit of a column, and how a value is shown. */
export type CatalogColumns = Pick<Columns, 'rules' | 'sortable'>;

/** The document of a product as it is shown (see `documentOf`). `columns` are those of the catalog that it is part of. */
export function productDocument(
  product: Product,
  vector: Float32Array | undefined,
  columns: CatalogColumns,
): ProductDocument {
  const { terms, lengths } = countTerms(product, columns.rules);
  const identifiers = identifierKeys(product);
  const group = product.group_id?.trim() ?? '';
  return {
    id: product.id,
    status: statusOf(product),
    ...(group !== '' && group.length <= MAX_GROUP_LENGTH && { group }),
    product,
    terms: [...terms.keys()],
    lexical: { terms: [...terms.keys()], packed: [...terms.values()], lengths },
    identifiers,
    codes: [...new Set([...identifiers, ...zeroPaddedCodes(product)])],
    titles: titleKeys(product).map(String),
    // A vector without a direction is near to nothing, and the engine refuses it.
    ...(vector !== undefined &&
      !isEmptyVector(vector) && { vector: Array.from(vector), unit: encodeVector(vector) }),
    ...valuesOf(product, columns),
  };
}

type DocumentValues = Pick<ProductDocument, 'values' | 'within' | 'numbers' | 'first' | 'sort'>;

function valuesOf(product: Product, columns: CatalogColumns): DocumentValues {
  const values = new Set<string>();
  const within = new Set<string>();
  const numbers: Record<string, number[]> = {};
  const first: Record<string, number> = {};
  const sort: Record<string, string> = {};
  forEachCell(product, columns.rules, (field, value) => {
    const cell = readCell(field, value, columns.rules);
    if (cell === undefined) return;
    const column = columns.sortable(field);
    const name = encodeField(field);
    const token = valueToken(field, cell.key);
    if (values.has(token)) return;
    if (hasColumn(field)) values.add(token);
    const isFirst = sort[name] === undefined;
    if (isFirst) sort[name] = sortTextOf(cell, field, String(value), column);
    const number = numberOf(cell, column);
    if (!Number.isNaN(number)) {
      const known = numbers[name] ?? [];
      known.push(number);
      numbers[name] = known;
      if (isFirst) first[name] = number;
    }
    if (field === 'category') for (const key of keysAbove(cell.key)) within.add(valueToken(field, key));
  });
  return { values: [...values], within: [...within], numbers, first, sort };
}

/** Products can only be sorted by a title, which is shown as it is written. */
function sortTextOf(cell: Cell, field: string, value: string, column: Column | undefined): string {
  const code = hasColumn(field) ? column?.codeOf(value) : undefined;
  return code === undefined || column === undefined
    ? fold(cell.canonical ?? cell.text)
    : column.sortText(code);
}

/** In a column that no product has yet, the type is that of the value. */
function numberOf({ reading }: Cell, column: Column | undefined): number {
  if (column !== undefined) return numberIn(column.type, reading);
  const evidence = new ColumnEvidence();
  evidence.add(reading, 1);
  return numberIn(evidence.type(), reading);
}

/** The key of a category and those of all categories above it. */
function keysAbove(key: string): string[] {
  const levels = categoryLevels(key);
  return levels.map((_, depth) => joinLevels(levels.slice(0, depth + 1)));
}

/** See `ProductDocument.unit`. */
export function encodeVector(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

/** The reverse of `encodeVector`. */
export function decodeVector(text: string): Float32Array {
  // A new buffer, because those of Buffer begin anywhere, and floats at multiples of four.
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, bytes.byteLength >>> 2);
}
