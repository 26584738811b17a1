import type { Product } from '../../domain/product.js';
import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';
import { convertIsbn } from './convertIsbn.js';

const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
const LEADING_ZEROS = /(?<!\d)0+(?=\d)/g;

/** Fields and attributes whose values identify a product; names reduced to letters and digits. */
const CODES = new Set([
  'gtin',
  'gtin8',
  'gtin12',
  'gtin13',
  'gtin14',
  'ean',
  'ean8',
  'ean13',
  'eancode',
  'upc',
  'upca',
  'upccode',
  'jan',
  'isbn',
  'isbn10',
  'isbn13',
  'asin',
  'sku',
  'skucode',
  'barcode',
  'mpn',
  'partno',
  'partnumber',
  'manufacturerpartnumber',
  'manufacturerpartno',
  'itemnumber',
  'itemno',
  'articlenumber',
  'productcode',
  'itemmodelnumber',
]);
/** Fields that identify a product only if the value looks like a code: a model may be called `Classic`. */
const MAYBE_CODES = new Set([
  'name',
  'model',
  'modelname',
  'modelnumber',
  'modelno',
  'modelcode',
  'mfrmodel',
]);
const MAX_CODE_LENGTH = 60;

/**
 * True for names like `gtin`, `Model Number`, `manufacturer_part_number`; false for `name`, whose words are
 * indexed too.
 */
export function isIdentifierField(name: string): boolean {
  return CODES.has(reducedName(name));
}

/** True for fields whose value may be a code or a name in words: `name`, `model`. */
export function isMaybeCodeField(name: string): boolean {
  return MAYBE_CODES.has(reducedName(name));
}

/**
 * Letters and digits of a text, folded, without leading zeros of numbers: `AB-007` becomes `ab7`. Empty if
 * there are none.
 */
export function identifierKey(text: string): string {
  return withoutLeadingZeros(reduce(text));
}

/** For a text reduced by `reduce`. */
export function withoutLeadingZeros(reduced: string): string {
  return reduced.replace(LEADING_ZEROS, '');
}

/** The codes of a product as written, of every kind, without its id. */
export function identifierTexts(product: Product): string[] {
  const found: string[] = [];
  for (const name of Object.keys(product)) collectCodes(name, product[name], found);
  for (const [name, value] of Object.entries(product.attributes ?? {})) collectCodes(name, value, found);
  return found;
}

/** The distinct keys that identify a product: its id and its codes. */
export function identifierKeys(product: Product): string[] {
  const keys = new Set([product.id, ...identifierTexts(product)].map(identifierKey));
  keys.delete('');
  return [...keys];
}

/**
 * The id and codes of a product whose key lacks leading zeros of theirs, as letters and digits: `ab007`. Their parts are
 * not always parts of the key.
 */
export function zeroPaddedCodes(product: Product): string[] {
  const codes = new Set([product.id, ...identifierTexts(product)].map(reduce));
  return [...codes].filter((code) => code !== withoutLeadingZeros(code));
}

function collectCodes(name: string, value: unknown, found: string[]): void {
  const reduced = reducedName(name);
  const isCode = CODES.has(reduced);
  if (!isCode && !MAYBE_CODES.has(reduced)) return;
  for (const member of Array.isArray(value) ? value : [value]) {
    const text = textOf(member);
    if (text !== undefined && text.length <= MAX_CODE_LENGTH && (isCode || looksLikeCode(text)))
      found.push(text);
  }
}

/** The same field names occur in every product. */
const reducedNames = new BoundedCache<string, string>(50_000);

function reducedName(name: string): string {
  let reduced = reducedNames.get(name);
  if (reduced === undefined) {
    reduced = reduce(name);
    reducedNames.set(name, reduced);
  }
  return reduced;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

/**
 * At most two words, each with a digit or at most four letters; at least one digit and four characters in
 * all.
 */
function looksLikeCode(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= 2 &&
    /\d/.test(text) &&
    reduce(text).length >= 4 &&
    words.every((word) => /\d/.test(word) || word.length <= 4)
  );
}

/** Letters and digits of a text, folded. */
export function reduce(text: string): string {
  return foldLetters(text).replace(NOT_ALPHANUMERIC, '');
}

/** The keys of what this text identifies, of which no key is empty: its own, and that of the same ISBN in its other form. */
export function lookUpKeys(text: string): string[] {
  const reduced = reduce(text);
  const otherIsbn = convertIsbn(reduced);
  const keys = [withoutLeadingZeros(reduced), ...(otherIsbn === undefined ? [] : [identifierKey(otherIsbn)])];
  return keys.filter((key) => key !== '');
}
