import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { readJudgments } from '../../src/catalog/evaluate/readJudgments.js';
import { readWeights } from '../../src/catalog/evaluate/readWeights.js';
import { UserError } from '../../src/domain/errors.js';
import { seededRandom } from '../../src/domain/seededRandom.js';
import type { ServedSearch, ShopEvent } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import { driftSince } from '../../src/learning/driftSince.js';
import { learn, learnedFiles } from '../../src/learning/learn.js';
import { readLearnedProducts } from '../../src/learning/learnedProducts.js';
import { hasLearned, LearnedStore } from '../../src/learning/learnedStore.js';
import { FEATURES } from '../../src/search/rank/rankingWeights.js';
import type { SearchAnswer } from '../../src/search/searchAnswer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const NOW = Date.UTC(2026, 10, 30);
const SEED = 16;
const SHOWN = 12;

const event = (action: string, objectId: string, more: Partial<ShopEvent> = {}): ShopEvent => ({
  ...{
    at: NOW - 3_600_000,
    action,
    objectId,
    queryId: null,
    sessionId: null,
    clientId: null,
    position: null,
  },
  ...{ quantity: null, price: null, orderId: null, attributes: null, key: null },
  ...more,
});

const search = (
  queryId: string,
  query: string,
  shown: string[],
  more: Partial<ServedSearch> = {},
): ServedSearch => ({
  ...{ queryId, query, shown, at: NOW - 7_200_000, total: shown.length, tookMs: 1, page: 1, filtered: false },
  ...{ clientId: null, experiment: null, variant: null, teams: null, fields: [], device: null },
  ...more,
});

function open(dataDir: string): EventStore {
  const store = new EventStore(dataDir, 1000);
  onTestFinished(() => store.close());
  return store;
}

/**
 * Searches for 40 queries whose good products (by meaning) are shown last, in an order that changes a little, with clicks of
 * shoppers who look at the first ranks most.
 */
async function shopFor(dataDir: string): Promise<EventStore> {
  const store = open(dataDir);
  const random = seededRandom(SEED);
  for (let query = 0; query < 40; query++) {
    const searches: ServedSearch[] = [];
    const events: ShopEvent[] = [];
    for (let i = 0; i < 60; i++) {
      const queryId = `${query}-${i}`;
      const ids = Array.from({ length: SHOWN }, (_, at) => `q${query}p${at}`);
      const shown = i % 2 === 0 ? ids : [...ids.slice(6), ...ids.slice(0, 6)];
      searches.push(search(queryId, `query ${query}`, shown));
      for (const [rank, id] of shown.entries()) {
        const quality = Number(id.split('p')[1]) >= 6 ? 0.8 : 0.1;
        if (random() < quality / (rank + 1)) events.push(event('click', id, { queryId }));
      }
    }
    await store.addSearches(searches);
    await store.add(events, NOW);
  }
  return store;
}

/** An index in which words put the bad products first, and meaning knows the good ones. */
const found = async (q: string): Promise<SearchAnswer> => ({
  ...{
    query: q,
    total: SHOWN,
    page: 1,
    per_page: 250,
    facets: {},
    mode: 'hybrid',
    generation: 'g',
    took_ms: 1,
  },
  understood: { filters: [], corrections: [], synonyms: [], readings: [], relaxed: [] },
  hits: Array.from({ length: SHOWN }, (_, at) => {
    const id = `q${q.replace('query ', '')}p${at}`;
    const value = (feature: string): number =>
      feature === 'words' ? 1 - at / 20 : feature === 'meaning' ? 0.2 + at / 30 : 0;
    const features = Object.fromEntries(
      Object.keys(FEATURES).map((name) => [name, { value: value(name), weight: 1, share: 0, about: '' }]),
    );
    const explain = { matched: [], shares: {}, words: [], features, facts: [] };
    return { id, score: 1, tier: 'all' as const, product: { id }, explain };
  }),
});

it(`learns judgments, weights that do better on held-out queries, and keeps all for a restart (seed ${SEED})`, async () => {
  const dataDir = temporaryFolder();
  const events = await shopFor(dataDir);
  expect(hasLearned(dataDir)).toBe(false);
  const report = await learn({ events, dataDir, now: NOW, search: ({ q }) => found(q) });
  expect(report).toMatchObject({ searches: 2400, queries: 40, judged_queries: 40, left_out: 0, orders: 0 });
  expect(report.click_model.converged).toBe(true);
  expect(report.click_model.examination[0]).toBeGreaterThan(report.click_model.examination[4] ?? 1);
  const grades = (await readJudgments(learnedFiles(dataDir).judgments)).get('query 3');
  const mean = (good: boolean): number => {
    const own = [...(grades ?? [])].filter(([id]) => Number(id.split('p')[1]) >= 6 === good);
    return own.reduce((sum, [, grade]) => sum + grade, 0) / own.length;
  };
  expect(mean(true)).toBeGreaterThan(2 * mean(false));
  const { weights } = report;
  expect(weights.held_out + weights.fitted_on).toBe(40);
  expect(weights.after).toBeGreaterThan(weights.before);
  expect(weights.offered).toBe(true);
  const offered = await readWeights(learnedFiles(dataDir).weights);
  expect(offered.meaning / offered.words).toBeGreaterThan(0.4);
  const again = await learn({ events, dataDir, now: NOW + 1, search: undefined });
  expect(again.weights.offered).toBe(false);
  const store = new LearnedStore(dataDir);
  onTestFinished(() => store.close());
  expect(store.retrainings()).toEqual([again, report]);
  const { popularity, trials } = readLearnedProducts(learnedFiles(dataDir).products);
  expect(popularity.get('q3p7')).toBeGreaterThan(0);
  expect(popularity.get('nobody')).toBeUndefined();
  const { successes = 0, failures = 0 } = trials.get('q3p7') ?? {};
  expect(successes).toBeGreaterThan(0);
  expect(successes + failures).toBeLessThanOrEqual(60);
});

it('keeps complements beyond chance from orders, both ways, and replaces those of the last learning', async () => {
  const dataDir = temporaryFolder();
  const events = open(dataDir);
  const buy = (order: number, ids: string[]): ShopEvent[] =>
    ids.map((id) => event('purchase', id, { orderId: `o${order}`, price: 5, quantity: 1 }));
  const random = seededRandom(SEED);
  const orders = Array.from({ length: 300 }, (_, order) => [
    ...(order % 10 === 0 ? ['printer', 'ink'] : []),
    ...['a', 'b', 'c', 'd'].filter(() => random() < 0.4),
  ]);
  await events.add(
    orders.flatMap((ids, order) => buy(order, ids)),
    NOW,
  );
  expect([...events.orders(0, NOW)].flat()).toHaveLength(orders.flat().length);
  const report = await learn({ events, dataDir, now: NOW, search: undefined });
  expect(report.orders).toBe(orders.filter((ids) => ids.length > 0).length);
  const store = new LearnedStore(dataDir);
  onTestFinished(() => store.close());
  expect(store.complements('printer')).toEqual([
    { other: 'ink', together: 30, lift: expect.closeTo(report.orders / 30, 6), low: expect.any(Number) },
  ]);
  expect(store.complements('ink')[0]?.low).toBeGreaterThan(1);
  expect(store.complements('a')).toEqual([]);
  await events.deleteBefore(NOW + 1);
  await learn({ events, dataDir, now: NOW, search: undefined });
  expect(store.complements('printer')).toEqual([]);
  expect(existsSync(learnedFiles(dataDir).weights)).toBe(false);
  expect(await readFile(learnedFiles(dataDir).judgments, 'utf8')).toBe('query\tproduct_id\tgrade\n');
});

it('says what to fix next, by lost revenue, with what a click is worth', async () => {
  const dataDir = temporaryFolder();
  const events = open(dataDir);
  const searches: ServedSearch[] = [];
  const bought: ShopEvent[] = [];
  for (let i = 0; i < 40; i++) {
    searches.push(search(`good-${i}`, 'lamp', ['dull', 'lamp']));
    if (i % 2 === 0)
      bought.push(
        event('purchase', 'lamp', { queryId: `good-${i}`, price: 10, quantity: 2, orderId: `o${i}` }),
      );
  }
  for (let i = 0; i < 30; i++) searches.push(search(`none-${i}`, 'sofa bed', []));
  for (let i = 0; i < 20; i++) searches.push(search(`bad-${i}`, 'vase', ['pot']));
  searches.push(search('old', 'lamp', ['lamp'], { at: NOW - 80 * 86_400_000 }));
  searches.push(
    search('page-2', 'sofa bed', [], { page: 2 }),
    search('filter', 'sofa bed', [], { filtered: true }),
  );
  await events.addSearches(searches);
  await events.add(bought, NOW);
  const { drift } = await learn({ events, dataDir, now: NOW, search: undefined });
  expect(drift).toEqual({ clicked: [0, 20 / 90], empty: [0, 30 / 90], new_queries: 50 / 90 });
  const store = new LearnedStore(dataDir);
  onTestFinished(() => store.close());
  const fixes = store.fixes();
  // 400 from 61 searches with results; 20 of them with a click, worth 20 each.
  expect(
    fixes.map(({ kind, subject, count, lost_revenue }) => ({ kind, subject, count, lost_revenue })),
  ).toEqual([
    { kind: 'no_results', subject: 'sofa bed', count: 30, lost_revenue: 196.72 },
    { kind: 'no_clicks', subject: 'vase', count: 20, lost_revenue: 131.15 },
  ]);
  expect(fixes[0]?.command).toBe('shelfwright synonyms suggest');
});

it('lists fields that shoppers filter by and products lack, and says what filled values are worth', async () => {
  const dataDir = temporaryFolder();
  const events = await shopFor(dataDir);
  const filtered = Array.from({ length: 30 }, (_, place) =>
    search(`f${place}`, 'query 1', ['q1p1'], {
      filtered: true,
      fields: place < 20 ? ['attributes.Screen size', 'price'] : ['attributes.gone'],
    }),
  );
  await events.addSearches(filtered);
  const report = await learn({
    ...{ events, dataDir, now: NOW },
    search: async ({ q, filter }) => {
      if (filter?.includes('gone')) throw new UserError('filter: unknown field', { field: 'filter' });
      if (filter === undefined) return found(q);
      return { ...(await found(q)), total: filter === '`attributes.Screen size` NOT EXISTS' ? 9 : 0 };
    },
    // Without filled values the good products are not found.
    searchUnenriched: async ({ q }) => {
      const answer = await found(q);
      return { ...answer, hits: answer.hits.slice(0, 6) };
    },
  });
  const learned = new LearnedStore(dataDir);
  onTestFinished(() => learned.close());
  expect(learned.fixes().filter(({ kind }) => kind === 'empty_attribute')).toEqual([
    {
      ...{ kind: 'empty_attribute', subject: 'attributes.Screen size', count: 20, lost_revenue: null },
      reason:
        '20 searches were filtered by Screen size, and 75 % of the products that they are about have none, so that the filter hides them: fill it.',
      ...{ command: 'shelfwright reindex --fields "Screen size"', page: '/desk/review' },
    },
  ]);
  expect(report.enrichment).toMatchObject({ queries: 40, empty_with: 0, empty_without: 0 });
  expect(report.enrichment?.low).toBeGreaterThan(0);
  expect(report.enrichment?.ndcg_with).toBeGreaterThan(report.enrichment?.ndcg_without ?? 1);
});

it('says that shoppers search otherwise since the last learning, and not by chance', async () => {
  const dataDir = temporaryFolder();
  const events = await shopFor(dataDir);
  const report = await learn({ events, dataDir, now: NOW, search: undefined });
  const since = async (count: number, query: string) => {
    await events.addSearches(
      Array.from({ length: count }, (_, place) =>
        search(`${query} ${place}`, query, ['a'], { at: NOW + place }),
      ),
    );
    const reader = events.openReader();
    const drift = { new_queries: 0.02, clicked: [0, 0], empty: [0, 0] } satisfies typeof report.drift;
    const found = driftSince(reader, { ...report, drift }, learnedFiles(dataDir).queries);
    reader.close();
    return found;
  };
  expect(await since(600, 'query 1')).toBeUndefined();
  expect(await since(10, 'poncho')).toBeUndefined();
  expect(await since(100, 'cape')).toMatch(
    /^Shoppers search otherwise since the last learning: 15\.5 % of the searches are for queries that it did not know, where 2 % were\.$/,
  );
});
