/**
 * The first index whose number is not below `value`: 0 if all are at least `value`, `to` if none is. Only
 * `ascending[0]` to before `ascending[to]` is searched. For one array type alone, so that the engine keeps the
 * loop specialised: it runs once for each posting of a query. Everything else goes through `partitionPoint`.
 */
export function lowerBound(ascending: Uint32Array, value: number, to = ascending.length): number {
  let low = 0;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose number is above `value`; see `lowerBound`. */
export function upperBound(ascending: Uint32Array, value: number, to = ascending.length): number {
  return lowerBound(ascending, value + 1, to);
}

/**
 * An index of exactly this number; -1 where the array does not hold it. A loop of its own, which ends as soon as the
 * number is met: over `lowerBound` it would take a third longer.
 */
export function indexOfSorted(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] ?? 0;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * Binary search over anything sorted: the first index in [0, `length`) for which `isBefore` is false, `length`
 * where there is none. `isBefore` must be true up to some index and false from there on.
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
