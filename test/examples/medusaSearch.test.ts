import { beforeAll, describe, expect, it } from 'vitest';
import { compileFilters } from '../../examples/medusa-search/compileFilters.js';
import type { ProviderSearchQuery, SearchIndex } from '../../examples/medusa-search/medusaTypes.js';
import { ShelfwrightSearch } from '../../examples/medusa-search/shelfwrightSearch.js';
import { type AlgoliaShop, openShop } from '../http/algolia/shop.js';

function definition(physical_name: string): SearchIndex {
  return {
    physical_name,
    primary_key: 'id',
    fields: {
      id: { type: 'keyword', filterable: true },
      title: { type: 'text' },
      description: { type: 'text' },
      status: { type: 'keyword', filterable: true, facetable: true },
      rank: { type: 'integer', filterable: true, sortable: true, facetable: true },
      created_at: { type: 'date', filterable: true, sortable: true },
      tags: {
        type: 'object',
        array: true,
        fields: { value: { type: 'keyword', filterable: true, facetable: true } },
      },
    },
  };
}

const PRODUCTS = definition('product_v1');
const ORDERS = definition('order_v1');
const KINDS = ['kettle', 'teapot', 'lamp'];

const DOCUMENTS = Array.from({ length: 30 }, (_, number) => ({
  id: `prod_${String(number).padStart(2, '0')}`,
  title: `${number % 2 === 0 ? 'Red' : 'Blue'} ${KINDS[number % 3]} ${number}`,
  status: number % 5 === 0 ? 'draft' : 'published',
  rank: number,
  created_at: new Date(Date.UTC(2026, 0, 1 + number)),
  tags: [{ value: KINDS[number % 3], id: `t${number}` }, { value: 'home' }],
  metadata: { nested: { kept: number } },
}));

let shop: AlgoliaShop;
let provider: ShelfwrightSearch;

beforeAll(async () => {
  shop = await openShop(undefined, []);
  const url = await shop.app.listen({ host: '127.0.0.1', port: 0 });
  provider = new ShelfwrightSearch({}, { url, api_key: shop.key(undefined, 'write') });
  await provider.upsertIndex({ index: PRODUCTS });
  await provider.upsertIndex({ index: ORDERS });
  expect(await provider.listIndexes()).toEqual([info('order_v1', 0), info('product_v1', 0)]);
  await provider.upsertDocuments({ index: 'product_v1', definition: PRODUCTS, documents: DOCUMENTS });
  await provider.upsertDocuments({
    index: 'order_v1',
    definition: ORDERS,
    documents: [{ id: 'prod_00', title: 'Order of a kettle', rank: 1000 }],
  });
  return () => shop.close();
});

const info = (name: string, document_count: number) => ({
  name,
  provider: 'search-shelfwright',
  document_count,
});

async function ask(more: Partial<ProviderSearchQuery>) {
  return provider.search({ index: PRODUCTS, attributes_to_retrieve: ['title'], ...more });
}
const idsFor = async (more: Partial<ProviderSearchQuery>) =>
  (await ask({ pagination: { take: 250 }, ...more })).hits.map(({ id }) => id);
const expected = (passes: (document: (typeof DOCUMENTS)[number]) => boolean) =>
  DOCUMENTS.filter(passes).map(({ id }) => id);

it('lists its indexes with their documents', async () => {
  expect(await provider.listIndexes()).toEqual([info('order_v1', 1), info('product_v1', 30)]);
});

describe('search', () => {
  it('finds documents of its index only, and returns what was asked for of them', async () => {
    const { hits, metadata } = await ask({
      q: 'red kettle',
      attributes_to_retrieve: ['title', 'tags.value', 'metadata'],
      search_options: { highlight: { fields: ['title'], pre_tag: '[', post_tag: ']' }, include_score: true },
    });
    expect(metadata).toMatchObject({ skip: 0, take: 20, query: 'red kettle' });
    expect(hits.map(({ id }) => id)).toContain('prod_12');
    expect(hits.find(({ id }) => id === 'prod_12')).toEqual({
      id: 'prod_12',
      score: expect.any(Number),
      document: {
        title: 'Red kettle 12',
        tags: [{ value: 'kettle' }, { value: 'home' }],
        metadata: { nested: { kept: 12 } },
      },
      highlights: { title: ['[Red] [kettle] 12'] },
    });
    // Another index has this word too, and neither is found by its own name.
    expect((await ask({ q: 'order' })).hits).toEqual([]);
    expect((await ask({ q: 'product_v1' })).hits).toEqual([]);
  });

  it('filters as Medusa does', async () => {
    const sorted = async (filters: Record<string, unknown>) => (await idsFor({ filters })).sort();
    expect(await sorted({ status: 'draft' })).toEqual(expected(({ status }) => status === 'draft'));
    expect(await sorted({ rank: { $gte: 3, $lt: 6 } })).toEqual(['prod_03', 'prod_04', 'prod_05']);
    expect(await sorted({ id: ['prod_01', 'prod_29'] })).toEqual(['prod_01', 'prod_29']);
    expect(await sorted({ 'tags.value': { $contains: ['lamp', 'home'] } })).toEqual(
      expected(({ rank }) => rank % 3 === 2),
    );
    expect(await sorted({ created_at: { $gt: new Date(Date.UTC(2026, 0, 29)) } })).toEqual(['prod_29']);
    expect(await sorted({ $or: [{ rank: 1 }, { $not: { rank: { $lt: 28 } } }] })).toEqual([
      ...['prod_01', 'prod_28', 'prod_29'],
    ]);
    expect(await sorted({ rank: { $in: [] } })).toEqual([]);
    expect(await sorted({ status: { $nin: ['draft', 'published'] } })).toEqual([]);
  });

  it('sorts, and any window holds what it should', async () => {
    const order = { rank: 'DESC' } as const;
    const all = await idsFor({ pagination: { take: 250, order } });
    expect(all).toEqual(expected(() => true).reverse());
    for (const [skip, take] of [
      [0, 7],
      [7, 7],
      [10, 7],
      [25, 10],
      [40, 10],
    ] as const) {
      expect(await idsFor({ pagination: { skip, take, order } })).toEqual(all.slice(skip, skip + take));
    }
  });

  it('counts values and statistics, several searches at once', async () => {
    const [first, second] = await provider.searchMany([
      {
        index: PRODUCTS,
        attributes_to_retrieve: [],
        search_options: { facets: ['status', { field: 'rank', type: 'stats' }] },
      },
      {
        index: PRODUCTS,
        attributes_to_retrieve: [],
        pagination: { skip: 5, take: 10 },
        search_options: { facets: [{ field: 'tags.value', limit: 2, sort: 'alpha' }], count: 'none' },
      },
    ]);
    expect(first?.metadata.count).toBe(30);
    expect(first?.facets).toEqual({
      status: {
        type: 'value',
        values: [
          { value: 'published', count: 24 },
          { value: 'draft', count: 6 },
        ],
      },
      rank: { type: 'stats', min: 0, max: 29, count: 30 },
    });
    expect(second?.metadata.count).toBeNull();
    expect(second?.hits).toHaveLength(10);
    expect(second?.facets?.['tags.value']).toMatchObject({
      values: [{ value: 'home', count: 30 }, { count: 10 }],
    });
  });

  it('refuses what it cannot do, rather than to answer something else', async () => {
    expect(() => compileFilters({ title: { $like: '%a%' } })).toThrow('cannot filter by $like');
    await expect(ask({ search_options: { vector: { value: [1] } } })).rejects.toThrow(
      'does not support vector',
    );
    await expect(ask({ pagination: { take: 251 } })).rejects.toThrow('expected 1 to 250, found 251');
    const refused = new ShelfwrightSearch({}, { url: `http://127.0.0.1:${port()}`, api_key: 'sw_wrong' });
    await expect(refused.listIndexes()).rejects.toThrow(/401/);
  });

  it('takes values with quotes and backslashes as they are', async () => {
    const index = definition('quotes');
    const status = `it's a \\ "status"`;
    await provider.upsertIndex({ index });
    await provider.upsertDocuments({
      index: 'quotes',
      definition: index,
      documents: [{ id: 'a/b 1', status }],
    });
    expect(
      (await provider.search({ index, attributes_to_retrieve: ['status'], filters: { status } })).hits,
    ).toEqual([{ id: 'a/b 1', document: { status } }]);
    await provider.deleteDocuments({ index: 'quotes', filters: { id: ['a/b 1', 'unknown'] } });
    await provider.deleteIndex({ index: 'quotes' });
    expect((await provider.listIndexes()).map(({ name }) => name)).not.toContain('quotes');
  });
});

it('replaces, deletes by filter, clears and deletes an index, and leaves the others', async () => {
  const index = definition('product_v2');
  const add = (documents: typeof DOCUMENTS) =>
    provider.upsertDocuments({ index: 'product_v2', definition: PRODUCTS, documents });
  await provider.upsertIndex({ index });
  await add(DOCUMENTS);
  await add([{ ...(DOCUMENTS[0] ?? never()), title: 'Green vase' }]);
  const count = async () =>
    (await provider.listIndexes()).find(({ name }) => name === 'product_v2')?.document_count;
  expect(await count()).toBe(30);
  expect((await ask({ index, q: 'green vase' })).hits[0]?.document).toEqual({ title: 'Green vase' });

  await provider.deleteDocuments({
    index: 'product_v2',
    filters: { rank: { $lt: 10 }, status: 'published' },
  });
  expect(await count()).toBe(22);
  await provider.clearIndex({ index: 'product_v2' });
  expect(await count()).toBe(0);
  await provider.deleteIndex({ index: 'product_v2' });
  expect(await provider.listIndexes()).toEqual([info('order_v1', 1), info('product_v1', 30)]);
});

function port(): number {
  const address = shop.app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function never(): never {
  throw new Error('There are no documents.');
}
