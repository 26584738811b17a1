import { logBeta, normalCdf } from './normal.js';
import type { RatioStats } from './ratioStats.js';

/** An estimate and the bounds that hold at all times at once. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface SequenceOptions {
  /** Probability that the interval ever misses the true value; 0.05 unless given. */
  readonly alpha?: number;
  /** Units of both arms at which the interval is narrowest; it holds at all others too. 10,000 unless given. */
  readonly planned?: number;
}

const ALPHA = 0.05;
const PLANNED = 10_000;
/**
 * Units with a value other than 0 that each arm needs before an interval says anything: below, the sample variance and the
 * normal approximation are not to be trusted. The guarantee is asymptotic in this start (Bibaut, Kallus & Lindon,
 * "Near-optimal non-parametric sequential tests and confidence sequences with possibly dependent observations", 2022).
 */
const MIN_NON_ZERO = 30;
/** The same for units in all. */
const MIN_UNITS = 100;

/**
 * The factor `rho` for which the interval is narrowest after `planned` units (Waudby-Smith, Arbour, Sinha, Kennedy &
 * Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", 2024, appendix B.2).
 */
function bestRhoSquared(alpha: number, planned: number): number {
  const log = -2 * Math.log(alpha);
  return (log + Math.log(log) + 1) / planned;
}

/**
 * Half the width of the asymptotic confidence sequence in standard errors of the estimate (same paper, theorem 2.2):
 * sqrt(2 (t rho² + 1) / (t rho²) log(sqrt(t rho² + 1) / alpha)), with t in units. The mixture SPRT of Johari, Koomen,
 * Pekelis & Walsh ("Peeking at A/B tests", 2017) with a normal mixture has the same boundary.
 */
export function widthInErrors(
  units: number,
  { alpha = ALPHA, planned = PLANNED }: SequenceOptions = {},
): number {
  const scaled = units * bestRhoSquared(alpha, planned);
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha));
}

/** Of b less a, for means, proportions and ratios; infinitely wide until both arms have enough units. */
export function differenceSequence(a: RatioStats, b: RatioStats, options: SequenceOptions = {}): Interval {
  const estimate = b.value - a.value;
  return interval(estimate, a.variance + b.variance, a.units + b.units, isReady(a) && isReady(b), options);
}

/** Of one mean or ratio. */
export function meanSequence(stats: RatioStats, options: SequenceOptions = {}): Interval {
  return interval(stats.value, stats.variance, stats.units, isReady(stats), options);
}

/** Of b relative to a, less 1: 0.1 is ten percent more. By the delta method; infinitely wide where a may be 0. */
export function relativeSequence(a: RatioStats, b: RatioStats, options: SequenceOptions = {}): Interval {
  const ready = isReady(a) && isReady(b) && a.value > 0;
  const estimate = a.value === 0 ? 0 : b.value / a.value - 1;
  const variance = ready
    ? (b.variance + (1 + estimate) ** 2 * a.variance) / a.value ** 2
    : Number.POSITIVE_INFINITY;
  return interval(estimate, variance, a.units + b.units, ready, options);
}

function isReady({ units, nonZero }: RatioStats): boolean {
  return units >= MIN_UNITS && nonZero >= MIN_NON_ZERO;
}

function interval(
  estimate: number,
  variance: number,
  units: number,
  ready: boolean,
  options: SequenceOptions,
): Interval {
  if (!ready || !Number.isFinite(variance)) {
    return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const half = widthInErrors(units, options) * Math.sqrt(variance);
  return { estimate, low: estimate - half, high: estimate + half };
}

/**
 * The always-valid p-value of "no difference": the smallest alpha at which the sequence excludes 0 (mixture likelihood
 * ratio of the estimate). 1 until both arms have enough units.
 */
export function differencePValue(
  a: RatioStats,
  b: RatioStats,
  { planned = PLANNED, alpha = ALPHA }: SequenceOptions = {},
): number {
  const variance = a.variance + b.variance;
  if (!isReady(a) || !isReady(b) || !(variance > 0)) return 1;
  const scaled = (a.units + b.units) * bestRhoSquared(alpha, planned);
  const squared = (b.value - a.value) ** 2 / variance;
  return Math.min(1, Math.sqrt(scaled + 1) * Math.exp((-squared * scaled) / (2 * (scaled + 1))));
}

/** Of a two-sided test at one time only, for comparison; peeking makes it wrong. */
export function fixedPValue(a: RatioStats, b: RatioStats): number {
  const variance = a.variance + b.variance;
  if (!(variance > 0) || !Number.isFinite(variance)) return 1;
  return 2 * normalCdf(-Math.abs(b.value - a.value) / Math.sqrt(variance));
}

/** Weight of the Beta mixture: sharp for shares near one half, valid for all. */
const BETA = 20;

/**
 * Exact confidence sequence of a share, such as the sessions that preferred B among those that preferred one: the values
 * that a Beta(20, 20) mixture does not reject (Robbins, "Statistical methods related to the law of the iterated
 * logarithm", 1970). Holds from the first trial on, without any approximation.
 */
export function shareSequence(successes: number, trials: number, alpha = ALPHA): Interval {
  if (trials === 0) return { estimate: 0.5, low: 0, high: 1 };
  const failures = trials - successes;
  const mixture = logBeta([BETA + successes, BETA + failures]) - logBeta([BETA, BETA]);
  const limit = -Math.log(alpha);
  const isRejected = (p: number): boolean =>
    mixture -
      (successes === 0 ? 0 : successes * Math.log(p)) -
      (failures === 0 ? 0 : failures * Math.log1p(-p)) >=
    limit;
  const estimate = successes / trials;
  // Between a bound and the estimate nothing is rejected; outside everything is.
  const bound = (end: number): number => {
    if (estimate === end) return end;
    let [outside, inside] = [end, estimate];
    for (let step = 0; step < 50; step++) {
      const middle = (outside + inside) / 2;
      if (isRejected(middle)) outside = middle;
      else inside = middle;
    }
    return outside;
  };
  return { estimate, low: bound(0), high: bound(1) };
}
