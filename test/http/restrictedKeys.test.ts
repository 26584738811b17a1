import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { buildApp } from '../../src/http/app.js';
import { activateGeneration } from '../../src/index/generation/activateGeneration.js';
import { matchProduct } from '../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../src/search/filter/parseFilter.js';
import { makeKey } from '../../src/service/apiKeys.js';
import { openService } from '../../src/service/openService.js';
import type { Service } from '../../src/service/service.js';
import { openStore } from '../../src/store/open.js';
import { makeGeneration } from '../index/makeGeneration.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

const SHOP: readonly Product[] = [
  {
    id: 'd1',
    title: 'Crimson evening dress',
    brand: 'Linnet',
    category: 'Apparel > Dresses',
    price: 89,
    stock: 2,
  },
  { id: 'd2', title: 'Crimson summer dress', brand: 'Linnet', category: 'Apparel > Dresses', price: 49 },
  {
    id: 'd3',
    title: 'Linen dresses, set of two',
    brand: 'Ocotillo',
    category: 'Apparel > Dresses',
    price: 120,
  },
  {
    id: 'j1',
    title: 'Denim jeans',
    brand: 'Ocotillo',
    category: 'Apparel > Jeans',
    price: 60,
    attributes: { fit: 'slim' },
  },
  {
    id: 'j2',
    title: 'Corduroy jeans',
    brand: 'Wexford',
    category: 'Apparel > Jeans',
    price: 70,
    attributes: { fit: 'slim' },
  },
  {
    id: 'm1',
    title: 'Stoneware mug',
    brand: 'Wexford',
    category: 'Kitchen > Mugs',
    price: 12,
    attributes: { glaze: 'matt' },
  },
  {
    id: 'm2',
    title: 'Porcelain mug',
    brand: 'Linnet',
    category: 'Kitchen > Mugs',
    price: 14,
    attributes: { glaze: 'matt' },
  },
  {
    id: 'm3',
    title: 'Travel mug KX-4410',
    brand: 'Wexford',
    category: 'Kitchen > Mugs',
    price: 24,
    gtin: '4006381333931',
  },
];

interface Shop {
  readonly app: FastifyInstance;
  readonly service: Service;
  /** The status and body of an answer to this key, without what differs from one shop or second to another. */
  readonly ask: (token: string, request: Asked) => Promise<unknown>;
  readonly key: (filter?: string) => string;
  readonly close: () => Promise<void>;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly payload?: object;
}

async function shopOf(products: readonly Product[]): Promise<Shop> {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const indexesDir = path.join(folder, 'indexes');
  await mkdir(indexesDir);
  const store = openStore(dataDir);
  store.transaction(() => {
    for (const product of products) store.products.upsert(product);
  });
  const { manifest } = await makeGeneration(indexesDir, products, { sequence: store.changes.last() });
  await activateGeneration(indexesDir, manifest.id);
  const service = await openService({ dataDir, indexesDir, modelDir: path.join(folder, 'no model') });
  const app = await buildApp({ service, webDir, logger: false });
  return {
    app,
    service,
    ask: async (token, request) => {
      const { statusCode, body } = await app.inject({
        ...request,
        headers: { authorization: `Bearer ${token}` },
      });
      return [statusCode, JSON.parse(body, (key, value: unknown) => (VARYING.has(key) ? undefined : value))];
    },
    key: (filter) => makeKey(store, { name: 'test', scope: 'search', filter }).token,
    close: async () => {
      store.close();
      await app.close();
      await service.close();
    },
  };
}

const VARYING = new Set([
  'took_ms',
  'parts',
  'generation',
  'instance',
  'request_id',
  'query_id',
  'queryID',
  'processingTimeMS',
]);

const filters = fc.constantFrom(
  "category = 'Apparel > Dresses'",
  "brand = 'Linnet'",
  'price < 50',
  "NOT category = 'Kitchen'",
  "attributes.fit EXISTS OR id = 'm3'",
  "brand = 'nobody'",
);
const texts = fc.constantFrom(
  '',
  'dress',
  'crimsn',
  'jeans under 65',
  'wexford mug',
  'kx',
  'porcelain',
  'glaze',
  '4006381333931',
);
const conditions = fc.constantFrom(
  undefined,
  "category = 'Apparel > Jeans'",
  'price > 20',
  "attributes.glaze = 'matt'",
  'attributes.glase = 1',
  'brand =',
);
const ids = fc.constantFrom(...SHOP.map(({ id }) => id), 'unheard');

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(given).toString();
}

/** Requests of every route that a key of scope search may call, by its operation in the API's document. */
const REQUESTS: Readonly<Record<string, fc.Arbitrary<Asked>>> = {
  'GET /v1/search': fc
    .record({
      q: texts,
      filter: conditions,
      sort: fc.constantFrom(undefined, 'price:desc', 'attributes.fit:asc', 'attributes.fitt:asc'),
      facets: fc.constantFrom(undefined, '*', 'brand,attributes.fit', 'attributes.gloss'),
      category_tree: fc.constantFrom(undefined, '3'),
      facet_ranges: fc.constantFrom(undefined, 'price:3'),
      facet_query: fc.constantFrom(undefined, 'brand:w'),
      explain: fc.constantFrom(undefined, 'true'),
      ignore: fc.constantFrom(undefined, "brand = 'Wexford'"),
    })
    .map((parameters) => ({ method: 'GET' as const, url: `/v1/search?${query(parameters)}` })),
  'POST /v1/search': fc
    .record({ q: texts, filter: conditions, refine: fc.constantFrom(undefined, "brand = 'Linnet'") })
    .map((payload) => ({
      method: 'POST' as const,
      url: '/v1/search',
      payload: { ...payload, facets: ['brand'] },
    })),
  'POST /v1/multi-search': fc.tuple(texts, conditions, conditions).map(([q, filter, other]) => ({
    method: 'POST' as const,
    url: '/v1/multi-search',
    payload: {
      searches: [
        { q, filter, facets: ['brand'] },
        { q, filter: other, facets: '*' },
        { q, filter, refine: "brand = 'Linnet'", facets: ['brand'] },
      ],
    },
  })),
  'POST /1/indexes/{index}/queries': fc
    .tuple(
      texts,
      fc.constantFrom(
        [],
        ['brand:Linnet'],
        [['brand:Linnet', 'attributes.fit:slim']],
        ['attributes.glase:1'],
      ),
      fc.constantFrom('', 'price < 50', 'attributes.glaze:matt'),
    )
    .map(([query, facetFilters, filters]) => ({
      method: 'POST' as const,
      url: '/1/indexes/*/queries',
      payload: {
        requests: [
          { indexName: 'products', query, facetFilters, filters, facets: ['*', 'categories.lvl1'] },
          { indexName: 'products/sort/price:desc', query, filters, facets: ['brand'] },
        ],
      },
    })),
  'POST /1/indexes/{index}/facets/{facet}/query': fc
    .tuple(
      fc.constantFrom('brand', 'categories.lvl1', 'attributes.fit'),
      fc.constantFrom('', 'w', 'dr', 'slm'),
    )
    .map(([facet, facetQuery]) => ({
      method: 'POST' as const,
      url: `/1/indexes/products/facets/${facet}/query`,
      payload: { facetQuery },
    })),
  'GET /v1/suggest': fc
    .constantFrom('', 'c', 'cri', 'dre', 'jea', 'wex', 'mug', 'crimsom', 'kx-4')
    .map((q) => ({
      method: 'GET' as const,
      url: `/v1/suggest?${query({ q, limit: '50' })}`,
    })),
  'GET /v1/products/{id}': ids.map((id) => ({ method: 'GET' as const, url: `/v1/products/${id}` })),
  'GET /v1/products/{id}/similar': fc.tuple(ids, conditions).map(([id, filter]) => ({
    method: 'GET' as const,
    url: `/v1/products/${id}/similar?${query({ filter, explain: 'true' })}`,
  })),
  'GET /v1/products/{id}/complements': ids.map((id) => ({
    method: 'GET' as const,
    url: `/v1/products/${id}/complements`,
  })),
  'GET /v1/similar': fc
    .tuple(ids, ids)
    .map((pair) => ({ method: 'GET' as const, url: `/v1/similar?${query({ ids: pair.join(',') })}` })),
  'POST /v1/similar': fc
    .tuple(ids, conditions)
    .map(([id, filter]) => ({ method: 'POST' as const, url: '/v1/similar', payload: { ids: [id], filter } })),
};

test('a key with a filter gets on every route what a shop of its products alone answers', async () => {
  const whole = await shopOf(SHOP);
  const all = whole.key();
  const alone = new Map<string, { shop: Shop; restricted: string; unrestricted: string }>();
  const answers = new Set<string>();
  await fc.assert(
    fc.asyncProperty(filters, fc.record(REQUESTS), async (filter, requests) => {
      let pair = alone.get(filter);
      if (pair === undefined) {
        const shop = await shopOf(SHOP.filter((product) => matchProduct(product, parseFilter(filter))));
        pair = { shop, restricted: whole.key(filter), unrestricted: shop.key() };
        alone.set(filter, pair);
      }
      for (const request of Object.values(requests)) {
        const answer = await whole.ask(pair.restricted, request);
        expect(answer, JSON.stringify(request)).toEqual(await pair.shop.ask(pair.unrestricted, request));
        answers.add(
          JSON.stringify(answer) === JSON.stringify(await whole.ask(all, request)) ? 'same' : 'other',
        );
      }
    }),
    { numRuns: 25 },
  );
  expect(answers).toEqual(new Set(['same', 'other']));
  for (const { shop } of alone.values()) await shop.close();
  await whole.close();
});

test('no other route takes a key with a filter', async () => {
  const shop = await shopOf(SHOP);
  const token = shop.key("brand = 'Linnet'");
  const { paths } = (await shop.app.inject({ url: '/docs/json' })).json<{
    paths: Record<string, object>;
  }>();
  const allowed: string[] = [];
  for (const [route, operations] of Object.entries(paths)) {
    for (const method of Object.keys(operations)) {
      const headers = { authorization: `Bearer ${token}` };
      const url = route.replaceAll(/\{\w+\}/g, 'd1');
      const { statusCode } = await shop.app.inject({ url, headers, method: methodOf(method) });
      if (statusCode !== 403) allowed.push(`${method.toUpperCase()} ${route}`);
    }
  }
  // Events say nothing about products.
  const open = ['GET /health/live', 'GET /health/ready', 'POST /1/events', 'POST /v1/events'];
  expect(allowed.sort()).toEqual([...open, ...Object.keys(REQUESTS)].sort());
  await shop.close();
});

function methodOf(name: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
  const method = methods.find((one) => one === name.toUpperCase());
  if (method === undefined) throw new Error(`the API's document has a method ${name}`);
  return method;
}
