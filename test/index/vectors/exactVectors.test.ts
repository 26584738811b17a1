import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checksumOf } from '../../../src/index/files/checksummedFile.js';
import { VectorsInMemory, VectorsOnDisk } from '../../../src/index/vectors/exactVectors.js';
import { readQuantizedFile, writeQuantizedFile } from '../../../src/index/vectors/quantizedFile.js';
import { quantizeRows, SharedRows } from '../../../src/index/vectors/sharedRows.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { clusteredVectors } from '../products.js';

const DIMENSION = 24;
const COUNT = 1500;
const rows = clusteredVectors(COUNT, DIMENSION, 20, 1);
const all = new Float32Array(COUNT * DIMENSION);
for (const [row, vector] of rows.entries()) all.set(vector, row * DIMENSION);
const query = rows[700] ?? new Float32Array(DIMENSION);

async function vectorsFile(): Promise<string> {
  const path = join(temporaryFolder(), 'vectors.f32');
  await writeFile(path, new Uint8Array(all.buffer));
  return path;
}

test('vectors on disk are those in memory, in any order', async () => {
  const disk = new VectorsOnDisk(await vectorsFile(), DIMENSION);
  const memory = new VectorsInMemory(all, DIMENSION);
  const inOrder = [...rows.keys()];
  const scattered = inOrder.map((row) => (row * 7919) % COUNT);
  const order = [...inOrder, ...scattered, ...scattered.toReversed(), COUNT - 1, 0, 1, 2, 1];
  expect(order.map((row) => disk.dot(query, row))).toEqual(order.map((row) => memory.dot(query, row)));
  const some = order.filter((row) => row % 50 < 2);
  expect(some.map((row) => disk.vector(row))).toEqual(some.map((row) => memory.vector(row)));
  expect(() => disk.vector(COUNT)).toThrow(`ends before row ${COUNT}`);
  disk.close();
});

test('a vector is a copy', async () => {
  for (const vectors of [
    new VectorsOnDisk(await vectorsFile(), DIMENSION),
    new VectorsInMemory(all, DIMENSION),
  ]) {
    const before = vectors.dot(query, 3);
    vectors.vector(3).fill(0);
    expect(vectors.dot(query, 3)).toBe(before);
  }
});

test('quantized rows from a file are those quantized in memory, for every thread', async () => {
  const vectors = await vectorsFile();
  const path = join(temporaryFolder(), 'vectors-quantized.bin');
  const written = await writeQuantizedFile(vectors, DIMENSION, path);
  expect(await checksumOf(path)).toEqual(written);
  const shared = await readQuantizedFile(path, written, DIMENSION);
  const expected = quantizeRows(all, DIMENSION);
  expect(shared.error).toBe(expected.error);
  const threads = [new SharedRows(shared, 0), new SharedRows(shared, 63)];
  const wanted = new Float64Array(COUNT);
  // Set before any is measured: threads do not write to the places of others.
  for (const [thread, one] of threads.entries()) one.setQuery(rows[thread] ?? query);
  for (const [thread, one] of threads.entries()) {
    expected.setQuery(rows[thread] ?? query);
    expected.measureAll(wanted);
    const found = new Float64Array(COUNT);
    one.measureAll(found);
    expect(found).toEqual(wanted);
    one.rows.set([5, 1, COUNT - 1]);
    const some = one.measure(3).subarray(0, 3);
    expect(some).toEqual(Float32Array.of(wanted[5] ?? 0, wanted[1] ?? 0, wanted[COUNT - 1] ?? 0));
  }
  expect(() => new SharedRows(shared, 64)).toThrow('thread 64 has no place');
});
