import type { Product } from '../../domain/product.js';
import { type Progress, silent } from '../../domain/progress.js';
import { dotAt } from '../../index/vectors/unitVector.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { blockPairs, idf, type Pairs } from './blockPairs.js';
import {
  CODES,
  comparePair,
  FEATURE_COUNT,
  GTIN,
  MEANING,
  QUANTITIES,
  TEMPLATE,
  VARIANT_VALUES,
  type Weights,
  WORDING,
} from './comparePair.js';
import { fitLinkage, type Linkage, linkageLogOdds, RANKED, rankPairs, UNRANKED } from './fitLinkage.js';
import { type Listing, readListing, Vocabulary } from './readListing.js';

export interface DuplicateOptions {
  readonly products: readonly Product[];
  /** The unit vector of a product's identity text; undefined without a model. */
  readonly vectorOf: (product: Product) => Float32Array | undefined;
  /** For each product the indexes of its nearest ones by vector (`nearestVectors`); empty without a model. */
  readonly nearest: readonly (readonly number[])[];
  readonly view: TaxonomyView;
  readonly progress?: Progress;
}

/** Candidate pairs with their comparison. All arrays are by pair. */
export interface ScoredPairs {
  /** Sorted by id. */
  readonly listings: readonly Listing[];
  readonly pairs: Pairs;
  /** `FEATURE_COUNT` levels per pair. */
  readonly levels: Uint8Array;
  /** Log-odds that the two are the same thing. */
  readonly logOdds: Float64Array;
  /** 1 if the two cannot be the same thing (`areDistinct`). */
  readonly distinct: Uint8Array;
  readonly linkage: Linkage;
}

/**
 * Blocks, compares and scores pairs: fits a record linkage model to all candidate pairs, ranks each pair among those of
 * its listings, and fits the model again with that rank as a feature.
 */
export function scorePairs({
  products,
  vectorOf,
  nearest,
  view,
  progress = silent,
}: DuplicateOptions): ScoredPairs {
  const order = [...products.keys()].sort((a, b) => compareIds(products[a]?.id ?? '', products[b]?.id ?? ''));
  const indexOf = new Uint32Array(products.length);
  for (const [index, row] of order.entries()) indexOf[row] = index;
  const sorted = order.flatMap((row) => products[row] ?? []);
  const vocabulary = new Vocabulary();
  const listings = sorted.map((product) => readListing(product, view, vocabulary));
  const vectors = sorted.map(vectorOf);
  const near = order.map((row) => (nearest[row] ?? []).map((other) => indexOf[other] ?? 0));
  const pairs = blockPairs(listings, vocabulary, near);
  const count = pairs.first.length;
  const weights = weightsOf(listings, vocabulary);
  const titles = countTitles(listings);
  const levels = new Uint8Array(count * FEATURE_COUNT);
  const distinct = new Uint8Array(count);
  for (let pair = 0; pair < count; pair++) {
    const [i, j] = [pairs.first[pair] ?? 0, pairs.second[pair] ?? 0];
    const [a, b] = [listings[i], listings[j]];
    if (a === undefined || b === undefined) continue;
    const [one, other] = [vectors[i], vectors[j]];
    const cosine = one === undefined || other === undefined ? undefined : dotAt(one, other, 0);
    comparePair(a, b, cosine, weights, levels, pair * FEATURE_COUNT);
    if (areDistinct(a, b, levels.subarray(pair * FEATURE_COUNT, (pair + 1) * FEATURE_COUNT), titles))
      distinct[pair] = 1;
    if (pair % 50_000 === 0) progress('compare', pair, count);
  }
  progress('compare', count, count);
  const fitFrom = (seeds: Float64Array, features: readonly number[]): Linkage =>
    fitLinkage({ pairs, listings: listings.length, levels, distinct }, seeds, features);
  const first = fitFrom(
    Float64Array.from({ length: count }, (_, pair) =>
      initialProbability(levels.subarray(pair * FEATURE_COUNT, (pair + 1) * FEATURE_COUNT)),
    ),
    UNRANKED,
  );
  const logOddsBy = (linkage: Linkage): Float64Array =>
    Float64Array.from({ length: count }, (_, pair) => linkageLogOdds(linkage, levels, pair));
  rankPairs(pairs, listings.length, logOddsBy(first), levels);
  const linkage = fitFrom(
    logOddsBy(first).map((logOdds) => 1 / (1 + Math.exp(-logOdds))),
    RANKED,
  );
  return { listings, pairs, levels, logOdds: logOddsBy(linkage), distinct, linkage };
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

/** The initial probability that a pair is the same thing, where expectation maximisation starts. */
function initialProbability(levels: Uint8Array): number {
  const level = (feature: number): number => levels[feature] ?? 0;
  if (level(GTIN) === 2 || level(CODES) === 7) return 0.9;
  if (level(GTIN) === 1 || level(CODES) === 1 || level(TEMPLATE) === 1) return 0.01;
  return level(WORDING) >= 8 && (level(MEANING) === 0 || level(MEANING) >= 6) ? 0.5 : 0.01;
}

/** Minimum level of `wording` for a pair without a shared code. */
const MIN_WORDING = 6;
/** Minimum level of `codes` that identifies a thing. */
const MIN_RARE_CODE = 5;
/** If a larger share of the rows has a title in common with another, titles do not identify things. */
const MAX_SHARED_TITLES = 0.1;
/** A title of more rows than this identifies nothing. */
const MAX_ROWS_WITH_TITLE = 3;

/**
 * Whether two rows cannot be the same thing. Either they state a difference: titles in which a word was replaced, two GTINs
 * (each trade item has its own), or members of one group with different attributes. Or nothing identifies them: no shared
 * GTIN or rare code, and no nearly equal titles where titles identify. A shared GTIN overrides a title.
 */
function areDistinct(a: Listing, b: Listing, levels: Uint8Array, titles: Titles): boolean {
  if (a.group !== undefined && a.group === b.group) {
    const stated = [TEMPLATE, VARIANT_VALUES].some((feature) => levels[feature] === 1);
    const measured = levels[QUANTITIES] === 1 || levels[QUANTITIES] === 2;
    return stated || measured || attributesDiffer(a.product, b.product);
  }
  if (levels[GTIN] !== 0) return levels[GTIN] === 1;
  if (levels[TEMPLATE] === 1) return true;
  if ((levels[CODES] ?? 0) >= MIN_RARE_CODE) return false;
  if ((levels[WORDING] ?? 0) < MIN_WORDING || (titles.rows.get(a.title) ?? 0) > MAX_ROWS_WITH_TITLE)
    return true;
  return !titles.identify && !hasSameDetails(a.product, b.product);
}

interface Titles {
  /** Number of rows by title. */
  readonly rows: ReadonlyMap<string, number>;
  /** Whether titles identify things in this catalog. */
  readonly identify: boolean;
}

function countTitles(listings: readonly Listing[]): Titles {
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

export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
