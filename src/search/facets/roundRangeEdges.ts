/** Of the largest number: nothing finer is told apart. */
const FINEST = 1e-12;
/** Keeps powers of ten within what a double holds. */
const MIN_WIDTH = 1e-300;

/**
 * Edges of at most `most` (2 or more) equal ranges that hold all numbers from `min` to `max`, each range with its
 * lower edge and without its upper one. Width and edges are round: 1, 2 or 5 times a power of ten. Numbers
 * are at most 1e300 either way.
 */
export function roundRangeEdges(min: number, max: number, most: number): number[] {
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  const spread = max > min ? Math.max(max / most - min / most, magnitude * FINEST) : magnitude / 100 || 1;
  const width = Math.max(spread, MIN_WIDTH);
  for (let power = Math.floor(Math.log10(width)); ; power++) {
    for (const digit of [1, 2, 5]) {
      const edge = edgesOf(digit, power);
      if (edge(1) * most < max - min) continue;
      const first = indexBelow(min, edge);
      const last = indexBelow(max, edge);
      if (last - first >= most) continue;
      return Array.from({ length: last - first + 2 }, (_, i) => edge(first + i));
    }
  }
}

/** The i-th multiple of `digit` times ten to `power`, as near as a double comes to the decimal number. */
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
