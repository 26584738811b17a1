import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { governBy, governingTaxonomy, ungovern } from '../../../src/catalog/taxonomy/governingTaxonomy.js';
import { governStore } from '../../../src/catalog/taxonomy/governTaxonomy.js';
import { openReview } from '../../../src/service/review/review.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../../taxonomy/draft.js';

vi.mock('../../../src/taxonomy/view.js', { spy: true });

let store: Store;
beforeEach(() => {
  store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  vi.mocked(viewTaxonomy).mockClear();
});

it('compiles the taxonomy once for any number of decisions', async () => {
  governBy(store, draft());
  for (const id of ['a', 'b', 'c']) {
    store.products.upsert({ id, title: `Shirt ${id}` });
    store.facts.replace(
      id,
      [factOf('category', 'Apparel > Shirts', { status: 'suggested', evidence: { rule: id } })],
      { taxonomy: 't', model: 'm' },
    );
  }
  const review = openReview(store);
  const { groups } = review.suggestions({ page: 1, per_page: 20 });
  expect(groups).toHaveLength(3);
  for (const { group, state } of groups) {
    const about = { group, narrowing: {}, except: [], shown: state };
    await review.decide({ by: 'ann', decisions: [{ action: 'reject', value: undefined, about }] });
  }
  expect(store.decisions.last()).toBe(3);
  expect(viewTaxonomy).toHaveBeenCalledTimes(1);
});

it('is the same object until the store holds another taxonomy', async () => {
  expect(governingTaxonomy(store)).toBeUndefined();
  governBy(store, draft());
  const first = governingTaxonomy(store);
  expect(governingTaxonomy(store)).toBe(first);
  expect(await governStore(store, undefined)).toBe(first);
  governBy(store, draft({ version: 'next' }));
  expect(governingTaxonomy(store)?.taxonomy.version).toBe('next');
  ungovern(store);
  expect(governingTaxonomy(store)).toBeUndefined();
});

it('notices a taxonomy that another process wrote, and one that was rolled back', () => {
  governBy(store, draft({ version: 'one' }));
  expect(governingTaxonomy(store)?.taxonomy.version).toBe('one');
  const other = openStore(path.dirname(store.path));
  governBy(other, draft({ version: 'two' }));
  other.close();
  expect(governingTaxonomy(store)?.taxonomy.version).toBe('two');
  expect(() =>
    store.transaction(() => {
      governBy(store, draft({ version: 'three' }));
      expect(governingTaxonomy(store)?.taxonomy.version).toBe('three');
      throw new Error('rolled back');
    }),
  ).toThrow('rolled back');
  expect(governingTaxonomy(store)?.taxonomy.version).toBe('two');
});
