import { expect, it, onTestFinished } from 'vitest';
import { addToCompletenessHistory } from '../../src/catalog/reindex/completenessHistory.js';
import { saveReindexReport } from '../../src/catalog/reindex/reindexReports.js';
import type { Product } from '../../src/domain/product.js';
import { saveQuality } from '../../src/service/monitor/quality.js';
import { QueryLog } from '../../src/store/queryLog.js';
import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { factOf } from '../domain/fact.js';
import { openShop } from './algolia/shop.js';

const ORIGIN = { taxonomy: 't', model: 'm' };
const PRODUCTS: readonly Product[] = [
  { id: 'm1', title: 'Red mug', category: 'Kitchen > Mugs', attributes: { color: 'Red' } },
  { id: 'm2', title: 'Blue mug', category: 'Kitchen > Mugs' },
  { id: 'm3', title: 'Mug', category: 'Kitchen > Mugs', attributes: { color: 'Taupe' } },
  { id: 'l1', title: 'Lamp in red', category: 'Living > Lamps' },
  { id: 'x1', title: 'Something' },
  ...['x2', 'x3'].map((id) => ({ id, title: 'Mug, taupe', attributes: { color: 'taupe' } })),
];

const taxonomy = taxonomySchema.parse({
  format: 1,
  version: 't',
  language: 'en',
  owner: 'tests',
  changelog: [{ version: 't', date: '2026-11-21', changes: ['first'] }],
  attributes: [
    {
      id: 'color',
      name: 'Colour',
      type: 'enum',
      values: [{ name: 'Red', aliases: ['crimson'] }, { name: 'Dark red' }, { name: 'Blue' }],
    },
    { id: 'capacity', name: 'Capacity', type: 'number+unit', unit: 'ml' },
    { id: 'lid', name: 'Lid', type: 'boolean' },
  ],
  carried: ['color'],
  categories: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'mugs', name: 'Mugs', parent: 'kitchen' },
    { id: 'living', name: 'Living' },
    { id: 'lamps', name: 'Lamps', parent: 'living' },
  ],
});

async function opened(products: readonly Product[] = PRODUCTS) {
  const shop = await openShop(undefined, products);
  onTestFinished(() => shop.close());
  shop.store.settings.set('taxonomy', taxonomy);
  const get = async (url: string) => (await shop.app.inject({ url })).json();
  return { ...shop, get };
}

it('counts cells by category, before and after enrichment, and says where to start', async () => {
  const { store, get } = await opened();
  store.transaction(() => {
    store.facts.replace('m2', [factOf('attributes.color', 'Blue')], ORIGIN);
    store.facts.replace(
      'l1',
      [factOf('attributes.color', 'Red', { status: 'suggested', confidence: 0.8 })],
      ORIGIN,
    );
    store.facts.replace('x1', [factOf('category', 'Living > Lamps', { status: 'suggested' })], ORIGIN);
  });
  const whole = await get('/v1/completeness');
  // Seven categories and seven colours.
  expect(whole).toMatchObject({
    ...{ products: 7, counted: 7, under: null, cells: 14, filled: 8, applied: 1, suggested: 2 },
    ...{ before: 8 / 14, after: 9 / 14, proposals: 1 },
    categories: [
      { category: 'Kitchen', narrower: true, products: 3, cells: 6, filled: 5, applied: 1, suggested: 0 },
      { category: '', narrower: false, products: 2, cells: 4, filled: 2, applied: 0, suggested: 0 },
      { category: 'Living', narrower: true, products: 2, cells: 4, filled: 1, applied: 0, suggested: 2 },
    ],
  });
  expect(whole.expected).toBeCloseTo((9 + 0.8 + 0.9) / 14);
  expect(whole.starts.slice(0, 2)).toEqual([
    { category: 'Living', field: 'category', blank: 1, suggested: 1, expected: 0.9 },
    { category: 'Living', field: 'attributes.color', blank: 2, suggested: 1, expected: 0.8 },
  ]);
  expect(await get('/v1/completeness?under=Kitchen')).toMatchObject({
    under: 'Kitchen',
    cells: 6,
    categories: [{ category: 'Kitchen > Mugs', narrower: false, products: 3 }],
  });
  expect(await get('/v1/completeness?under=Garden')).toMatchObject({ cells: 0, before: 0, categories: [] });
});

it('counts again after a write, and counts nothing in an empty shop', async () => {
  const { app, get } = await opened([]);
  expect(await get('/v1/completeness')).toMatchObject({ products: 0, cells: 0, categories: [], starts: [] });
  await app.inject({ method: 'POST', url: '/v1/products', payload: [{ id: 'a', title: 'A mug' }] });
  expect(await get('/v1/completeness')).toMatchObject({ products: 1, cells: 2, filled: 0 });
});

it('lists queries, all or those without results', async () => {
  const { store, get } = await opened();
  const log = new QueryLog(store.path, 1000);
  const search = { day: '2026-11-29', mode: 'lexical', corrected: false, filtered: false } as const;
  log.add([
    { ...search, query: 'mug', total: 3 },
    { ...search, query: 'sofa', total: 0 },
    { ...search, query: 'sofa', total: 0 },
  ]);
  log.close();
  expect(await get('/v1/queries?found=none')).toEqual({
    ...{ recorded: false, days: 0, searches: 3, empty: 2 },
    queries: [{ query: 'sofa', searches: 2, total: 0, last_day: '2026-11-29' }],
  });
  expect((await get('/v1/queries?limit=1')).queries).toMatchObject([{ query: 'sofa' }]);
  expect((await get('/v1/queries')).queries).toHaveLength(2);
});

it('answers the quality over time, thinned with age', async () => {
  const { store, get } = await opened();
  const measure = { threshold: 0.3, of: 500, state: 'known', sentence: 'so many' } as const;
  const now = Date.parse('2026-11-30T12:00:00Z');
  const hours = [24 * 40 + 2, 24 * 40 + 1, 24 * 3 + 0.2, 24 * 3, 1, 0.5, 0];
  for (const [place, ago] of hours.entries()) {
    const at = new Date(now - ago * 3_600_000).toISOString();
    const measures = [{ ...measure, name: 'drift' as const, value: place / 100 }];
    saveQuality(store, { format: 1, at, generation: 'g', measures });
  }
  const { history } = await get('/v1/quality');
  // One of the day, one of each hour, all of the last day.
  expect(history.map(({ values }: { values: { drift: number } }) => values.drift)).toEqual([
    0.01, 0.02, 0.03, 0.04, 0.05, 0.06,
  ]);
});

it('says what each reindex changed, and which fields wait for decisions', async () => {
  const { store, get } = await opened();
  const [{ id }] = (await get('/v1/generations')).generations;
  const waiting = [{ field: 'attributes.color', from: 0.7, seen: 24, right: 21, target: 0.95, missing: 12 }];
  saveReindexReport(store, { generation: id, applied: { category: 4 }, unapplied: { size: 1 }, waiting });
  saveReindexReport(store, { generation: 'later', applied: {}, unapplied: {}, waiting: null });
  expect((await get('/v1/generations')).generations).toMatchObject([
    { id, changed: { category: { applied: 4, unapplied: 0 }, size: { applied: 0, unapplied: 1 } } },
  ]);
  expect((await get('/v1/completeness')).waiting).toEqual(waiting);
  expect((await get('/v1/completeness')).history).toEqual([]);
  const points = [0.4, 0.5].map((after, day) => ({
    ...{ at: `2026-11-2${day}T03:00:00.000Z`, generation: `g${day}`, products: 7, before: 0.3, after },
  }));
  for (const point of points) addToCompletenessHistory(store, point);
  expect((await get('/v1/completeness')).history).toEqual(points);
});

it('lists the values that a field may have, those that begin with what was typed first', async () => {
  const { app, get } = await opened();
  const values = async (field: string, q = '') =>
    get(`/v1/fields/${field}/values?q=${encodeURIComponent(q)}`);
  expect(await values('attributes.color', 'red')).toEqual({
    ...{ field: 'attributes.color', type: 'enum', open: false, total: 2 },
    values: ['Red', 'Dark red'],
  });
  expect((await values('attributes.color', 'crim')).values).toEqual(['Red']);
  expect((await values('category', 'kitchen mu')).values).toEqual(['Kitchen > Mugs']);
  expect(await values('attributes.capacity')).toMatchObject({ type: 'number+unit', unit: 'ml', open: true });
  expect((await values('attributes.lid', 'ye')).values).toEqual([true]);
  expect(await values('attributes.unknown')).toMatchObject({ type: 'text', open: true, total: 0 });
  const limited = await get('/v1/fields/category/values?limit=1');
  expect(limited).toMatchObject({ total: 4, values: ['Kitchen'] });
  expect((await app.inject({ url: '/v1/fields/category/values?limit=0' })).statusCode).toBe(400);
});

it('names the products of a group that speak against its value', async () => {
  const titles = ['Mug in red', 'Mug in red, dark red rim', 'Red mug', 'Cup'];
  const { store, get } = await opened(titles.map((title, nth) => ({ id: `p${nth}`, title })));
  const fact = { status: 'suggested', method: 'classifier' } as const;
  const evidence = { neighbours: [{ id: 'p0', similarity: 0.5, value: 'Red' }] };
  store.transaction(() => {
    for (const [nth] of titles.entries()) {
      const red = factOf('attributes.color', 'Red', { ...fact, evidence, confidence: 0.6 + nth / 10 });
      store.facts.replace(`p${nth}`, [red], ORIGIN);
    }
  });
  const { groups, fields } = await get('/v1/suggestions');
  expect(fields).toEqual([{ field: 'attributes.color', groups: 1, suggestions: 4 }]);
  const { counter_examples } = await get(`/v1/suggestions/${groups[0].group}`);
  expect(counter_examples).toMatchObject([
    { id: 'p1', against: 'says_other', says: 'its title also says “dark red” (Dark red)' },
    { id: 'p3', against: 'not_said' },
    { id: 'p0', against: 'least_sure', confidence: 0.6 },
  ]);
});
