import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkGeneration } from '../../../src/index/generation/checkGeneration.js';
import { FILES } from '../../../src/index/generation/generationFiles.js';
import { newGenerationId } from '../../../src/index/generation/generations.js';
import { GenerationWriter } from '../../../src/index/generation/generationWriter.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';
import { clusteredVectors } from '../products.js';

const COUNT = 1500;
const DIMENSION = 32;
const product = (i: number) => ({ id: `p${i}` });

/** Mean recall of the graph at search breadth `ef` against the exact `k` nearest. */
async function recall(dir: string, id: string, k = 10, ef = 64): Promise<number> {
  const index = await openGeneration(dir, id);
  const queries = clusteredVectors(60, DIMENSION, 20, 99);
  const everyone = index.aliveSet().toArray();
  let hits = 0;
  for (const query of queries) {
    const exact = [...index.cosines(query, everyone)].sort((a, b) => b - a).slice(0, k);
    const found = index.nearest(query, k, ef);
    hits += found.cosines.filter((cosine) => cosine >= (exact.at(-1) ?? 2) - 1e-6).length / k;
  }
  index.close();
  return hits / queries.length;
}

test('recall is at least .98 of the exact 300 nearest at ef 600, the beam width that search uses', async () => {
  const dir = temporaryFolder();
  const products = Array.from({ length: 3000 }, (_, i) => product(i));
  const made = clusteredVectors(products.length, DIMENSION, 20, 1);
  const vectors = new Map(products.map(({ id }, i) => [id, made[i] ?? new Float32Array(DIMENSION)]));
  const { manifest } = await makeGeneration(dir, products, { vectors });
  expect(await recall(dir, manifest.id, 300, 600)).toBeGreaterThanOrEqual(0.98);
});

test('recall is at least .95 of the exact ten nearest at ef 64, built fresh, extended and rebuilt', async () => {
  const dir = temporaryFolder();
  const all = clusteredVectors(COUNT, DIMENSION, 20, 1);
  const vectorsOf = (from: number, to: number) =>
    new Map(all.slice(from, to).map((vector, i) => [`p${from + i}`, vector]));
  const make = (from: number, to: number, previous?: string) =>
    makeGeneration(
      dir,
      Array.from({ length: to - from }, (_, i) => product(from + i)),
      {
        vectors: vectorsOf(from, to),
        ...(previous === undefined ? {} : { previous }),
      },
    );

  const first = await make(0, 1000);
  expect(first.plan?.mode).toBe('fresh');
  expect(await recall(dir, first.manifest.id)).toBeGreaterThanOrEqual(0.95);

  const same = await make(0, 1000, first.manifest.id);
  expect(same.plan?.mode).toBe('unchanged');
  expect(same.added).toBe(0);
  expect(same.manifest.files[FILES.graph]).toEqual(first.manifest.files[FILES.graph]);
  // A copy, so that damage to one generation leaves the other usable.
  const inode = async (id: string) => (await stat(join(dir, id, FILES.graph))).ino;
  expect(await inode(same.manifest.id)).not.toBe(await inode(first.manifest.id));

  const moved = await make(80, 1300, same.manifest.id);
  expect(moved.plan?.mode).toBe('extended');
  expect(moved.added).toBe(300);
  expect(moved.manifest.counts).toMatchObject({ products: 1220, vectors: 1220, points: 1220 });
  expect(await recall(dir, moved.manifest.id)).toBeGreaterThanOrEqual(0.95);
  await checkGeneration(dir, moved.manifest.id);

  const shrunk = await make(600, 1300, moved.manifest.id);
  expect(shrunk.plan?.mode).toBe('rebuilt');
  expect(shrunk.added).toBe(0);
  expect(await recall(dir, shrunk.manifest.id)).toBeGreaterThanOrEqual(0.95);
  await checkGeneration(dir, shrunk.manifest.id);
});

test('deleted points are gone from the results and may be added again', async () => {
  const dir = temporaryFolder();
  const all = clusteredVectors(40, DIMENSION, 4, 3);
  const make = (skip: number, previous?: string) =>
    makeGeneration(
      dir,
      all.map((_, i) => product(i)).filter((_, i) => i !== skip),
      {
        vectors: new Map(all.map((vector, i) => [`p${i}`, vector])),
        ...(previous === undefined ? {} : { previous }),
      },
    );
  const first = await make(-1);
  const without = await make(7, first.manifest.id);
  expect(without.plan?.mode).toBe('extended');
  const query = all[7] ?? new Float32Array(DIMENSION);
  let index = await openGeneration(dir, without.manifest.id);
  expect(index.ordinalOf('p7')).toBeUndefined();
  expect(index.nearest(query, 39, 64).cosines[0]).toBeLessThan(0.999);
  expect(index.nearest(query, 39, 64).ordinals).toHaveLength(39);
  index.close();
  const back = await make(-1, without.manifest.id);
  expect(back.plan?.mode).toBe('extended');
  expect(back.added).toBe(1);
  index = await openGeneration(dir, back.manifest.id);
  expect(index.idOf(index.nearest(query, 1, 64).ordinals[0] ?? -1)).toBe('p7');
  index.close();
});

test('reuses nothing of another model', async () => {
  const dir = temporaryFolder();
  const vectors = new Map([['p0', Float32Array.of(1, 0, 0, 0)]]);
  const first = await makeGeneration(dir, [product(0)], { vectors });
  const second = await makeGeneration(dir, [product(0)], {
    vectors,
    previous: first.manifest.id,
    sha256: 'beef',
  });
  expect(second.plan).toMatchObject({ mode: 'fresh', reason: 'the model has changed' });
  expect(second.added).toBe(1);
});

test('does not copy damage', async () => {
  const dir = temporaryFolder();
  const vectors = new Map([['p0', Float32Array.of(1, 0, 0, 0)]]);
  const first = await makeGeneration(dir, [product(0)], { vectors });
  const path = join(dir, first.manifest.id, FILES.vectors);
  const bytes = await readFile(path);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const second = await makeGeneration(dir, [product(0)], { vectors, previous: first.manifest.id });
  expect(second.plan?.mode).toBe('fresh');
  expect(second.plan?.reason).toMatch(/vectors\.f32 does not match its checksum/);
});

test.each([
  ['in this thread', 1],
  ['in a worker thread', 600],
])('a failing build %s rejects and leaves nothing behind', async (_, count) => {
  const dir = temporaryFolder();
  const id = newGenerationId();
  const writer = await GenerationWriter.create(dir, {
    id,
    sequence: 0,
    taxonomyVersion: 'x',
    model: { name: 'm', sha256: 'cafe', dimension: 4 },
    vectorKeys: new Set(['a', ...Array.from({ length: count - 1 }, (__, i) => `k${i}`)]),
  });
  // Where the build would write its graph.
  await mkdir(join(dir, `.building-${process.pid}-${id}`, id, FILES.graph));
  await writer.graph?.add(['a'], new Float32Array(4).fill(1));
  await expect(writer.finish()).rejects.toThrow();
  expect(await readdir(dir)).toEqual([]);
});

test.each([
  ['in this thread', 400, 3],
  ['in a worker thread', 3000, 10],
])('abort while adding %s ends the build and keeps the process alive', async (_name, count, rounds) => {
  const dir = temporaryFolder();
  const dimension = 384;
  const vectors = new Float32Array(count * dimension).map((_, i) => Math.sin(i * 0.37 + (i % 97)));
  const keys = Array.from({ length: count }, (_, i) => `k${i}`);
  for (let round = 0; round < rounds; round++) {
    const writer = await GenerationWriter.create(dir, {
      id: newGenerationId(),
      sequence: 0,
      taxonomyVersion: 'x',
      model: { name: 'm', sha256: 'cafe', dimension },
      vectorKeys: new Set(keys),
    });
    await writer.graph?.add(keys, vectors);
    await new Promise((resolve) => setTimeout(resolve, 60 + 15 * round));
    await writer.abort();
  }
  expect(await readdir(dir)).toEqual([]);
});

test('refuses wrong shapes and unannounced keys', async () => {
  const dir = temporaryFolder();
  const writer = await GenerationWriter.create(dir, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'x',
    model: { name: 'm', sha256: 'cafe', dimension: 4 },
    vectorKeys: new Set(['a']),
  });
  await expect(writer.graph?.add(['a'], new Float32Array(3))).rejects.toThrow(/expected 4 for each key/);
  await expect(writer.graph?.add(['b'], new Float32Array(4).fill(1))).rejects.toThrow(
    /not among those announced/,
  );
  await expect(writer.graph?.add(['a'], new Float32Array(4).fill(Number.NaN))).rejects.toThrow(/not finite/);
  await writer.graph?.add(['a'], new Float32Array(4));
  expect(writer.graph?.has('a')).toBe(false);
  await writer.abort();
});
