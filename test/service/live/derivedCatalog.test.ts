import path from 'node:path';
import { expect, it } from 'vitest';
import { documentOf } from '../../../src/domain/filledProduct.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { DerivedCatalog } from '../../../src/service/live/derivedCatalog.js';
import { openWithoutFacts } from '../../../src/service/live/withoutFacts.js';
import { factOf } from '../../domain/fact.js';
import { makeGeneration } from '../../index/makeGeneration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const filled = (id: string) =>
  documentOf({ product: { id, title: `Mug ${id}`, category: 'Mugs' }, facts: [factOf('category', 'Mugs')] });

it('is opened once a generation, by whoever asks first', async () => {
  const dir = path.join(temporaryFolder(), 'indexes');
  const open = async (id: string) => {
    const { manifest } = await makeGeneration(dir, [filled(id)]);
    return openGeneration(dir, manifest.id);
  };
  const [one, other] = [await open('one'), await open('other')];
  let serving = one;
  const catalog = new DerivedCatalog(
    () => serving,
    (index) => openWithoutFacts(dir, index),
  );
  expect(catalog.current).toBeUndefined();
  await Promise.all([catalog.prepare(), catalog.prepare()]);
  const bare = catalog.current;
  expect(bare?.document(bare.ordinalOf('one') ?? -1)).toEqual({ id: 'one', title: 'Mug one' });
  await catalog.prepare();
  expect(catalog.current).toBe(bare);
  serving = other;
  await catalog.prepare();
  const next = catalog.current;
  expect(next?.document(next.ordinalOf('other') ?? -1)).toEqual({ id: 'other', title: 'Mug other' });
  await catalog.close();
  expect(catalog.current).toBeUndefined();
  one.close();
  other.close();
});
