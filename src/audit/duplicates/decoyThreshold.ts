import type { Pairs } from './blockPairs.js';
import { FEATURE_COUNT, SAME_SOURCE, SOURCE, TWO_SOURCES } from './comparePair.js';

const ROUNDS = 10;
/** The smallest share of rows without a match. */
const MIN_UNMATCHED = 0.05;

/**
 * The log-odds from which a pair of rows of two sources is more likely a match than not, judged by decoys: a shop seldom
 * lists a product twice, so the best pairs within one source show how alike different products look (target-decoy
 * competition, Elias and Gygi 2007). Only pairs that are the best of both rows count. `isDecoy` leaves out pairs that
 * are known to be different, or listed twice.
 */
export function decoyThreshold(
  { first, second }: Pairs,
  levels: Uint8Array,
  logOdds: Float64Array,
  sizes: readonly number[],
  distinct: Uint8Array,
  isDecoy: (pair: number) => boolean,
): number {
  const kindOf = (pair: number): number => levels[pair * FEATURE_COUNT + SOURCE] ?? 0;
  const best = [new Map<number, number>(), new Map<number, number>()];
  const counts = (pair: number): boolean =>
    kindOf(pair) === TWO_SOURCES ? distinct[pair] === 0 : kindOf(pair) === SAME_SOURCE && isDecoy(pair);
  for (const [pair, value] of logOdds.entries()) {
    if (!counts(pair)) continue;
    const held = best[kindOf(pair) - 1];
    for (const side of [first[pair] ?? 0, second[pair] ?? 0])
      if (value > (held?.get(side) ?? Number.NEGATIVE_INFINITY)) held?.set(side, value);
  }
  const ranked: { value: number; isTarget: boolean }[] = [];
  for (const [pair, value] of logOdds.entries()) {
    if (!counts(pair)) continue;
    const held = best[kindOf(pair) - 1];
    if (held?.get(first[pair] ?? 0) === value && held.get(second[pair] ?? 0) === value)
      ranked.push({ value, isTarget: kindOf(pair) === TWO_SOURCES });
  }
  ranked.sort((a, b) => b.value - a.value);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const within = sizes.reduce((sum, size) => sum + size ** 2, 0);
  const ratio = (total ** 2 - within) / within;
  const smaller = Math.min(...sizes);
  let threshold = Number.POSITIVE_INFINITY;
  let unmatched = 1;
  // Only rows without a match can have a wrong best pair that looks like a decoy.
  for (let round = 0; round < ROUNDS; round++) {
    const cost = ratio * unmatched;
    let [gain, most, matches, found] = [0, 0, 0, 0];
    for (const { value, isTarget } of ranked) {
      gain += isTarget ? 1 : -2 * cost;
      matches += isTarget ? 1 : -cost;
      if (gain < most) continue;
      most = gain;
      threshold = value;
      found = matches;
    }
    unmatched = Math.min(1, Math.max(MIN_UNMATCHED, 1 - found / smaller));
  }
  return threshold;
}
