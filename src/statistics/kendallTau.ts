/**
 * Kendall's tau-b of two lists of scores: 1 for the same order, -1 for the reverse, 0 for none; ties are taken into
 * account (Kendall, "The treatment of ties in ranking problems", 1945). In O(n log n) by Knight, "A computer method for
 * calculating Kendall's tau with ungrouped data", 1966. NaN where one list has a single value.
 * @throws RangeError if the lists differ in length.
 */
export function kendallTau(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) throw new RangeError(`paired lists of ${x.length} and ${y.length}`);
  const count = x.length;
  const at = (list: readonly number[], place: number): number => list[place] ?? 0;
  const order = [...x.keys()].sort((a, b) => at(x, a) - at(x, b) || at(y, a) - at(y, b));
  const tiedX = tiedPairs(order, (a, b) => at(x, a) === at(x, b));
  const tiedBoth = tiedPairs(order, (a, b) => at(x, a) === at(x, b) && at(y, a) === at(y, b));
  const values = Float64Array.from(order, (place) => at(y, place));
  const discordant = countSwaps(values);
  const tiedY = tiedPairs([...values], (a, b) => a === b);
  const pairs = (count * (count - 1)) / 2;
  const concordant = pairs - tiedX - tiedY + tiedBoth - discordant;
  return (concordant - discordant) / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
}

function tiedPairs(sorted: readonly number[], isTied: (a: number, b: number) => boolean): number {
  let pairs = 0;
  let run = 0;
  for (let place = 1; place < sorted.length; place++) {
    run = isTied(sorted[place - 1] ?? 0, sorted[place] ?? 0) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Sorts `values` and counts the pairs in the wrong order (merge sort). */
function countSwaps(values: Float64Array): number {
  const spare = new Float64Array(values.length);
  let swaps = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let from = 0; from < values.length; from += 2 * width) {
      const middle = Math.min(from + width, values.length);
      const end = Math.min(from + 2 * width, values.length);
      let [left, right] = [from, middle];
      for (let place = from; place < end; place++) {
        const takeLeft = right >= end || (left < middle && (values[left] ?? 0) <= (values[right] ?? 0));
        if (!takeLeft) swaps += middle - left;
        spare[place] = values[takeLeft ? left++ : right++] ?? 0;
      }
    }
    values.set(spare);
  }
  return swaps;
}
