import { expect, it, onTestFinished } from 'vitest';
import { openInsights } from '../../../src/service/insights/openInsights.js';
import { openStore } from '../../../src/store/open.js';
import { QueryLog } from '../../../src/store/queryLog.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../../taxonomy/draft.js';

const ORIGIN = { taxonomy: 't', model: 'm' };

it('counts the cells again after a write, a decision and a reindex, and only then', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.settings.set('taxonomy', draft());
  store.transaction(() => store.products.upsert({ id: 'a', title: 'Boots', category: 'Shoes' }));
  const insights = openInsights(store, 0);
  const first = await insights.completeness(undefined);
  expect(first).toMatchObject({ products: 1, filled: 1, applied: 0 });
  // Facts alone are not looked for: whatever writes them says so.
  store.transaction(() => store.facts.replace('a', [factOf('attributes.color', 'Red')], ORIGIN));
  expect((await insights.completeness(undefined)).applied).toBe(0);
  store.settings.set('enriched', 'by a reindex');
  expect((await insights.completeness(undefined)).applied).toBe(1);
  store.transaction(() => store.products.upsert({ id: 'b', title: 'Sandals', category: 'Shoes' }));
  expect((await insights.completeness('Shoes')).products).toBe(2);
});

it('reads queries whether or not they are recorded', () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const log = new QueryLog(store.path, 1000);
  const search = { day: '2026-11-29', mode: 'lexical', corrected: false, filtered: false } as const;
  log.add([
    { ...search, query: 'mug', total: 3 },
    { ...search, query: 'sofa', total: 0 },
  ]);
  log.close();
  const answer = openInsights(store, 30).queries('none', 10);
  expect(answer).toMatchObject({ recorded: true, days: 30, searches: 2, empty: 1 });
  expect(answer.queries.map(({ query }) => query)).toEqual(['sofa']);
  expect(openInsights(store, 0).queries('any', 10)).toMatchObject({ recorded: false });
});
