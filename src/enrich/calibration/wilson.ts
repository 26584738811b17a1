/** One-sided 95 %. Stricter bounds held back whole fields whose values were right 97 times in 100. */
export const Z = 1.645;

/**
 * Lower confidence bound of the proportion `right / seen`, between 0 and 1: the Wilson score interval, one-sided
 * (Wilson 1927). Both counts may be weighted. 0 without outcomes.
 */
export function lowerBound(right: number, seen: number, z = Z): number {
  if (seen <= 0) return 0;
  const { centre, halfWidth } = wilsonInterval(right / seen, seen, z);
  return centre - halfWidth;
}

/** Upper confidence bound of the same proportion. 1 without outcomes. */
export function upperBound(right: number, seen: number, z = Z): number {
  if (seen <= 0) return 1;
  const { centre, halfWidth } = wilsonInterval(right / seen, seen, z);
  return centre + halfWidth;
}

function wilsonInterval(share: number, seen: number, z: number): { centre: number; halfWidth: number } {
  const square = z * z;
  const scale = 1 + square / seen;
  const halfWidth = z * Math.sqrt(Math.max(0, share * (1 - share)) / seen + square / (4 * seen * seen));
  return { centre: (share + square / (2 * seen)) / scale, halfWidth: halfWidth / scale };
}

/**
 * The z score that a standard normal variable exceeds with this probability, at most 0.5 (rational approximation,
 * Abramowitz & Stegun 26.2.23).
 */
export function upperTailZ(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - numerator / denominator;
}
