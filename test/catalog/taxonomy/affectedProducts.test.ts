import { expect, it, onTestFinished } from 'vitest';
import { affectedProducts } from '../../../src/catalog/taxonomy/affectedProducts.js';
import { openStore } from '../../../src/store/open.js';
import { type Edit, editTaxonomy } from '../../../src/taxonomy/edit/editTaxonomy.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../../taxonomy/draft.js';

it.each<[Edit, number]>([
  [{ kind: 'rename-value', attribute: 'color', value: 'Red', to: 'Ruby' }, 1],
  [{ kind: 'merge-value', attribute: 'color', value: 'Red', into: 'Navy Blue' }, 1],
  [{ kind: 'add-value', attribute: 'color', value: 'Teal', aliases: [] }, 1],
  [{ kind: 'add-value', attribute: 'color', value: 'Lime', aliases: [] }, 0],
  [{ kind: 'rename-category', category: 'apparel', to: 'Clothes' }, 2],
  [{ kind: 'category-aliases', category: 'shoes', aliases: ['Footwear', 'Boots'] }, 1],
])('%j changes how %i products are read', (edit, affected) => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.transaction(() => {
    store.products.upsert({ id: 'a', category: 'Shirts', attributes: { color: 'red' } });
    store.products.upsert({ id: 'b', category: 'Apparel', attributes: { Farbe: ['marine', 'teal'] } });
    store.products.upsert({ id: 'c', category: 'Boots', attributes: { fit: 'Red', color: '' } });
  });
  const before = draft();
  const views = [before, editTaxonomy(before, edit)].map(viewTaxonomy);
  const [old, next] = views;
  if (old === undefined || next === undefined) throw new Error('two versions are compared');
  expect(affectedProducts(store, old, next)).toBe(affected);
  expect(affectedProducts(store, next, next)).toBe(0);
});
