import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NearestBounds } from '../../../src/index/liveIndex.js';
import { VectorsInMemory } from '../../../src/index/vectors/exactVectors.js';
import { HNSW_PARAMETERS, HnswGraph } from '../../../src/index/vectors/hnswGraph.js';
import { hnswLabels } from '../../../src/index/vectors/hnswLabels.js';
import { type GenerationVectors, LiveVectors } from '../../../src/index/vectors/liveVectors.js';
import { quantizeRows } from '../../../src/index/vectors/sharedRows.js';
import { dotAt } from '../../../src/index/vectors/unitVector.js';
import { Bitset } from '../../../src/structures/bitset.js';
import { clusteredVectors } from '../products.js';
import { linksOf } from './linksOf.js';

const DIMENSION = 16;
const id = (ordinal: number): string => `p${String(ordinal).padStart(6, '0')}`;

interface Catalog {
  readonly vectors: LiveVectors;
  /** By ordinal. */
  readonly rows: readonly Float32Array[];
  readonly dead: Set<number>;
}

interface Built {
  readonly parts: GenerationVectors;
  readonly rows: readonly Float32Array[];
}

/** Two products per row. */
async function build(rows: readonly Float32Array[]): Promise<Built> {
  const graph = HnswGraph.create(DIMENSION, rows.length, HNSW_PARAMETERS);
  const all = new Float32Array(rows.length * DIMENSION);
  for (const [row, vector] of rows.entries()) {
    graph.add(row, vector);
    all.set(vector, row * DIMENSION);
  }
  const { links } = await linksOf(graph);
  const rowOf = Int32Array.from({ length: 2 * rows.length }, (_, ordinal) => ordinal >>> 1);
  const labels = hnswLabels(
    rows.map((_, row) => `k${row}`),
    rowOf,
  );
  const exact = new VectorsInMemory(all, DIMENSION);
  const parts = { links, quantized: quantizeRows(all, DIMENSION), exact, labels };
  return { parts, rows: [...rowOf].flatMap((row) => rows[row] ?? []) };
}

/** With `scannedRows` 0 only HNSW and direct comparison are left. */
function catalogOf({ parts, rows }: Built, scannedRows?: number): Catalog {
  const dead = new Set<number>();
  const products = { alive: (ordinal: number) => !dead.has(ordinal), idOf: id };
  return { vectors: new LiveVectors(products, parts, scannedRows), rows, dead };
}

function exactly(
  { rows, dead }: Catalog,
  query: Float32Array,
  passes: (ordinal: number) => boolean,
): { ordinal: number; cosine: number }[] {
  return rows
    .map((row, ordinal) => ({ ordinal, cosine: Math.fround(dotAt(query, row, 0)) }))
    .filter(({ ordinal }) => passes(ordinal) && !dead.has(ordinal))
    .sort((a, b) => b.cosine - a.cosine || (id(a.ordinal) < id(b.ordinal) ? -1 : 1));
}

describe('the nearest among passing products', () => {
  const K = 20;
  const rows = clusteredVectors(12_000, DIMENSION, 40, 1);
  const queries = clusteredVectors(30, DIMENSION, 40, 2);
  const catalogs: Catalog[] = [];
  /** All products of each query, the nearest first. */
  const ranked: { ordinal: number; cosine: number }[][] = [];
  beforeAll(async () => {
    const built = await build(rows);
    const catalog = catalogOf(built);
    catalogs.push(catalog, catalogOf(built, 0));
    for (const query of queries) ranked.push(exactly(catalog, query, () => true));
  });

  it.each([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1])(
    'have recall of at least .98 where %d of the catalog passes, evenly or in clusters',
    (rate) => {
      const evenly = (ordinal: number) => ((ordinal * 2_654_435_761) % 2 ** 32) / 2 ** 32 < rate;
      // Whole clusters pass, so that most queries have their nearest products elsewhere.
      const clustered = (ordinal: number) => ((ordinal >>> 1) % 40) / 40 < rate && evenly(ordinal >>> 7);
      for (const catalog of catalogs) {
        for (const passes of [evenly, clustered]) {
          const pass = Bitset.of(catalog.rows.length, [...catalog.rows.keys()].filter(passes));
          let found = 0;
          let wanted = 0;
          for (const [place, query] of queries.entries()) {
            const exact = (ranked[place] ?? []).filter(({ ordinal }) => pass.has(ordinal)).slice(0, K);
            const near = catalog.vectors.nearestAmong(query, K, pass);
            expect(near.ordinals.every((ordinal) => pass.has(ordinal))).toBe(true);
            expect(near.ordinals).toHaveLength(exact.length);
            wanted += exact.length;
            const last = exact.at(-1)?.cosine ?? 2;
            found += near.cosines.filter((cosine) => cosine >= last).length;
          }
          if (wanted > 0) expect(found / wanted).toBeGreaterThanOrEqual(0.98);
        }
      }
    },
  );
});

describe('the products within bounds', () => {
  const rows = clusteredVectors(300, DIMENSION, 6, 3);
  const vector = fc.integer({ min: 0, max: 1e6 }).map((seed) => clusteredVectors(1, DIMENSION, 1, seed)[0]);

  it('are those that comparing every live product finds, with appended and deleted ones', async () => {
    const built = await build(rows.slice(0, 300));
    fc.assert(
      fc.property(
        vector,
        fc.double({ min: -1, max: 0.9, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 700 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 599 }), { maxLength: 300 }),
        fc.integer({ min: 0, max: 5 }),
        (query = new Float32Array(DIMENSION), min, share, max, dead, appended) => {
          const catalog = catalogOf(built);
          const added = clusteredVectors(appended, DIMENSION, 6, 9);
          for (const [place, row] of added.entries()) catalog.vectors.append(600 + place, row);
          for (const ordinal of dead) catalog.dead.add(ordinal);
          const all = { ...catalog, rows: [...catalog.rows, ...added] };
          expectWithin(all, query, { min, share, max });
          const pass = Bitset.of(
            600 + appended,
            [...all.rows.keys()].filter((ordinal) => ordinal % 3 > 0),
          );
          const k = Math.min(max, 50);
          const near = all.vectors.nearestAmong(query, k, pass);
          expect([...near.ordinals]).toEqual(
            exactly(all, query, (ordinal) => pass.has(ordinal))
              .slice(0, k)
              .map(({ ordinal }) => ordinal),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  function expectWithin(catalog: Catalog, query: Float32Array, bounds: NearestBounds): void {
    const { min: least, share, max: most } = bounds;
    const all = exactly(catalog, query, () => true);
    const bound = Math.max(least, share * (all[0]?.cosine ?? 0));
    const near = all.filter(({ cosine }) => cosine >= bound);
    const last = near[most - 1]?.cosine ?? bound;
    const { ordinals } = catalog.vectors.nearestWithin(query, bounds);
    expect([...ordinals].sort((a, b) => a - b)).toEqual(
      near
        .filter(({ cosine }) => cosine >= last)
        .map(({ ordinal }) => ordinal)
        .sort((a, b) => a - b),
    );
  }
});
