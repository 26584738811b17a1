import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { KERNEL_MODULE } from '../../../src/index/vectors/kernelModule.js';
import { openKernel } from '../../../src/index/vectors/simd.js';

const SOURCE = new URL('../../../../src/index/vectors/kernel.wat', import.meta.url);

const lengths = fc.integer({ min: 1, max: 500 });
const int8 = fc.integer({ min: -128, max: 127 });
const int16 = fc.integer({ min: -32_768, max: 32_767 });
const float = fc.float({ min: -1000, max: 1000, noNaN: true });
/** AdaGrad divides by the root of a sum that never starts at 0. */
const sum = fc.float({ min: Math.fround(0.01), max: 1000, noNaN: true });

/** A length, a vector of that length and up to four rows of it. */
function vectorAndRows<T>(rowItem: fc.Arbitrary<T>, item: fc.Arbitrary<T>) {
  return lengths.chain((length) => {
    const exactly = { minLength: length, maxLength: length };
    return fc.record({
      length: fc.constant(length),
      vector: fc.array(item, exactly),
      rows: fc.array(fc.array(rowItem, exactly), { maxLength: 4 }),
    });
  });
}

describe('the vector kernel', () => {
  it('is compiled from the source as it is', async () => {
    const { parseWat } = await wabt();
    const module = parseWat('kernel.wat', readFileSync(SOURCE, 'utf8'), { simd: true });
    const fresh = Buffer.from(module.toBinary({}).buffer).toString('base64');
    expect(KERNEL_MODULE, 'kernel.wat has changed: run `npm run build`').toBe(fresh);
  });

  it('multiplies int8 rows with an int16 vector as a plain loop does, to the bit', () => {
    fc.assert(
      fc.property(vectorAndRows(int8, int16), ({ length, vector, rows }) => {
        const stride = Math.ceil(length / 16) * 16;
        const vectorAt = rows.length * stride;
        const outAt = vectorAt + 2 * stride;
        const { kernel, buffer } = openKernel(outAt + 4 * rows.length);
        for (const [place, row] of rows.entries()) new Int8Array(buffer, place * stride, stride).set(row);
        new Int16Array(buffer, vectorAt, stride).set(vector);
        kernel.dotBytes(0, rows.length, stride, vectorAt, outAt);
        const expected = rows.map((row) =>
          row.reduce((dot, value, k) => (dot + value * (vector[k] ?? 0)) | 0, 0),
        );
        expect([...new Int32Array(buffer, outAt, rows.length)]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('multiplies float rows with a float vector as a loop of eight sums does, to the bit', () => {
    fc.assert(
      fc.property(vectorAndRows(float, float), ({ length, vector, rows }) => {
        const stride = Math.ceil(length / 8) * 8;
        const vectorAt = 4 * rows.length * stride;
        const outAt = vectorAt + 4 * stride;
        const { kernel, buffer } = openKernel(outAt + 4 * rows.length);
        for (const [place, row] of rows.entries())
          new Float32Array(buffer, 4 * place * stride, stride).set(row);
        new Float32Array(buffer, vectorAt, stride).set(vector);
        kernel.dotFloats(0, rows.length, stride, vectorAt, outAt);
        expect([...new Float32Array(buffer, outAt, rows.length)]).toEqual(
          rows.map((row) => dot(row, vector)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('takes a step of AdaGrad as a plain loop does, to the bit', () => {
    const cases = lengths.chain((length) => {
      const exactly = { minLength: length, maxLength: length };
      return fc.record({
        weights: fc.array(float, exactly),
        sums: fc.array(sum, exactly),
        vector: fc.array(float, exactly),
        gradient: float,
        rate: float,
      });
    });
    fc.assert(
      fc.property(cases, ({ weights, sums, vector, gradient, rate }) => {
        const stride = Math.ceil(weights.length / 4) * 4;
        const { kernel, buffer } = openKernel(12 * stride);
        const [kernelWeights, kernelSums, kernelVector] = [0, 1, 2].map(
          (part) => new Float32Array(buffer, 4 * part * stride, weights.length),
        );
        kernelWeights?.set(weights);
        kernelSums?.set(sums);
        kernelVector?.set(vector);
        kernel.descend(0, 4 * stride, 8 * stride, stride, gradient, rate);
        const slopes = vector.map((value) => Math.fround(gradient * value));
        const sumsAfter = sums.map((before, k) => Math.fround(before + Math.fround((slopes[k] ?? 0) ** 2)));
        const weightsAfter = weights.map((before, k) => {
          const step = Math.fround(rate * (slopes[k] ?? 0));
          const root = Math.fround(Math.sqrt(sumsAfter[k] ?? 0));
          return Math.fround(before - Math.fround(step / root));
        });
        expect([...(kernelSums ?? [])]).toEqual(sumsAfter);
        expect([...(kernelWeights ?? [])]).toEqual(weightsAfter);
      }),
      { numRuns: 300 },
    );
  });
});

/** In the order in which the kernel adds: eight sums, one for each place in a block of eight. */
function dot(row: readonly number[], vector: readonly number[]): number {
  const sums = new Float32Array(8);
  for (let k = 0; k < row.length; k++) {
    sums[k % 8] = (sums[k % 8] ?? 0) + Math.fround((row[k] ?? 0) * (vector[k] ?? 0));
  }
  const [a, b, c, d] = [0, 1, 2, 3].map((lane) => Math.fround((sums[lane] ?? 0) + (sums[lane + 4] ?? 0)));
  return Math.fround(Math.fround(Math.fround((a ?? 0) + (b ?? 0)) + (c ?? 0)) + (d ?? 0));
}
