import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuantizedRows, quantize } from '../../../src/index/vectors/quantizedRows.js';

const vectors = fc.integer({ min: 1, max: 70 }).chain((dimension) =>
  fc.array(
    fc.array(fc.float({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }), {
      minLength: dimension,
      maxLength: dimension,
    }),
    { minLength: 2, maxLength: 20 },
  ),
);

test('cosines are those of the exact vectors, up to the quantization error', () => {
  fc.assert(
    fc.property(vectors, (all) => {
      const rows = all.map((row) => unit(row));
      const [query = [], ...others] = rows;
      const dimension = query.length;
      const grid = new Int8Array(others.length * dimension);
      for (const [row, values] of others.entries())
        quantize(Float32Array.from(values), grid, row * dimension);
      const order = others.map((_, row) => others.length - 1 - row);
      const cosines = new Float64Array(others.length);
      new QuantizedRows(grid, dimension, order).cosines(Float32Array.from(query), cosines);
      for (const [place, row] of order.entries()) {
        const exact = (others[row] ?? []).reduce((sum, value, k) => sum + value * (query[k] ?? 0), 0);
        expect(Math.abs((cosines[place] ?? 0) - exact)).toBeLessThan(0.005 * Math.sqrt(dimension) + 1e-6);
      }
    }),
  );
});

test('writes only the requested rows', () => {
  const grid = Int8Array.from([127, 0, 0, 127, 90, 90]);
  const cosines = new Float64Array(3).fill(9);
  new QuantizedRows(grid, 2, [0, 1, 2]).cosines(Float32Array.from([0, 1]), cosines, 1, 2);
  expect(cosines[0]).toBe(9);
  expect(cosines[1]).toBeCloseTo(1, 3);
  expect(cosines[2]).toBe(9);
});

test('the largest sums stay within 32 bits', () => {
  const dimension = 1024;
  const even = new Float32Array(dimension).fill(1 / Math.sqrt(dimension));
  const grid = new Int8Array(dimension);
  quantize(even, grid, 0);
  const cosines = new Float64Array(1);
  new QuantizedRows(grid, dimension, [0]).cosines(even, cosines);
  expect(cosines[0]).toBeCloseTo(1, 3);
});

function unit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return length < 1e-6 ? values.map((_, k) => (k === 0 ? 1 : 0)) : values.map((value) => value / length);
}
