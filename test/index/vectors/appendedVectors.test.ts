import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppendedVectors, type Hit } from '../../../src/index/vectors/appendedVectors.js';
import { dotAt, normalized } from '../../../src/index/vectors/unitVector.js';

const DIMENSION = 8;
const BLOCK_ROWS = 5;

const unit = fc
  .array(fc.integer({ min: -4, max: 4 }), { minLength: DIMENSION, maxLength: DIMENSION })
  .map(
    (numbers) =>
      normalized(Float32Array.from(numbers)) ??
      Float32Array.from({ length: DIMENSION }, () => DIMENSION ** -0.5),
  );

const cosineOf = (query: Float32Array, vector: Float32Array) => Math.fround(dotAt(query, vector, 0));
const sorted = (hits: readonly Hit[]) =>
  hits.toSorted((a, b) => b.cosine - a.cosine || a.ordinal - b.ordinal);

test('finds what comparing every vector finds, in full blocks and beyond', () => {
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 4 * BLOCK_ROWS }),
      unit,
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 3 }),
      (vectors, query, k, min, step) => {
        const appended = new AppendedVectors(DIMENSION, BLOCK_ROWS);
        // Ordinals have gaps, where products have no vector.
        const ordinalOf = (row: number) => 10 + 2 * row;
        const rows = vectors.map((vector, row) => appended.append(ordinalOf(row), vector));
        expect(rows).toEqual([...vectors.keys()]);
        const counts = (ordinal: number) => ordinal % (step + 1) !== 0;
        const all = vectors
          .map((vector, row) => ({ ordinal: ordinalOf(row), cosine: cosineOf(query, vector) }))
          .filter(({ ordinal }) => counts(ordinal));

        const within: Hit[] = [];
        appended.addWithin(within, query, min, counts);
        expect(sorted(within)).toEqual(sorted(all.filter(({ cosine }) => cosine >= min)));

        const near: Hit[] = [];
        appended.addNearest(near, query, k, counts);
        const last = sorted(all)[k - 1]?.cosine ?? Number.NEGATIVE_INFINITY;
        expect(sorted(near)).toEqual(sorted(all.filter(({ cosine }) => cosine >= last)));

        for (const [row, vector] of vectors.entries()) {
          expect(appended.vector(row)).toEqual(vector);
          expect(Math.fround(appended.cosine(query, row))).toBe(cosineOf(query, vector));
        }
      },
    ),
  );
});

test('a full block is not copied when more are added', () => {
  const appended = new AppendedVectors(2, 2);
  const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  for (let ordinal = 0; ordinal < 7; ordinal++) appended.append(ordinal, ordinal % 2 === 0 ? east : north);
  const found: Hit[] = [];
  appended.addNearest(found, east, 1, (ordinal) => ordinal > 0);
  expect(sorted(found).map(({ ordinal }) => ordinal)).toEqual([2, 4, 6]);
});
