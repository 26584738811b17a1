import { DEFAULT_MIXTURE, type Mixture, mixed, SIGNALS } from '../propose/mixture.js';

/** What was known of the likeliest categories of a row that did not teach, and which of them is its own. */
export interface Observation {
  /** `SIGNALS` numbers a category. */
  readonly signals: Float32Array;
  /** Of each category. */
  readonly rarities: Float32Array;
  /** Place of the true one. */
  readonly truth: number;
}

/** The default weights' word against the rows': as if so many rows had said the same. */
const PRIOR = 30;
const ITERATIONS = 150;
const RATE = 0.15;
const MIN_ROWS = 40;

/**
 * Weights under which the truths are likeliest (conditional logit, McFadden 1974), drawn to the default
 * ones; by Adam (Kingma & Ba 2015) over all rows at once. The default itself from fewer than 40 rows.
 */
export function weighMixture(observations: readonly Observation[]): Mixture {
  if (observations.length < MIN_ROWS) return DEFAULT_MIXTURE;
  const { weights: prior } = DEFAULT_MIXTURE;
  const weights = Float64Array.from(prior);
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  const slope = new Float64Array(weights.length);
  for (let step = 1; step <= ITERATIONS; step++) {
    slope.fill(0);
    for (const observation of observations) addSlope(observation, weights, slope);
    const rate = RATE * (1 - (step - 1) / ITERATIONS);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      const down = ((slope[i] ?? 0) + PRIOR * (weight - (prior[i] ?? 0))) / observations.length;
      mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * down;
      square[i] = 0.99 * (square[i] ?? 0) + 0.01 * down * down;
      const direction = (mean[i] ?? 0) / (1 - 0.9 ** step);
      const size = Math.sqrt((square[i] ?? 0) / (1 - 0.99 ** step)) + 1e-8;
      weights[i] = weight - (rate * direction) / size;
    }
  }
  return { weights: [...weights] };
}

/** Adds the gradient of -log(probability of the truth). */
function addSlope(
  { signals, rarities, truth }: Observation,
  weights: Float64Array,
  slope: Float64Array,
): void {
  const odds = Float64Array.from(rarities, (rare, place) => mixed(weights, signals, place * SIGNALS, rare));
  const highest = odds.reduce((max, one) => Math.max(max, one), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let place = 0; place < odds.length; place++) {
    odds[place] = Math.exp((odds[place] ?? 0) - highest);
    sum += odds[place] ?? 0;
  }
  for (let place = 0; place < odds.length; place++) {
    const excess = (odds[place] ?? 0) / sum - (place === truth ? 1 : 0);
    if (Math.abs(excess) < 1e-6) continue;
    const rare = rarities[place] ?? 0;
    for (let i = 0; i < SIGNALS; i++) {
      const share = excess * (signals[place * SIGNALS + i] ?? 0);
      slope[i] = (slope[i] ?? 0) + share;
      slope[SIGNALS + i] = (slope[SIGNALS + i] ?? 0) + share * rare;
    }
  }
}
