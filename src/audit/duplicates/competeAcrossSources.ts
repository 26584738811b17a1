import { EQUAL_WORDING, MIN_RARE_CODE } from './areDistinct.js';
import type { Pairs } from './blockPairs.js';
import { CODES, FEATURE_COUNT, GTIN, SOURCE, TEMPLATE, TWO_SOURCES, WORDING } from './comparePair.js';
import { decoyThreshold } from './decoyThreshold.js';
import type { Linkage } from './fitLinkage.js';
import type { Listing } from './readListing.js';

interface Compared {
  readonly listings: readonly Listing[];
  readonly pairs: Pairs;
  readonly levels: Uint8Array;
  readonly distinct: Uint8Array;
  readonly linkage: Linkage;
}

/** A pair whose log-odds are lower than those of the best pair of one of its rows by more than this is no match. */
const MAX_BEHIND = 3;
/** How far the decoys move the threshold: variants are more frequent within a shop than wrong pairs across shops. */
const DECOY_SHARE = 0.5;
/** Log-odds of a pair that a better one displaces, at most. */
const DISPLACED = -5;

/**
 * Changes the log-odds of pairs of rows of two shops: the threshold is the one that decoys give, if that is higher, and a
 * row is matched with its best row of the other shop and those that are about as good.
 */
export function competeAcrossSources(
  { listings, pairs, levels, distinct, linkage }: Compared,
  logOdds: Float64Array,
): void {
  const sizes = new Map<string, number>();
  for (const { source } of listings)
    if (source !== undefined) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  if (sizes.size < 2) return;
  const level = (pair: number, feature: number): number => levels[pair * FEATURE_COUNT + feature] ?? 0;
  const sourceWeight = (pair: number): number => linkage.weights[SOURCE]?.[level(pair, SOURCE)] ?? 0;
  const threshold =
    decoyThreshold(
      pairs,
      levels,
      logOdds.map((value, pair) => value - sourceWeight(pair)),
      [...sizes.values()],
      distinct,
      (pair) =>
        level(pair, TEMPLATE) !== 1 &&
        level(pair, GTIN) === 0 &&
        level(pair, CODES) < MIN_RARE_CODE &&
        level(pair, WORDING) < EQUAL_WORDING,
    ) + (linkage.weights[SOURCE]?.[TWO_SOURCES] ?? 0);
  const shift = DECOY_SHARE * Math.min(MAX_THRESHOLD, Math.max(0, threshold));
  const best = new Float64Array(listings.length).fill(Number.NEGATIVE_INFINITY);
  const across: number[] = [];
  for (const [pair, value] of logOdds.entries()) {
    if (level(pair, SOURCE) !== TWO_SOURCES || distinct[pair] === 1) continue;
    across.push(pair);
    const identified = level(pair, GTIN) > 1 || level(pair, CODES) >= MIN_RARE_CODE;
    const shifted = identified ? value : value - shift;
    logOdds[pair] = shifted;
    for (const side of [pairs.first[pair] ?? 0, pairs.second[pair] ?? 0])
      best[side] = Math.max(best[side] ?? 0, shifted);
  }
  for (const pair of across) {
    const value = logOdds[pair] ?? 0;
    const most = Math.max(best[pairs.first[pair] ?? 0] ?? 0, best[pairs.second[pair] ?? 0] ?? 0);
    if (value < most - MAX_BEHIND) logOdds[pair] = Math.min(value, DISPLACED);
  }
}

/** Where no pair beats the decoys. */
const MAX_THRESHOLD = 20;
