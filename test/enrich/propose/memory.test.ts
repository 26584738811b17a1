import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { Memory, type Remembered } from '../../../src/enrich/propose/memory.js';
import { toGrid } from '../../../src/index/vectors/gridRows.js';

const DIMENSION = 16;

/** Points round a few centres, as titles lie; unit length. */
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

function memoryOf(vectors: readonly Float32Array[], groupOf: (row: number) => string): Memory {
  const grid = new Int8Array(vectors.length * DIMENSION);
  const rows: Remembered[] = vectors.map((vector, row) => {
    toGrid(vector, grid, row * DIMENSION);
    return { id: `r${row}`, group: groupOf(row), brand: '', unfilled: new Set<string>(), values: new Map() };
  });
  return new Memory(rows, grid, DIMENSION);
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

test('within a small category it finds exactly the nearest, up to the grid', () => {
  const vectors = points(300, 1);
  const memory = memoryOf(vectors, (row) => (row % 2 === 0 ? 'even' : 'odd'));
  const even = vectors.flatMap((_, row) => (row % 2 === 0 ? [row] : []));
  let met = 0;
  for (const query of points(50, 2)) {
    const near = memory.nearest(query, 'even', 10).map(({ remembered }) => remembered.id);
    met += exact(vectors, query, even, 10).filter((id) => near.includes(id)).length;
  }
  expect(met / 500).toBeGreaterThan(0.95);
});

test('in a large category it misses at most one in ten', () => {
  const vectors = points(5000, 3);
  const memory = memoryOf(vectors, () => 'all');
  const rows = vectors.map((_, row) => row);
  let met = 0;
  for (const query of points(50, 4)) {
    const near = memory.nearest(query, 'all', 10).map(({ remembered }) => remembered.id);
    met += exact(vectors, query, rows, 10).filter((id) => near.includes(id)).length;
  }
  expect(met / 500).toBeGreaterThan(0.9);
});

test('an unknown category or a vector of another length has no neighbours', () => {
  const memory = memoryOf(points(10, 5), () => 'all');
  expect(memory.nearest(points(1, 6)[0] ?? new Float32Array(DIMENSION), 'none', 5)).toEqual([]);
  expect(memory.nearest(new Float32Array(3), 'all', 5)).toEqual([]);
});

test('the closest of all is found whatever its category, the row itself left out', () => {
  const vectors = points(400, 5);
  const memory = memoryOf(vectors, (row) => `group ${row % 7}`);
  const rows = vectors.map((_, row) => row);
  for (const [row, query] of vectors.slice(0, 60).entries()) {
    const others = rows.filter((other) => other !== row);
    const nearest = Math.max(
      ...others.map((other) =>
        (vectors[other] ?? query).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
      ),
    );
    expect(memory.closest(query, `r${row}`)).toBeCloseTo(nearest, 2);
    expect(memory.closest(query, 'none')).toBeCloseTo(1, 2);
  }
  expect(memoryOf([], () => '').closest(new Float32Array(DIMENSION), '')).toBeUndefined();
  expect(memory.closest(new Float32Array(3), '')).toBeUndefined();
});
