import type { Product } from '../../domain/product.js';
import {
  CODES,
  GTIN,
  QUANTITIES,
  SAME_SOURCE,
  SOURCE,
  TEMPLATE,
  TWO_SOURCES,
  VARIANT_VALUES,
  WORDING,
} from './comparePair.js';
import type { Listing } from './readListing.js';

/** Minimum level of `wording` for a pair without a shared code. */
const MIN_WORDING = 6;
/** Level of `wording` of titles with the same words. */
export const EQUAL_WORDING = 9;
/** Minimum level of `codes` that identifies a thing. */
export const MIN_RARE_CODE = 5;
/** If a larger share of the rows has a title in common with another, titles do not identify things. */
const MAX_SHARED_TITLES = 0.1;
/** A title of more rows than this identifies nothing. */
const MAX_ROWS_WITH_TITLE = 3;

/**
 * Whether two rows cannot be the same thing. Either they state a difference: titles in which a word was replaced, two GTINs
 * (each trade item has its own), or members of one group with different attributes. Or nothing identifies them: no shared
 * GTIN or rare code, and no nearly equal titles where titles identify. A shared GTIN overrides a title. Where rows come from
 * several shops, one shop seldom lists a thing twice, and titles of two shops may differ: the fit and `decoyThreshold`
 * decide about those.
 */
export function areDistinct(a: Listing, b: Listing, levels: Uint8Array, titles: Titles): boolean {
  if (a.group !== undefined && a.group === b.group) {
    const stated = [TEMPLATE, VARIANT_VALUES].some((feature) => levels[feature] === 1);
    const measured = levels[QUANTITIES] === 1 || levels[QUANTITIES] === 2;
    return stated || measured || attributesDiffer(a.product, b.product);
  }
  if (levels[GTIN] !== 0) return levels[GTIN] === 1;
  if (levels[TEMPLATE] === 1) return true;
  if ((levels[CODES] ?? 0) >= MIN_RARE_CODE) return false;
  if (levels[SOURCE] === TWO_SOURCES) return false;
  if (levels[SOURCE] === SAME_SOURCE)
    return (levels[WORDING] ?? 0) < EQUAL_WORDING || !hasSameDetails(a.product, b.product);
  if ((levels[WORDING] ?? 0) < MIN_WORDING || (titles.rows.get(a.title) ?? 0) > MAX_ROWS_WITH_TITLE)
    return true;
  return !titles.identify && !hasSameDetails(a.product, b.product);
}

export interface Titles {
  /** Number of rows by title. */
  readonly rows: ReadonlyMap<string, number>;
  /** Whether titles identify things in this catalog. */
  readonly identify: boolean;
}

export function countTitles(listings: readonly Listing[]): Titles {
  const rows = new Map<string, number>();
  for (const { title } of listings) rows.set(title, (rows.get(title) ?? 0) + 1);
  const shared = listings.filter(({ title }) => (rows.get(title) ?? 0) > 1).length;
  return { rows, identify: shared <= MAX_SHARED_TITLES * listings.length };
}

function hasSameDetails(a: Product, b: Product): boolean {
  const isSameText = a.description !== undefined && a.description === b.description;
  return isSameText || (a.price !== undefined && a.price === b.price);
}

function attributesDiffer({ attributes: ones = {} }: Product, { attributes: others = {} }: Product): boolean {
  for (const key of new Set([...Object.keys(ones), ...Object.keys(others)])) {
    if (JSON.stringify(ones[key]) !== JSON.stringify(others[key])) return true;
  }
  return false;
}
