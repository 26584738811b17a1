import path from 'node:path';
import { expect, it } from 'vitest';
import { documentOf } from '../../../src/domain/filledProduct.js';
import type { Product } from '../../../src/domain/product.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { openWithoutFacts } from '../../../src/service/live/withoutFacts.js';
import { factOf } from '../../domain/fact.js';
import { makeGeneration } from '../../index/makeGeneration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const own: Product = { id: 'own', title: 'Mug', category: 'Mugs', attributes: { color: 'Red' } };
const filled = (id: string): Product =>
  documentOf({
    product: { id, title: `Mug ${id}`, category: 'Mugs', attributes: { color: 'Blue', size: 'L' } },
    facts: [
      factOf('category', 'Mugs'),
      factOf('attributes.color', 'Blue', { source: 'reviewer' }),
      factOf('attributes.material', 'Clay', { status: 'suggested' }),
    ],
  });

it('opens the catalog without the applied facts, with the changes since the generation was built', async () => {
  const dir = path.join(temporaryFolder(), 'indexes');
  const vectors = new Map([['filled', Float32Array.of(0.6, 0.8)]]);
  const products = [own, filled('filled'), filled('deleted'), { id: 'changed', title: 'Old' }];
  const { manifest } = await makeGeneration(dir, products, { vectors });
  const index = await openGeneration(dir, manifest.id);
  index.apply({
    upserts: [{ product: { id: 'changed', title: 'New' } }, { product: filled('added') }],
    deletes: ['deleted'],
  });
  const bare = await openWithoutFacts(dir, index);
  if (bare === undefined) throw new Error('expected an index without facts');
  const found = Array.from(bare.aliveSet().toArray(), (ordinal) => bare.document(ordinal));
  expect(Object.fromEntries(found.map((product) => [product.id, product]))).toEqual({
    own,
    filled: { id: 'filled', title: 'Mug filled', attributes: { size: 'L' } },
    added: { id: 'added', title: 'Mug added', attributes: { size: 'L' } },
    changed: { id: 'changed', title: 'New' },
  });
  expect(bare.vectorOf(bare.ordinalOf('filled') ?? -1)).toEqual(
    index.vectorOf(index.ordinalOf('filled') ?? -1),
  );
  expect(index.document(index.ordinalOf('filled') ?? -1)).toEqual(filled('filled'));
  bare.close();
  index.close();
});

it('opens nothing where no fact is applied', async () => {
  const dir = temporaryFolder();
  const { manifest } = await makeGeneration(dir, [own]);
  const index = await openGeneration(dir, manifest.id);
  expect(await openWithoutFacts(dir, index)).toBeUndefined();
  index.close();
});
