/** Smallest width relative to the largest number. */
const MIN_RELATIVE_WIDTH = 1e-12;
/** Keeps powers of ten within the range of a double. */
const MIN_WIDTH = 1e-300;

/**
 * Edges of at most `max` equal ranges (2 or more) that contain all numbers from the lowest to the highest.
 * Ranges include their lower edge and exclude their upper one. Width and edges are round: 1, 2 or 5 times a
 * power of ten. Numbers are at most 1e300 in absolute value.
 */
export function roundRangeEdges(min: number, max: number, maxRanges: number): number[] {
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  const minWidth =
    max > min
      ? Math.max(max / maxRanges - min / maxRanges, magnitude * MIN_RELATIVE_WIDTH)
      : magnitude / 100 || 1;
  const width = Math.max(minWidth, MIN_WIDTH);
  for (let power = Math.floor(Math.log10(width)); ; power++) {
    for (const digit of [1, 2, 5]) {
      const edge = edgesOf(digit, power);
      if (edge(1) * maxRanges < max - min) continue;
      const first = indexBelow(min, edge);
      const last = indexBelow(max, edge);
      if (last - first >= maxRanges) continue;
      return Array.from({ length: last - first + 2 }, (_, i) => edge(first + i));
    }
  }
}

/** The i-th multiple of `digit` times ten to `power`, as close to the decimal number as a double can be. */
function edgesOf(digit: number, power: number): (i: number) => number {
  if (power >= 0) {
    const unit = digit * 10 ** power;
    return (i) => i * unit;
  }
  const parts = 10 ** -power;
  return (i) => (i * digit) / parts;
}

/** The last i whose edge is not above `number`. */
function indexBelow(number: number, edge: (i: number) => number): number {
  let i = Math.floor(number / edge(1));
  while (edge(i) > number) i--;
  while (edge(i + 1) <= number) i++;
  return i;
}
