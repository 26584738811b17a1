/**
 * The vector normalised to length 1, in a new array; undefined if it is zero. RangeError if it is not finite.
 */
export function normalized(vector: Float32Array): Float32Array | undefined {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  if (squares === 0) return undefined;
  if (!Number.isFinite(squares)) throw new RangeError('a vector holds a number that is not finite');
  const unit = vector.slice();
  // A unit vector is returned unchanged, so that it round-trips bit by bit.
  if (Math.abs(squares - 1) < 1e-6) return unit;
  const length = Math.sqrt(squares);
  for (let i = 0; i < unit.length; i++) unit[i] = (unit[i] ?? 0) / length;
  return unit;
}

/** The inner product of `query` and the row that begins at `at`. */
export function dotAt(query: Float32Array, rows: Float32Array, at: number): number {
  const { length } = query;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += (query[i] ?? 0) * (rows[at + i] ?? 0);
    b += (query[i + 1] ?? 0) * (rows[at + i + 1] ?? 0);
    c += (query[i + 2] ?? 0) * (rows[at + i + 2] ?? 0);
    d += (query[i + 3] ?? 0) * (rows[at + i + 3] ?? 0);
  }
  for (; i < length; i++) a += (query[i] ?? 0) * (rows[at + i] ?? 0);
  return a + b + c + d;
}
