/** One-sided 95 %. Stricter bounds left whole fields waiting whose values were right 97 times in 100. */
export const Z = 1.645;

/** Lower bound of a share seen as `right` of `seen` (Wilson 1927, one-sided); both may be weighted counts. */
export function lowerBound(right: number, seen: number, z = Z): number {
  if (seen <= 0) return 0;
  const { centre, spread } = wilson(right / seen, seen, z);
  return centre - spread;
}

/** The upper bound of the same. */
export function upperBound(right: number, seen: number, z = Z): number {
  if (seen <= 0) return 1;
  const { centre, spread } = wilson(right / seen, seen, z);
  return centre + spread;
}

function wilson(share: number, seen: number, z: number): { centre: number; spread: number } {
  const square = z * z;
  const scale = 1 + square / seen;
  const spread = z * Math.sqrt(Math.max(0, share * (1 - share)) / seen + square / (4 * seen * seen));
  return { centre: (share + square / (2 * seen)) / scale, spread: spread / scale };
}

/** How many standard deviations a normal variable exceeds with this probability, at most a half (Abramowitz & Stegun 26.2.23). */
export function zOf(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - above / below;
}
