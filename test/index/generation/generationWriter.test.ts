import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Product, readProduct } from '../../../src/domain/product.js';
import { newGenerationId } from '../../../src/index/generation/generations.js';
import { GenerationWriter } from '../../../src/index/generation/generationWriter.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';

test('opens what was written', async () => {
  const dir = temporaryFolder();
  const shown: Product[] = [
    { id: 'a', title: 'Ünïcode 手机壳 ™', _shelfwright: { facts: [] }, odd: { deep: [1] } },
    { id: 'b' },
  ];
  const { manifest } = await makeGeneration(dir, shown);
  expect(manifest).toMatchObject({
    sequence: 7,
    taxonomy: 'test-1',
    model: null,
    counts: { products: 2, vectors: 0 },
  });
  const index = await openGeneration(dir, manifest.id);
  expect([index.document(0), index.document(1)]).toEqual(shown);
  expect(index.generation).toEqual(manifest);
  expect(index.columns.names()).toEqual([]);
  index.close();
});

test('an empty catalog is a valid generation', async () => {
  const dir = temporaryFolder();
  const { manifest } = await makeGeneration(dir, [], { vectors: new Map() });
  const index = await openGeneration(dir, manifest.id);
  expect([index.size, index.live]).toEqual([0, 0]);
  expect(index.nearest(new Float32Array(8).fill(1), 5, 10).ordinals).toHaveLength(0);
  index.apply({ upserts: [{ product: { id: 'a', title: 'Shoe' }, vector: new Float32Array(8).fill(1) }] });
  expect(index.nearest(new Float32Array(8).fill(1), 5, 10).cosines[0]).toBeCloseTo(1, 6);
  index.close();
});

test('refuses a repeated id, and abort leaves nothing behind', async () => {
  const dir = temporaryFolder();
  const writer = await GenerationWriter.create(dir, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'x',
    model: { name: 'm', sha256: 'cafe', dimension: 4 },
  });
  writer.add({ id: 'a' }, undefined);
  expect(() => writer.add({ id: 'a' }, undefined)).toThrow(/added twice/);
  await writer.abort();
  await writer.abort();
  expect(await readdir(dir)).toEqual([]);
});

const FASHION = '../shared/data/fashion/products.jsonl.gz';

test.skipIf(!existsSync(FASHION))(
  '11,112 fashion products (if ../shared exists) read back as they were counted',
  async () => {
    const dir = temporaryFolder();
    const products: Product[] = [];
    const lines = gunzipSync(await readFile(FASHION))
      .toString('utf8')
      .trim()
      .split('\n');
    for (const line of lines.filter((_, place) => place % 4 === 0)) {
      const read = readProduct(JSON.parse(line));
      if ('product' in read) products.push(read.product);
    }
    const { manifest } = await makeGeneration(dir, products);
    const index = await openGeneration(dir, manifest.id);
    expect(index.live).toBe(11_112);
    const shirts = index.lexical.postings('shirt');
    expect(shirts?.documents).toBe(
      products.filter(({ title, category }) => /\bshirts?\b/i.test(`${title} ${category}`)).length,
    );
    expect(await readdir(join(dir, manifest.id))).not.toContain('.owner');
    index.close();
  },
);
