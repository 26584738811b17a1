import type { Product } from '../../domain/product.js';
import { type Progress, silent } from '../../domain/progress.js';
import { dotAt } from '../../index/vectors/unitVector.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { overusedGtins } from '../brokenCodes.js';
import { areDistinct, countTitles } from './areDistinct.js';
import { blockPairs, idf, type Pairs } from './blockPairs.js';
import {
  CODES,
  comparePair,
  FEATURE_COUNT,
  GTIN,
  MEANING,
  TEMPLATE,
  type Weights,
  WORDING,
} from './comparePair.js';
import { competeAcrossSources } from './competeAcrossSources.js';
import {
  FIRST,
  fitLinkage,
  type Linkage,
  linkageLogOdds,
  matchProbabilities,
  RANKED,
  rankPairs,
  UNRANKED,
} from './fitLinkage.js';
import { identifyPairs } from './learnWords.js';
import { type Listing, readListing, Vocabulary } from './readListing.js';
import { readSources } from './readSources.js';

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
 * Blocks, compares and scores pairs: fits a record linkage model to all candidate pairs, learns from it which words
 * identify things (`learnWords`), ranks each pair among those of its listings, and fits the model again with both as
 * features. Where rows come from several shops, decoys set the threshold (`competeAcrossSources`).
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
  const read = sorted.map((product) => readListing(product, view, vocabulary));
  const sources = readSources(
    read.map(({ source }) => source),
    sorted.map(({ id }) => id),
  );
  const overused = overusedGtins(read);
  const listings = read.map(
    (listing, index): Listing => ({
      ...listing,
      source: sources[index],
      gtins: listing.gtins.filter((gtin) => !overused.has(gtin)),
    }),
  );
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
  const logOddsBy = (linkage: Linkage): Float64Array =>
    Float64Array.from({ length: count }, (_, pair) => linkageLogOdds(linkage, levels, pair));
  let linkage = fitFrom(
    Float64Array.from({ length: count }, (_, pair) =>
      initialProbability(levels.subarray(pair * FEATURE_COUNT, (pair + 1) * FEATURE_COUNT)),
    ),
    FIRST,
  );
  for (let round = 0; round < WORD_ROUNDS; round++) {
    const match = matchProbabilities(pairs, listings.length, distinct, logOddsBy(linkage));
    identifyPairs(listings, pairs, match, vocabulary, levels);
    linkage = fitFrom(match, UNRANKED);
  }
  const unranked = logOddsBy(linkage);
  rankPairs(pairs, listings.length, unranked, levels);
  linkage = fitFrom(
    unranked.map((logOdds) => 1 / (1 + Math.exp(-logOdds))),
    RANKED,
  );
  const logOdds = logOddsBy(linkage);
  competeAcrossSources({ listings, pairs, levels, distinct, linkage }, logOdds);
  return { listings, pairs, levels, logOdds, distinct, linkage };
}

/** How often the words' weights and the linkage are learned from each other. */
const WORD_ROUNDS = 2;

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

export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
