import type { Pairs } from './blockPairs.js';
import { FEATURE_COUNT, FEATURES, IDENTITY, RANK, SAME_SOURCE, SOURCE } from './comparePair.js';

/** A fitted model: for each level of each feature the log-likelihood ratio of match against no match. */
export interface Linkage {
  /** Prior log-odds that a candidate pair is a match. */
  readonly prior: number;
  /** By feature, then by level. */
  readonly weights: readonly Float64Array[];
}

/** Candidate pairs with their comparison levels. */
export interface Comparisons {
  readonly pairs: Pairs;
  /** Number of listings. */
  readonly listings: number;
  /** `FEATURE_COUNT` per pair. */
  readonly levels: Uint8Array;
  /** 1 for a pair that is known to be no match. */
  readonly distinct: Uint8Array;
}

const MAX_ROUNDS = 40;
/** Pseudo-count of each level in each class. */
const PSEUDO_COUNT = 0.5;
/** Stops once no match probability changes by more than this. */
const TOLERANCE = 1e-4;

/**
 * Fits a Fellegi-Sunter record linkage model (Fellegi and Sunter 1969) to unlabelled candidate pairs by expectation
 * maximisation (Winkler 1988): each pair is a match or not, and given that its features are independent. Unconstrained,
 * the two classes found in a shop would be "same kind" and "other kind" of product. Two constraints make them "same" and
 * "not the same". The candidates of a listing compete: in each round the match probabilities of its pairs add up to at most
 * one, so that what many pairs share is no sign of a match. And more agreement never counts against a match: the weights of
 * ascending levels are made monotone by pooling adjacent violators. `seeds` are the initial match probabilities; `distinct`
 * pairs are labelled as no match.
 */
export function fitLinkage(
  { pairs: { first, second }, listings, levels, distinct }: Comparisons,
  seeds: Float64Array,
  features: readonly number[],
): Linkage {
  const pairs = seeds.length;
  let match: Float64Array = Float64Array.from(seeds);
  let linkage: Linkage = { prior: 0, weights: [] };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    linkage = maximise(levels, match, features);
    const logOdds = Float64Array.from({ length: pairs }, (_, pair) => linkageLogOdds(linkage, levels, pair));
    const next: Float64Array = matchProbabilities({ first, second }, listings, distinct, logOdds);
    let change = 0;
    for (let pair = 0; pair < pairs; pair++)
      change = Math.max(change, Math.abs((next[pair] ?? 0) - (match[pair] ?? 0)));
    match = next;
    if (change < TOLERANCE) break;
  }
  return linkage;
}

/** The probability of each pair to be a match, where the candidates of a listing compete: they add up to at most one. */
export function matchProbabilities(
  { first, second }: Pairs,
  listings: number,
  distinct: Uint8Array,
  logOdds: Float64Array,
): Float64Array {
  const match = new Float64Array(logOdds.length);
  /** Sum of the odds of all pairs of a listing. */
  const totals = new Float64Array(listings);
  for (const [pair, value] of logOdds.entries()) {
    const odds = distinct[pair] === 1 ? 0 : Math.exp(Math.min(50, value));
    match[pair] = odds;
    totals[first[pair] ?? 0] = (totals[first[pair] ?? 0] ?? 0) + odds;
    totals[second[pair] ?? 0] = (totals[second[pair] ?? 0] ?? 0) + odds;
  }
  for (const [pair, odds] of match.entries()) {
    const most = Math.max(totals[first[pair] ?? 0] ?? 0, totals[second[pair] ?? 0] ?? 0);
    match[pair] = odds / (1 + most);
  }
  return match;
}

/** The log-odds that a pair is a match. */
export function linkageLogOdds({ prior, weights }: Linkage, levels: Uint8Array, pair: number): number {
  let sum = prior;
  for (let feature = 0; feature < FEATURE_COUNT; feature++) {
    sum += weights[feature]?.[levels[pair * FEATURE_COUNT + feature] ?? 0] ?? 0;
  }
  return sum;
}

/** The M step: prior and weights from the match probabilities. */
function maximise(levels: Uint8Array, match: Float64Array, features: readonly number[]): Linkage {
  let total = 0;
  for (const probability of match) total += probability;
  const pairs = match.length;
  const prior = Math.log((total + 1) / (pairs - total + 1));
  const weights = FEATURES.map(({ levels: count }, feature) => {
    const weight = new Float64Array(count);
    if (!features.includes(feature)) return weight;
    const matches = new Float64Array(count).fill(PSEUDO_COUNT);
    const others = new Float64Array(count).fill(PSEUDO_COUNT);
    for (let pair = 0; pair < pairs; pair++) {
      const level = levels[pair * FEATURE_COUNT + feature] ?? 0;
      matches[level] = (matches[level] ?? 0) + (match[pair] ?? 0);
      others[level] = (others[level] ?? 0) + 1 - (match[pair] ?? 0);
    }
    const allMatches = matches.reduce((sum, count) => sum + count, 0);
    const allOthers = others.reduce((sum, count) => sum + count, 0);
    const logRatio = (level: number, until = level): number => {
      let [one, other] = [0, 0];
      for (let at = level; at <= until; at++) {
        one += matches[at] ?? 0;
        other += others[at] ?? 0;
      }
      return Math.log(one / allMatches) - Math.log(other / allOthers);
    };
    // Level 0, missing data, is outside the order.
    weight[0] = logRatio(0);
    let blocks: [from: number, to: number][] = [];
    for (let level = 1; level < count; level++) {
      blocks.push([level, level]);
      for (;;) {
        const [last, before] = [blocks.at(-1), blocks.at(-2)];
        if (last === undefined || before === undefined || logRatio(...before) <= logRatio(...last)) break;
        blocks = [...blocks.slice(0, -2), [before[0], last[1]]];
      }
    }
    for (const [from, to] of blocks)
      for (let level = from; level <= to; level++) weight[level] = logRatio(from, to);
    return weight;
  });
  return { prior, weights };
}

/** All features except the rank, which depends on a first fit. */
export const UNRANKED = FEATURES.map((_, feature) => feature).filter((feature) => feature !== RANK);
/** Those of the first fit, which the words' weights are learned from. */
export const FIRST = UNRANKED.filter((feature) => feature !== IDENTITY);
export const RANKED = FEATURES.map((_, feature) => feature);

/**
 * Writes the `rank` level of each pair: by how much its log-odds exceed those of the best other pair of either listing,
 * among pairs of one source or among pairs of two.
 * 1: another pair is far better; 2: another is better; 3: about as good as the best; 4: the best; 5: the best by far.
 */
export function rankPairs(
  { first, second }: Pairs,
  listings: number,
  logOdds: Float64Array,
  levels: Uint8Array,
): void {
  const best = new Float64Array(2 * listings).fill(Number.NEGATIVE_INFINITY);
  const next = new Float64Array(2 * listings).fill(Number.NEGATIVE_INFINITY);
  const sidesOf = (pair: number): [number, number] => {
    const offset = levels[pair * FEATURE_COUNT + SOURCE] === SAME_SOURCE ? listings : 0;
    return [offset + (first[pair] ?? 0), offset + (second[pair] ?? 0)];
  };
  for (const [pair, value] of logOdds.entries()) {
    for (const side of sidesOf(pair)) {
      if (value > (best[side] ?? 0)) {
        next[side] = best[side] ?? 0;
        best[side] = value;
      } else if (value > (next[side] ?? 0)) next[side] = value;
    }
  }
  for (const [pair, value] of logOdds.entries()) {
    let margin = Number.POSITIVE_INFINITY;
    for (const side of sidesOf(pair)) {
      const bestOther = value === best[side] ? (next[side] ?? 0) : (best[side] ?? 0);
      margin = Math.min(margin, value - bestOther);
    }
    levels[pair * FEATURE_COUNT + RANK] =
      margin < -2 ? 1 : margin < 0 ? 2 : margin < 1 ? 3 : margin < 3 ? 4 : 5;
  }
}
