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
