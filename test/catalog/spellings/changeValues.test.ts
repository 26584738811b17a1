import { expect, it, onTestFinished } from 'vitest';
import { changeValues } from '../../../src/catalog/spellings/changeValues.js';
import type { Product } from '../../../src/domain/product.js';
import { openStore } from '../../../src/store/open.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const upper = ({ brand }: Product) =>
  brand === undefined || brand === brand.toUpperCase()
    ? []
    : [{ field: 'brand', before: brand, after: brand.toUpperCase() }];

it('counts in a preview, changes as one run, and keeps facts that still quote their product', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const quoting = (field: string, quote: string) =>
    factOf('attributes.maker', quote, { evidence: { field, start: 0, end: quote.length, quote } });
  const origin = { taxonomy: 't', model: 'm' };
  store.transaction(() => {
    for (let at = 0; at < 450; at++)
      store.products.upsert({ id: `p${at}`, title: '<b>Mug</b>', brand: at % 2 === 0 ? 'Aro' : 'ARO' });
    store.facts.replace('p0', [quoting('brand', 'Aro')], origin);
    store.facts.replace('p2', [quoting('title', 'Mug')], origin);
  });
  const preview = await changeValues(store, upper, { preview: true, by: 'Kim' });
  expect(preview).toEqual({ products: 225, values: 225, run: null });
  expect(store.products.get('p0')?.brand).toBe('Aro');
  const done = await changeValues(store, upper, { preview: false, by: 'Kim' });
  expect(done).toEqual({ products: 225, values: 225, run: 1 });
  expect(store.spellingRuns.get(1)).toMatchObject({ by: 'Kim', changes: 225, undone: null });
  // The other fields keep their markup.
  expect(store.products.original('p0')).toMatchObject({ title: '<b>Mug</b>', brand: 'ARO' });
  expect(store.facts.get('p0')).toEqual([]);
  expect(store.facts.get('p2')).toHaveLength(1);
  expect(await changeValues(store, upper, { preview: false, by: 'Kim' })).toEqual({
    ...{ products: 0, values: 0, run: null },
  });
});

it('changes what a product has when it is written, not when it was read', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.transaction(() => store.products.upsert({ id: 'a', brand: 'Aro' }));
  const stale = [{ id: 'a', brand: 'Aro' }];
  store.transaction(() => store.products.upsert({ id: 'a', brand: 'Bell' }));
  await changeValues(store, upper, { preview: false, by: 'Kim' }, stale);
  expect(store.products.get('a')?.brand).toBe('BELL');
  const [change] = store.spellingRuns.changes(1, { product_id: '', field: '' }, 10);
  expect(change).toMatchObject({ before: '"Bell"', after: '"BELL"' });
});
