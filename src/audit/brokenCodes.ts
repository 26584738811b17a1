import { attributeField, attributeName } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { AttributeValue, Product } from '../domain/product.js';
import { checkDigit, isGtin } from './gtin.js';
import { quoted } from './report.js';

/** Names of GTIN fields, in letters and digits only. */
const GTIN_FIELD = /^(gtin|ean|upc)(8|12|13|14|a|code)?$/;

/** A GTIN of a product, with its field and, if it is broken, why. */
export interface GtinCell {
  readonly field: string;
  readonly value: string | number | boolean;
  readonly problem?: { readonly message: string; readonly suggestion?: string };
}

/** The GTINs of a product. */
export function* gtinCells(product: Product): Generator<GtinCell> {
  for (const [field, value] of cells(product)) {
    if (!isGtinField(field)) continue;
    for (const member of Array.isArray(value) ? value : [value]) {
      const problem = gtinProblem(String(member).trim());
      yield { field, value: member, ...(problem !== undefined && { problem }) };
    }
  }
}

export function isGtinField(field: string): boolean {
  return GTIN_FIELD.test((attributeName(field) ?? field).toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** The filled fields and attributes of a product with strings and numbers. */
export function* cells(product: Product): Generator<[field: string, value: AttributeValue]> {
  for (const field of Object.keys(product)) {
    const value: unknown = product[field];
    if (field === 'attributes' || isBlank(value)) continue;
    if (typeof value === 'string' || typeof value === 'number') yield [field, value];
    else if (Array.isArray(value)) {
      const texts = value.filter((member) => typeof member === 'string' || typeof member === 'number');
      if (texts.length === value.length) yield [field, texts];
    }
  }
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    if (!isBlank(value)) yield [attributeField(key), value];
  }
}

function gtinProblem(text: string): { message: string; suggestion?: string } | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (/^(?:0+|\d{8,})$/.test(digits) && isPlaceholderCode(digits)) {
    return { message: `${quoted(text)} is a placeholder, not a code` };
  }
  if (isGtin(text) || !/\d/.test(text)) return undefined;
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) {
    return { message: `${quoted(text)} was rounded by a spreadsheet; export the column as text` };
  }
  if (!/^\d+$/.test(digits))
    return { message: `${quoted(text)} is not a GTIN: it contains other characters than digits` };
  const padded = digits.padStart(digits.length < 12 ? 12 : 13, '0');
  if (digits.length < 12 && digits.length > 8 && isGtin(padded)) {
    return {
      message: `${quoted(text)} has ${digits.length} digits; its leading zeros were probably lost`,
      suggestion: padded,
    };
  }
  if (![8, 12, 13, 14].includes(digits.length)) {
    return { message: `${quoted(text)} has ${digits.length} digits; a GTIN has 8, 12, 13 or 14` };
  }
  return { message: `the check digit of ${quoted(text)} should be ${checkDigit(digits)}` };
}

const ASCENDING = '12345678901234567890';
const DESCENDING = '98765432109876543210';
const MIN_SEQUENCE = 4;

/**
 * Whether a code, reduced to letters and digits, stands for none: one character repeated (`0000`), or
 * digits counted up or down from the first (`12345678`), the check digit aside.
 */
export function isPlaceholderCode(code: string): boolean {
  if (/^(.)\1*$/u.test(code)) return true;
  if (!/^\d+$/.test(code) || code.length < MIN_SEQUENCE) return false;
  if (/^(\d)\1+\d$/.test(code) && code.length >= 8) return true;
  const body = code.length >= 12 ? code.slice(0, -1) : code;
  return ASCENDING.startsWith(body) || DESCENDING.startsWith(body) || `0${ASCENDING}`.startsWith(body);
}

/** A GTIN in at least this many rows of different titles is on different products. */
const MIN_ROWS = 3;
/** Titles that share at most this part of their words are of different products. */
const MAX_SHARED_WORDS = 0.4;

/** The valid GTINs that stand on many different products, with their rows: they identify nothing. */
export function overusedGtins(
  rows: readonly { readonly gtins: readonly string[]; readonly words: ArrayLike<number> }[],
): ReadonlySet<string> {
  const holders = new Map<string, number[]>();
  for (const [index, { gtins }] of rows.entries())
    for (const gtin of new Set(gtins)) {
      const held = holders.get(gtin);
      if (held === undefined) holders.set(gtin, [index]);
      else held.push(index);
    }
  const overused = new Set<string>();
  for (const [gtin, indexes] of holders) {
    if (indexes.length < MIN_ROWS) continue;
    // The first rows tell; with all of them a code on every row would make quadratically many pairs.
    const some = indexes.slice(0, MAX_COMPARED);
    let [pairs, unlike] = [0, 0];
    for (const [at, one] of some.entries())
      for (const other of some.slice(at + 1)) {
        pairs++;
        if (sharedWords(rows[one]?.words ?? [], rows[other]?.words ?? []) <= MAX_SHARED_WORDS) unlike++;
      }
    if (unlike * 2 > pairs) overused.add(gtin);
  }
  return overused;
}

const MAX_COMPARED = 12;

/** The share of the words of the shorter title that the other has. */
function sharedWords(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const others = new Set(Array.from(b));
  const shared = Array.from(a).filter((word) => others.has(word)).length;
  return shared / Math.max(1, Math.min(a.length, b.length));
}
