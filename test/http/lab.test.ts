import { expect, onTestFinished, test } from 'vitest';
import { documentOf } from '../../src/domain/filledProduct.js';
import { factOf } from '../domain/fact.js';
import { makeGeneration } from '../index/makeGeneration.js';
import { type AlgoliaShop, openShop, PRODUCTS } from './algolia/shop.js';

/** Filled by the enricher: searches by this value find it only with filled values. */
const FILLED = documentOf({
  product: { id: 'filled', title: 'Plain bowl', brand: 'Fernhill', attributes: { material: 'Porcelain' } },
  facts: [factOf('attributes.material', 'Porcelain')],
});

async function opened() {
  const shop = await openShop(undefined, [...PRODUCTS, FILLED]);
  onTestFinished(() => shop.close());
  return { shop, send: sender(shop) };
}

function sender({ app }: AlgoliaShop, key?: string) {
  return async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const headers = key === undefined ? {} : { 'x-api-key': key };
    const answer = await app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
}

const idsOf = ({ hits }: { hits: { id: string }[] }) => hits.map(({ id }) => id);

test('compares a search with two configurations', async () => {
  const { send } = await opened();
  const rules = `
format: 1
rules: [{ id: no-red, when: { query: lamp }, then: { hide: [p18] } }]
synonyms: [lantern => lamp]
`;
  await send('PUT', '/v1/rules', { rules, by: 'Dana' });
  const compare = async (q: string, second: object, first = {}) =>
    (await send('POST', '/v1/lab/compare', { search: { q }, first, second })).body;

  const { first, second } = await compare('lamp', { rules: false });
  expect(idsOf(first)).toEqual(idsOf((await send('GET', '/v1/search?q=lamp')).body));
  expect(first.rules).toEqual(['no-red']);
  expect(idsOf(first)).not.toContain('p18');
  expect(idsOf(second)).toContain('p18');
  expect(second.total).toBe(first.total + 1);

  const synonyms = await compare('lantern', { rules: false });
  expect([synonyms.first.total, synonyms.second.total]).toEqual([9, 0]);
  const facts = await compare('plain bowl', { facts: false });
  expect(facts.first.hits[0].product).toMatchObject({ id: 'filled', attributes: { material: 'Porcelain' } });
  expect(facts.second.hits[0].product).toMatchObject({ id: 'filled', title: 'Plain bowl' });
  expect(facts.second.hits[0].product.attributes?.material).toBeUndefined();
  const typed = await compare('lampp', { correct: false });
  expect(typed.first.understood.corrections).toEqual(['lampp → lamp']);
  expect(typed.second.understood.corrections).toEqual([]);
  const weighed = await compare('red lamp', { weights: { words: 0 } });
  expect(weighed.second.hits[0].score).toBeLessThan(weighed.first.hits[0].score);
});

test('compares with another generation, which says of products what it said then', async () => {
  const { shop, send } = await opened();
  const before = PRODUCTS.map((product) => (product.id === 'p18' ? { id: 'p18', title: 'Shade' } : product));
  const { manifest } = await makeGeneration(shop.indexesDir, before, { sequence: shop.store.changes.last() });
  await send('POST', '/v1/products', [{ id: 'late', title: 'Late lamp' }]);
  const compare = (search: object, second: object) =>
    send('POST', '/v1/lab/compare', { search, second: { generation: manifest.id, ...second } });
  const { first, second } = (await compare({ q: 'lamp', per_page: 50 }, {})).body;
  expect(idsOf(first)).toEqual(expect.arrayContaining(['late', 'p18']));
  expect(second.generation).toBe(manifest.id);
  expect(idsOf(second).toSorted()).toEqual(
    idsOf(first)
      .filter((id) => id !== 'p18')
      .toSorted(),
  );
  const unknown = await compare({ q: 'lamp' }, { generation: 'none' });
  expect([unknown.status, unknown.body.detail]).toEqual([
    400,
    'The generation none cannot be opened: shelfwright generations lists those on disk.',
  ]);
  const served = (await compare({ q: 'lamp', per_page: 50 }, { generation: first.generation })).body;
  expect(idsOf(served.second)).toEqual(idsOf(first));
  const judged = { judgments: [{ query: 'lamp', grades: { p18: 3 } }], second: { generation: manifest.id } };
  const [measured] = (await send('POST', '/v1/lab/evaluate', judged)).body.queries;
  expect([measured.first.found, measured.second.found]).toEqual([10, 9]);
});

test('measures two configurations as shelfwright evaluate search does', async () => {
  const { send } = await opened();
  await send('PUT', '/v1/rules', {
    rules: `format: 1\nrules: [{ id: r, when: { query: lamp }, then: { filter: "brand = 'Quill'" } }]\n`,
    by: 'Dana',
  });
  const { status, body } = await send('POST', '/v1/lab/evaluate', {
    judgments: [
      { query: 'lamp', grades: { p18: 3, p19: 0 } },
      { query: 'zeppelin', grades: { p18: 1 } },
      { query: 'rug', grades: { p27: 0 } },
    ],
    second: { rules: false },
  });
  expect(status).toBe(200);
  const [lamp, zeppelin, rug] = body.queries;
  expect(lamp).toMatchObject({
    relevant: true,
    first: { ndcg_at_10: 0, reciprocal_rank: 0, recall_at_100: 0, found: 3 },
    second: { recall_at_100: 1, found: 9 },
  });
  const all = await send('GET', '/v1/search?q=kettle');
  expect(all.body.total).toBe(9);
  // The only relevant product: its rank alone makes both measures.
  const rank = 1 / lamp.second.reciprocal_rank;
  expect(lamp.second.ndcg_at_10).toBeCloseTo(1 / Math.log2(rank + 1), 12);
  expect(zeppelin).toMatchObject({ first: { found: 0 }, second: { found: 0 } });
  expect(rug.relevant).toBe(false);
});

test('the lab is for admins, and its requests are limited', async () => {
  const { shop, send } = await opened();
  const many = Array.from({ length: 26 }, (_, at) => ({ query: `q${at}`, grades: { a: 1 } }));
  const refused = await send('POST', '/v1/lab/evaluate', { judgments: many });
  expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'judgments']);
  const wrong = await send('POST', '/v1/lab/compare', {
    search: { q: 'a' },
    second: { weights: { word: 1 } },
  });
  expect(wrong.status).toBe(400);
  const search = { search: { q: 'lamp' } };
  const judged = { judgments: [{ query: 'lamp', grades: { p18: 1 } }] };
  for (const [scope, status] of [
    ['search', 403],
    ['write', 403],
    ['admin', 200],
  ] as const) {
    const ask = sender(shop, shop.key(undefined, scope));
    expect((await ask('POST', '/v1/lab/compare', search)).status).toBe(status);
    expect((await ask('POST', '/v1/lab/evaluate', judged)).status).toBe(status);
  }
});

test('published synonyms apply from the next search on, can be tried before, and are rolled back', async () => {
  const { send } = await opened();
  const total = async () => (await send('GET', '/v1/search?q=teapots+lantern')).body.total;
  const found = async () => (await send('GET', '/v1/search?q=lantern')).body;
  expect((await found()).total).toBe(0);
  const rules = { format: 1, rules: [], synonyms: ['lantern => lamp'] };
  const before = await total();
  const { body } = await send('POST', '/v1/rules/preview', { rules, search: { q: 'lantern' } });
  expect([body.now.total, body.with_rules.total]).toEqual([0, 9]);
  expect((await found()).total).toBe(0);
  await send('PUT', '/v1/rules', { rules, by: 'Dana' });
  expect(await found()).toMatchObject({ total: 9, understood: { synonyms: ['lantern → lamp'] } });
  expect((await found()).total).toBe(9);
  await send('POST', '/v1/rules/rollback', { to: 0, by: 'Dana' });
  expect((await found()).total).toBe(0);
  expect(await total()).toBe(before);
});
