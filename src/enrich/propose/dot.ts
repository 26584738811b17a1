/** Sum of products of `length` numbers, from place `i` in `a` and `j` in `b`; four sums, so that they overlap in the processor. */
export function dot(a: Float32Array, i: number, b: Float32Array, j: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const even = length & ~3;
  let k = 0;
  for (; k < even; k += 4) {
    s0 += (a[i + k] ?? 0) * (b[j + k] ?? 0);
    s1 += (a[i + k + 1] ?? 0) * (b[j + k + 1] ?? 0);
    s2 += (a[i + k + 2] ?? 0) * (b[j + k + 2] ?? 0);
    s3 += (a[i + k + 3] ?? 0) * (b[j + k + 3] ?? 0);
  }
  for (; k < length; k++) s0 += (a[i + k] ?? 0) * (b[j + k] ?? 0);
  return s0 + s1 + s2 + s3;
}
