import { seededRandom } from '../../domain/seededRandom.js';

/** The difference of two search configurations over the same queries. */
export interface PairedDifference {
  /** Mean of second minus first. */
  readonly mean: number;
  /** Bounds of the 95 % confidence interval of the mean. */
  readonly low: number;
  readonly high: number;
  /** Number of queries on which the second is better, worse, or equal. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

const RESAMPLES = 10_000;
const SEED = 1;
/** Smaller differences count as ties. */
const TIE = 1e-9;

/**
 * Compares two configurations query by query: `first[i]` and `second[i]` belong to the same query. The
 * interval is a paired bootstrap by percentiles (Sakai, "Evaluating evaluation metrics based on the
 * bootstrap", 2006), with a fixed seed.
 * @throws RangeError if the lists differ in length.
 */
export function comparePaired(first: readonly number[], second: readonly number[]): PairedDifference {
  if (first.length !== second.length) {
    throw new RangeError(`paired lists of ${first.length} and ${second.length}`);
  }
  const differences = Float64Array.from(first, (value, place) => (second[place] ?? 0) - value);
  const count = differences.length;
  if (count === 0) return { mean: 0, low: 0, high: 0, wins: 0, losses: 0, ties: 0 };
  const random = seededRandom(SEED);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += differences[Math.floor(random() * count)] ?? 0;
    means[resample] = sum / count;
  }
  means.sort();
  const wins = differences.filter((difference) => difference > TIE).length;
  const losses = differences.filter((difference) => difference < -TIE).length;
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / count,
    low: means[Math.floor(0.025 * RESAMPLES)] ?? 0,
    high: means[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0,
    wins,
    losses,
    ties: count - wins - losses,
  };
}
