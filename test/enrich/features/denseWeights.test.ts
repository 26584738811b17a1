import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DenseWeights } from '../../../src/enrich/features/denseWeights.js';

const number = fc.float({ min: -2, max: 2, noNaN: true, noDefaultInfinity: true });
const tables = fc.integer({ min: 1, max: 40 }).chain((dimension) =>
  fc.array(fc.array(number, { minLength: dimension, maxLength: dimension }), {
    minLength: 2,
    maxLength: 8,
  }),
);

test('inner products equal those of a plain loop', () => {
  fc.assert(
    fc.property(tables, ([vector = [], ...rows]) => {
      const table = new DenseWeights(Float32Array.from(rows.flat()), vector.length);
      const dots = table.dots(Float32Array.from([9, ...vector]), 1);
      for (const [row, weights] of rows.entries()) {
        const exact = weights.reduce((sum, weight, k) => sum + weight * (vector[k] ?? 0), 0);
        expect(dots[row]).toBeCloseTo(exact, 3);
      }
    }),
  );
});

test('an AdaGrad step changes one row, and no other', () => {
  fc.assert(
    fc.property(tables, number, ([vector = [], ...rows], gradient) => {
      const { length } = vector;
      const before = Float32Array.from(rows.flat());
      const table = new DenseWeights(before, length, 0.01);
      table.dots(Float32Array.from(vector), 0);
      for (let step = 0; step < 2; step++) table.adagradStep(0, gradient, 0.3);
      const after = table.weights();
      expect([...after.subarray(length)]).toEqual([...before.subarray(length)]);
      for (let k = 0; k < length; k++) {
        const slope = gradient * (vector[k] ?? 0);
        let weight = before[k] ?? 0;
        let sum = 0.01;
        for (let step = 0; step < 2; step++) {
          sum += slope * slope;
          weight -= (0.3 * slope) / Math.sqrt(sum);
        }
        expect(after[k]).toBeCloseTo(weight, 4);
      }
    }),
  );
});
