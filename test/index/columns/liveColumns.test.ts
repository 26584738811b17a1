import { expect, test } from 'vitest';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';

test('a repeated value of a product is one cell, in the file, when appended and when replaced', async () => {
  const dir = temporaryFolder();
  const twice = (id: string) => ({ id, tags: ['new', 'sale', 'new', ' new '], stock: 3 });
  const { manifest } = await makeGeneration(dir, [twice('file')]);
  const index = await openGeneration(dir, manifest.id);
  index.apply({
    upserts: [{ product: twice('appended') }],
    live: [{ id: 'appended', fields: { stock: 3 } }],
  });
  const cells = (field: string): [number, string][] => {
    const column = index.columns.field(field);
    return [...(column?.codes ?? [])].map((code, cell) => [
      column?.ordinals[cell] ?? -1,
      column?.values[code] ?? '',
    ]);
  };
  expect(cells('tags')).toEqual([
    [0, 'new'],
    [0, 'sale'],
    [1, 'new'],
    [1, 'sale'],
  ]);
  expect(cells('stock')).toEqual([
    [0, '3'],
    [1, '3'],
  ]);
  index.close();
});
