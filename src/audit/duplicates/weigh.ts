import type { Pairs } from './block.js';
import { F, FEATURES, RANK } from './compare.js';

/** What the levels of each feature say: the log of how much likelier they are among the same than among different. */
export interface Linkage {
  /** Log-odds of a candidate pair before anything is compared. */
  readonly prior: number;
  /** By feature and level. */
  readonly weights: readonly Float64Array[];
}

/** Candidate pairs and what was found comparing them. */
export interface Comparisons {
  readonly pairs: Pairs;
  readonly listings: number;
  /** `FEATURES` of them for each pair. */
  readonly levels: Uint8Array;
  /** 1 for a pair that is known to be different. */
  readonly apart: Uint8Array;
}

const ROUNDS = 40;
/** Every level counts as seen this often in each class before anything is counted. */
const SEEN_BEFORE = 0.5;

/**
 * A Fellegi-Sunter model of record linkage (Fellegi and Sunter 1969) fitted to unlabelled candidate pairs by
 * expectation maximisation (Winkler 1988): each pair is the same thing or not, and features agree independently
 * given that. Left to itself such a model finds the likeliest two classes, which in a shop are "of a kind" and
 * "of another kind". Two things hold it to sameness: the candidates of a listing compete (one at most is taken
 * for the same in learning, so what many share cannot be it), and more agreement never speaks against, so weights
 * of ascending levels are made monotone by pooling adjacent violators. `seeds` are the first guess at each pair;
 * pairs held `apart` are known to be different and taught as such.
 */
export function fitLinkage(
  { pairs: { first, second }, listings, levels, apart }: Comparisons,
  seeds: Float64Array,
  features: readonly number[],
): Linkage {
  const pairs = seeds.length;
  const rivals = new Float64Array(listings);
  let same = Float64Array.from(seeds);
  let linkage: Linkage = { prior: 0, weights: [] };
  for (let round = 0; round < ROUNDS; round++) {
    linkage = maximise(levels, same, features);
    const next = new Float64Array(pairs);
    let moved = 0;
    rivals.fill(0);
    for (let pair = 0; pair < pairs; pair++) {
      const odds = apart[pair] === 1 ? 0 : Math.exp(Math.min(50, logOdds(linkage, levels, pair)));
      next[pair] = odds;
      rivals[first[pair] ?? 0] = (rivals[first[pair] ?? 0] ?? 0) + odds;
      rivals[second[pair] ?? 0] = (rivals[second[pair] ?? 0] ?? 0) + odds;
    }
    for (let pair = 0; pair < pairs; pair++) {
      const max = Math.max(rivals[first[pair] ?? 0] ?? 0, rivals[second[pair] ?? 0] ?? 0);
      next[pair] = (next[pair] ?? 0) / (1 + max);
      moved = Math.max(moved, Math.abs((next[pair] ?? 0) - (same[pair] ?? 0)));
    }
    same = next;
    if (moved < 1e-4) break;
  }
  return linkage;
}

/** The log-odds that a pair is the same thing. */
export function logOdds({ prior, weights }: Linkage, levels: Uint8Array, pair: number): number {
  let sum = prior;
  for (let feature = 0; feature < F; feature++) {
    sum += weights[feature]?.[levels[pair * F + feature] ?? 0] ?? 0;
  }
  return sum;
}

function maximise(levels: Uint8Array, same: Float64Array, features: readonly number[]): Linkage {
  let total = 0;
  for (const share of same) total += share;
  const pairs = same.length;
  const prior = Math.log((total + 1) / (pairs - total + 1));
  const weights = FEATURES.map(({ levels: count }, feature) => {
    const weight = new Float64Array(count);
    if (!features.includes(feature)) return weight;
    const ones = new Float64Array(count).fill(SEEN_BEFORE);
    const others = new Float64Array(count).fill(SEEN_BEFORE);
    for (let pair = 0; pair < pairs; pair++) {
      const level = levels[pair * F + feature] ?? 0;
      ones[level] = (ones[level] ?? 0) + (same[pair] ?? 0);
      others[level] = (others[level] ?? 0) + 1 - (same[pair] ?? 0);
    }
    const allOnes = ones.reduce((sum, count) => sum + count, 0);
    const allOthers = others.reduce((sum, count) => sum + count, 0);
    const ratio = (level: number, until = level): number => {
      let [one, other] = [0, 0];
      for (let at = level; at <= until; at++) {
        one += ones[at] ?? 0;
        other += others[at] ?? 0;
      }
      return Math.log(one / allOnes) - Math.log(other / allOthers);
    };
    // Level 0, where nothing is said, stands outside the order.
    weight[0] = ratio(0);
    let runs: [from: number, to: number][] = [];
    for (let level = 1; level < count; level++) {
      runs.push([level, level]);
      for (;;) {
        const [last, before] = [runs.at(-1), runs.at(-2)];
        if (last === undefined || before === undefined || ratio(...before) <= ratio(...last)) break;
        runs = [...runs.slice(0, -2), [before[0], last[1]]];
      }
    }
    for (const [from, to] of runs)
      for (let level = from; level <= to; level++) weight[level] = ratio(from, to);
    return weight;
  });
  return { prior, weights };
}

/** All features but the rank, which is known only once the others have weights. */
export const UNRANKED = FEATURES.map((_, feature) => feature).filter((feature) => feature !== RANK);
export const RANKED = FEATURES.map((_, feature) => feature);
