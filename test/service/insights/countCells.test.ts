import { expect, it, onTestFinished } from 'vitest';
import { countCells } from '../../../src/service/insights/countCells.js';
import { openStore } from '../../../src/store/open.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../../taxonomy/draft.js';

it('counts cells by the category of the merchant, else the one filled or suggested', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const origin = { taxonomy: 't', model: 'm' };
  store.transaction(() => {
    store.products.upsert({ id: 'own', category: 'Shirts', attributes: { fit: 'slim' } });
    store.products.upsert({ id: 'guess', title: 'Shirt' });
    store.products.upsert({ id: 'none', title: 'Something' });
    store.products.upsert({ id: 'elsewhere', category: 'Garden' });
    const category = factOf('category', 'Apparel > Shirts', { status: 'suggested', confidence: 0.75 });
    const rejected = factOf('attributes.color', 'Red', { status: 'rejected' });
    store.facts.replace('guess', [category, rejected], origin);
  });
  const counts = await countCells(store, viewTaxonomy(draft()));
  expect(counts).toMatchObject({ products: 4, counted: 4 });
  expect([...counts.categories].map(([path, { products }]) => [path, products])).toEqual([
    ['', 2],
    ['Apparel > Shirts', 2],
  ]);
  const shirts = counts.categories.get('Apparel > Shirts');
  // Each has a category, a colour and a fit; one names its category and its fit.
  expect(shirts?.cells.totals).toEqual({ cells: 6, filled: 2, applied: 0 });
  expect([...(shirts?.expected ?? [])]).toEqual([['category', 0.75]]);
});
