import type { Product } from '../../domain/product.js';
import { BoundedCache } from '../../structures/boundedCache.js';
import { foldLetters } from '../../text/fold.js';

const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
const LEADING_ZEROS = /(?<!\d)0+(?=\d)/g;

/** Fields and attributes whose values name a product, their own names reduced to letters and digits. */
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
/** These name a product only where the value looks like a code: a model may be called `Classic`. */
const MAYBE_CODES = new Set([
  'name',
  'model',
  'modelname',
  'modelnumber',
  'modelno',
  'modelcode',
  'mfrmodel',
]);
const LONGEST = 60;

/** True for names like `gtin`, `Model Number`, `manufacturer_part_number`; not for `name`, whose words are read too. */
export function isIdentifierField(name: string): boolean {
  return CODES.has(reducedName(name));
}

/** True for names whose value may be a code or a name in words: `name`, `model`. */
export function isMaybeCodeField(name: string): boolean {
  return MAYBE_CODES.has(reducedName(name));
}

/** Letters and digits of a text, folded, without the zeros that lead a number: `AB-007` as `ab7`. '' where none are. */
export function identifierKey(text: string): string {
  return withoutLeadingZeros(reduce(text));
}

/** Of a reduced text (see `reduce`). */
export function withoutLeadingZeros(reduced: string): string {
  return reduced.replace(LEADING_ZEROS, '');
}

/** What a product is named by, as written: codes of every kind, but not its id. */
export function identifierTexts(product: Product): string[] {
  const found: string[] = [];
  for (const name of Object.keys(product)) collect(name, product[name], found);
  for (const [name, value] of Object.entries(product.attributes ?? {})) collect(name, value, found);
  return found;
}

/** The distinct keys that a product is found by as a whole: its id and its codes. */
export function identifierKeys(product: Product): string[] {
  const keys = new Set([product.id, ...identifierTexts(product)].map(identifierKey));
  keys.delete('');
  return [...keys];
}

function collect(name: string, value: unknown, found: string[]): void {
  const reduced = reducedName(name);
  const certain = CODES.has(reduced);
  if (!certain && !MAYBE_CODES.has(reduced)) return;
  for (const member of Array.isArray(value) ? value : [value]) {
    const text = textOf(member);
    if (text !== undefined && text.length <= LONGEST && (certain || looksLikeCode(text))) found.push(text);
  }
}

/** Field names recur with every product. */
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

/** At most two words, each with a digit or no longer than four letters, with a digit and four characters in all. */
function looksLikeCode(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= 2 &&
    /\d/.test(text) &&
    reduce(text).length >= 4 &&
    words.every((word) => /\d/.test(word) || word.length <= 4)
  );
}

/** Letters and digits, folded. */
export function reduce(text: string): string {
  return foldLetters(text).replace(NOT_ALPHANUMERIC, '');
}
