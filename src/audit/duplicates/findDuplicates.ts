import type { Product } from '../../domain/product.js';
import { type Progress, silent } from '../../domain/progress.js';
import { dotAt } from '../../index/vectors/unitVector.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Duplicate, Variants } from '../finding.js';
import { blockPairs, idf, type Pairs } from './block.js';
import {
  CHOICES,
  CODES,
  comparePair,
  F,
  GTIN,
  MEANING,
  QUANTITIES,
  TEMPLATE,
  type Weights,
  WORDING,
} from './compare.js';
import { type Listing, readListing, Vocabulary } from './listing.js';
import { rankPairs } from './rankPairs.js';
import { reasonFor } from './reason.js';
import { VariantSets } from './variantSets.js';
import { fitLinkage, type Linkage, logOdds, RANKED, UNRANKED } from './weigh.js';

export interface DuplicateReport {
  /** The likeliest first; each pair once. */
  readonly duplicates: readonly Duplicate[];
  readonly variants: readonly Variants[];
  /** Pairs compared. */
  readonly compared: number;
}

export interface DuplicateOptions {
  readonly products: readonly Product[];
  /** The unit vector of a product's identity text; undefined without a model. */
  readonly vectorOf: (product: Product) => Float32Array | undefined;
  /** Places in `products` of those nearest to each by vector (`nearestOf`); empty without a model. */
  readonly nearest: readonly (readonly number[])[];
  readonly view: TaxonomyView;
  readonly progress?: Progress;
}

/**
 * Rows that are the same thing, and rows that are variants of one. Nothing is labelled: candidate pairs are
 * judged by a model of the catalog's own agreement pattern (`weigh.ts`). The order of the rows decides nothing.
 */
export function findDuplicates(options: DuplicateOptions): DuplicateReport {
  const { listings, pairs, levels, odds, apart } = judgePairs(options);
  const duplicates: Duplicate[] = [];
  const variants = new VariantSets();
  for (let pair = 0; pair < odds.length; pair++) {
    const [a, b] = [listings[pairs.first[pair] ?? 0], listings[pairs.second[pair] ?? 0]];
    if (a === undefined || b === undefined) continue;
    if (apart[pair] === 1) {
      if (levels[pair * F + TEMPLATE] === 1) variants.offer(a, b);
    } else if ((odds[pair] ?? 0) > 0) {
      const score = Math.round(1e4 / (1 + Math.exp(-(odds[pair] ?? 0)))) / 1e4;
      duplicates.push({ ids: [a.product.id, b.product.id], score, reason: reasonFor(a, b) });
    }
  }
  duplicates.sort((a, b) => b.score - a.score || compare(a.ids[0], b.ids[0]) || compare(a.ids[1], b.ids[1]));
  return { duplicates, variants: variants.sets(), compared: odds.length };
}

export interface Judged {
  /** By id. */
  readonly listings: readonly Listing[];
  readonly pairs: Pairs;
  readonly levels: Uint8Array;
  /** Log-odds of each pair to be the same thing. */
  readonly odds: Float64Array;
  /** 1 where something states that the two are not the same thing. */
  readonly apart: Uint8Array;
  readonly linkage: Linkage;
}

/** Compares all candidate pairs, fits the model to them, and judges each. */
export function judgePairs({
  products,
  vectorOf,
  nearest,
  view,
  progress = silent,
}: DuplicateOptions): Judged {
  const order = [...products.keys()].sort((a, b) => compare(products[a]?.id ?? '', products[b]?.id ?? ''));
  const placeOf = new Uint32Array(products.length);
  for (const [place, row] of order.entries()) placeOf[row] = place;
  const sorted = order.flatMap((row) => products[row] ?? []);
  const vocabulary = new Vocabulary();
  const listings = sorted.map((product) => readListing(product, view, vocabulary));
  const vectors = sorted.map(vectorOf);
  const near = order.map((row) => (nearest[row] ?? []).map((other) => placeOf[other] ?? 0));
  const pairs = blockPairs(listings, vocabulary, near);
  const count = pairs.first.length;
  const weights = weightsOf(listings, vocabulary);
  const titles = countTitles(listings);
  const levels = new Uint8Array(count * F);
  const apart = new Uint8Array(count);
  for (let pair = 0; pair < count; pair++) {
    const [i, j] = [pairs.first[pair] ?? 0, pairs.second[pair] ?? 0];
    const [a, b] = [listings[i], listings[j]];
    if (a === undefined || b === undefined) continue;
    const [one, other] = [vectors[i], vectors[j]];
    const cosine = one === undefined || other === undefined ? undefined : dotAt(one, other, 0);
    comparePair(a, b, cosine, weights, levels, pair * F);
    if (areApart(a, b, levels.subarray(pair * F, (pair + 1) * F), titles)) apart[pair] = 1;
    if (pair % 50_000 === 0) progress('compare', pair, count);
  }
  progress('compare', count, count);
  const linkageOf = (seeds: Float64Array, features: readonly number[]): Linkage =>
    fitLinkage({ pairs, listings: listings.length, levels, apart }, seeds, features);
  const first = linkageOf(
    Float64Array.from({ length: count }, (_, pair) => firstGuess(levels.subarray(pair * F, (pair + 1) * F))),
    UNRANKED,
  );
  const oddsBy = (linkage: Linkage): Float64Array =>
    Float64Array.from({ length: count }, (_, pair) => logOdds(linkage, levels, pair));
  rankPairs(pairs, listings.length, oddsBy(first), levels);
  const linkage = linkageOf(
    oddsBy(first).map((odds) => 1 / (1 + Math.exp(-odds))),
    RANKED,
  );
  return { listings, pairs, levels, odds: oddsBy(linkage), apart, linkage };
}

function weightsOf(listings: readonly Listing[], vocabulary: Vocabulary): Weights {
  const codes = new Map<string, number>();
  for (const listing of listings) {
    for (const code of [...listing.codes, ...listing.mentioned]) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return {
    title: idf(vocabulary.titles, listings.length),
    text: idf(vocabulary.texts, listings.length),
    codes,
  };
}

/** Where learning starts; the rounds after it decide. */
function firstGuess(levels: Uint8Array): number {
  const level = (feature: number): number => levels[feature] ?? 0;
  if (level(GTIN) === 2 || level(CODES) === 7) return 0.9;
  if (level(GTIN) === 1 || level(CODES) === 1 || level(TEMPLATE) === 1) return 0.01;
  return level(WORDING) >= 8 && (level(MEANING) === 0 || level(MEANING) >= 6) ? 0.5 : 0.01;
}

/** Alike enough in words to be held the same without a shared code, as `compareWording` counts. */
const ALIKE = 6;
const RARE_CODE = 5;
/** Where more rows than this share their title with another, titles say what kind of thing a row is, not which. */
const MAX_SHARED = 0.1;
/** A title of more rows than this is of a kind, whatever the catalog. */
const COMMON_TITLE = 3;

/**
 * Whether two rows cannot be called the same thing. Either something states that they differ: titles of one make
 * in which a word was replaced, two gtins (each trade item has its own), one group whose members' attributes or
 * choices differ. Or nothing identifies them: no shared gtin or rare code, nor nearly the same words where `titles`
 * identify. A shared gtin outweighs a title.
 */
function areApart(a: Listing, b: Listing, levels: Uint8Array, titles: Titles): boolean {
  if (a.group !== undefined && a.group === b.group) {
    const stated = [TEMPLATE, CHOICES].some((feature) => levels[feature] === 1);
    const measured = levels[QUANTITIES] === 1 || levels[QUANTITIES] === 2;
    return stated || measured || attributesDiffer(a.product, b.product);
  }
  if (levels[GTIN] !== 0) return levels[GTIN] === 1;
  if (levels[TEMPLATE] === 1) return true;
  if ((levels[CODES] ?? 0) >= RARE_CODE) return false;
  if ((levels[WORDING] ?? 0) < ALIKE || (titles.rows.get(a.title) ?? 0) > COMMON_TITLE) return true;
  return !titles.identify && !corroborated(a.product, b.product);
}

interface Titles {
  /** Rows by title. */
  readonly rows: ReadonlyMap<string, number>;
  readonly identify: boolean;
}

function countTitles(listings: readonly Listing[]): Titles {
  const rows = new Map<string, number>();
  for (const { title } of listings) rows.set(title, (rows.get(title) ?? 0) + 1);
  const shared = listings.filter(({ title }) => (rows.get(title) ?? 0) > 1).length;
  return { rows, identify: shared <= MAX_SHARED * listings.length };
}

function corroborated(a: Product, b: Product): boolean {
  const described = a.description !== undefined && a.description === b.description;
  return described || (a.price !== undefined && a.price === b.price);
}

function attributesDiffer({ attributes: ones = {} }: Product, { attributes: others = {} }: Product): boolean {
  for (const key of new Set([...Object.keys(ones), ...Object.keys(others)])) {
    if (JSON.stringify(ones[key]) !== JSON.stringify(others[key])) return true;
  }
  return false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
