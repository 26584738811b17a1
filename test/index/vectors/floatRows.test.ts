import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FloatRows } from '../../../src/index/vectors/floatRows.js';
import { dotAt } from '../../../src/index/vectors/unitVector.js';

test('dots are those of a plain loop, whatever the dimension and the number of rows', () => {
  const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 19 }).chain((dimension) =>
        fc.record({
          rows: fc.array(fc.array(number, { minLength: dimension, maxLength: dimension }), { maxLength: 9 }),
          vectors: fc.array(fc.array(number, { minLength: dimension, maxLength: dimension }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
      ),
      ({ rows, vectors }) => {
        const dimension = vectors[0]?.length ?? 0;
        const flat = Float32Array.from(rows.flat());
        const compared = new FloatRows(flat, dimension);
        expect(compared.count).toBe(rows.length);
        for (const numbers of vectors) {
          const vector = Float32Array.from(numbers);
          const dots = compared.dots(vector);
          for (const row of rows.keys())
            expect(dots[row]).toBeCloseTo(dotAt(vector, flat, row * dimension), 4);
          for (const [row, numbers] of rows.entries())
            expect(compared.row(row)).toEqual(Float32Array.from(numbers));
        }
      },
    ),
  );
});
