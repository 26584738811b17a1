type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/**
 * The array itself if it has room for `length` elements, otherwise a copy with at least a quarter to spare. New elements
 * are as `make` fills them.
 */
export function grown<T extends Numbers>(values: T, length: number, make: (length: number) => T): T {
  if (values.length >= length) return values;
  const larger = make(Math.max(length, Math.ceil(values.length * 1.25) + 16));
  larger.set(values);
  return larger;
}
