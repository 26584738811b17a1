import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { type LabelledProduct, NeighbourIndex } from '../../../src/enrich/propose/neighbourIndex.js';
import { quantize } from '../../../src/index/vectors/quantizedRows.js';

const DIMENSION = 16;

/** Unit vectors around a few centres, like those of titles. */
function points(count: number, seed: number): Float32Array[] {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 40 }, () => Array.from({ length: DIMENSION }, () => random() - 0.5));
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * centres.length)] ?? [];
    const point = Float32Array.from(centre, (value) => value + (random() - 0.5) * 0.4);
    const length = Math.hypot(...point);
    return point.map((value) => value / length);
  });
}

function indexOf(vectors: readonly Float32Array[], categoryOf: (row: number) => string): NeighbourIndex {
  const grid = new Int8Array(vectors.length * DIMENSION);
  const rows: LabelledProduct[] = vectors.map((vector, row) => {
    quantize(vector, grid, row * DIMENSION);
    return {
      id: `r${row}`,
      category: categoryOf(row),
      brand: '',
      unfilled: new Set<string>(),
      values: new Map(),
    };
  });
  return new NeighbourIndex(rows, grid, DIMENSION);
}

function exact(
  vectors: readonly Float32Array[],
  query: Float32Array,
  rows: readonly number[],
  k: number,
): string[] {
  return rows
    .map((row) => ({
      row,
      cosine: (vectors[row] ?? query).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
    }))
    .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
    .slice(0, k)
    .map(({ row }) => `r${row}`);
}

test('the search is exact in a small category, up to int8 rounding', () => {
  const vectors = points(300, 1);
  const index = indexOf(vectors, (row) => (row % 2 === 0 ? 'even' : 'odd'));
  const even = vectors.flatMap((_, row) => (row % 2 === 0 ? [row] : []));
  let hits = 0;
  for (const query of points(50, 2)) {
    const near = index.nearest(query, 'even', 10).map(({ labelled }) => labelled.id);
    hits += exact(vectors, query, even, 10).filter((id) => near.includes(id)).length;
  }
  expect(hits / 500).toBeGreaterThan(0.95);
});

test('the search misses at most one in ten in a large category', () => {
  const vectors = points(5000, 3);
  const index = indexOf(vectors, () => 'all');
  const rows = vectors.map((_, row) => row);
  let hits = 0;
  for (const query of points(50, 4)) {
    const near = index.nearest(query, 'all', 10).map(({ labelled }) => labelled.id);
    hits += exact(vectors, query, rows, 10).filter((id) => near.includes(id)).length;
  }
  expect(hits / 500).toBeGreaterThan(0.9);
});

test('an unknown category or a vector of another dimension has no neighbours', () => {
  const index = indexOf(points(10, 5), () => 'all');
  expect(index.nearest(points(1, 6)[0] ?? new Float32Array(DIMENSION), 'none', 5)).toEqual([]);
  expect(index.nearest(new Float32Array(3), 'all', 5)).toEqual([]);
});

test('the nearest cosine is over all categories, without the product itself', () => {
  const vectors = points(400, 5);
  const index = indexOf(vectors, (row) => `group ${row % 7}`);
  const rows = vectors.map((_, row) => row);
  for (const [row, query] of vectors.slice(0, 60).entries()) {
    const others = rows.filter((other) => other !== row);
    const nearest = Math.max(
      ...others.map((other) =>
        (vectors[other] ?? query).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
      ),
    );
    expect(index.nearestCosine(query, `r${row}`)).toBeCloseTo(nearest, 2);
    expect(index.nearestCosine(query, 'none')).toBeCloseTo(1, 2);
  }
  expect(indexOf([], () => '').nearestCosine(new Float32Array(DIMENSION), '')).toBeUndefined();
  expect(index.nearestCosine(new Float32Array(3), '')).toBeUndefined();
});
