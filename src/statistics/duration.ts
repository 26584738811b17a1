import { widthInErrors } from './confidenceSequence.js';
import { normalQuantile } from './normal.js';

/** What an experiment is planned with. */
export interface Plan {
  /** Units (shoppers) per day that take part, both variants together. */
  readonly unitsPerDay: number;
  /** Mean of the metric per unit, and its standard deviation; sqrt(p (1 - p)) for a proportion. */
  readonly baseline: number;
  readonly deviation: number;
  /** Smallest difference that matters, relative to the baseline: 0.05 is five percent. */
  readonly effect: number;
  /** Probability to find it; 0.8 unless given. */
  readonly power?: number;
  readonly alpha?: number;
}

export interface Duration {
  readonly units: number;
  readonly days: number;
}

export interface Durations {
  /** By when the sequential test has found the effect with the wanted power. */
  readonly sequential: Duration;
  /** When it finds an effect of exactly this size in the middle of all cases: the usual end. */
  readonly typical: Duration;
  /** What a test needs that may be looked at once only, at the end. */
  readonly fixed: Duration;
}

const MAX_UNITS = 1e12;

/**
 * How long an experiment with two equal variants takes. Fixed: 4 deviation² (z(1 - alpha/2) + z(power))² / difference² units
 * in all. Sequential: the fewest units after which half the interval's width plus z(power) standard errors are below the
 * difference; earlier crossings only add to the power, so the figure is on the safe side. The sequence is planned for
 * that number of units.
 * @throws RangeError for an effect, a baseline or a deviation of 0.
 */
export function planDuration({
  unitsPerDay,
  baseline,
  deviation,
  effect,
  power = 0.8,
  alpha = 0.05,
}: Plan): Durations {
  const difference = Math.abs(baseline * effect);
  if (!(difference > 0) || !(deviation > 0)) {
    throw new RangeError(
      `a difference of ${difference} and a deviation of ${deviation} where both must be above 0`,
    );
  }
  const fixed =
    4 * (deviation / difference) ** 2 * (normalQuantile(1 - alpha / 2) + normalQuantile(power)) ** 2;
  const errorsAt = (units: number): number => (difference / (2 * deviation)) * Math.sqrt(units);
  const fewest = (margin: number, planned?: number): number => {
    let low = 1;
    let high = MAX_UNITS;
    for (let step = 0; step < 80; step++) {
      const middle = Math.sqrt(low * high);
      const width = widthInErrors(middle, { alpha, planned: planned ?? middle });
      if (width + margin <= errorsAt(middle)) high = middle;
      else low = middle;
    }
    return high;
  };
  const sequential = fewest(normalQuantile(power));
  const duration = (units: number): Duration => ({
    units: Math.ceil(units),
    days: unitsPerDay > 0 ? Math.ceil(units / unitsPerDay) : Number.POSITIVE_INFINITY,
  });
  return {
    sequential: duration(sequential),
    typical: duration(fewest(0, sequential)),
    fixed: duration(fixed),
  };
}
