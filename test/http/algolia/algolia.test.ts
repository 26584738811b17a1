import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AlgoliaShop, openShop, PRODUCTS } from './shop.js';

let shop: AlgoliaShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function post(url: string, payload: unknown, headers: Record<string, string> = {}) {
  const answer = await shop.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'text/plain', ...headers },
    payload: JSON.stringify(payload),
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** The only result of a search with these parameters. */
async function ask(parameters: object, indexName = 'products') {
  const { status, body } = await post('/1/indexes/*/queries', { requests: [{ indexName, ...parameters }] });
  expect([status, body]).toMatchObject([200, { results: [{}] }]);
  return body.results[0];
}

const idsOf = (result: { hits: { objectID: string }[] }) => result.hits.map(({ objectID }) => objectID);
const idsWhere = (pass: (product: (typeof PRODUCTS)[number]) => boolean) =>
  PRODUCTS.filter(pass)
    .map(({ id }) => id)
    .sort();

test('a search is answered with hits, counts and pages as Algolia does', async () => {
  const result = await ask({ query: 'red kettle', hitsPerPage: 2, page: 1, clickAnalytics: true });
  expect(result).toMatchObject({
    ...{ page: 1, hitsPerPage: 2, query: 'red kettle', index: 'products' },
    ...{ exhaustiveNbHits: true, params: 'query=red+kettle&hitsPerPage=2&page=1&clickAnalytics=true' },
  });
  expect(result.nbPages).toBe(Math.ceil(result.nbHits / 2));
  expect(result.queryID).toMatch(/^[0-9a-f-]{36}$/);
  expect(Number.isInteger(result.processingTimeMS)).toBe(true);
  const first = await ask({ query: 'red kettle', hitsPerPage: 1 });
  expect(first.hits[0]).toMatchObject({
    objectID: 'p00',
    brand: 'Fernhill',
    categories: {
      lvl0: 'Kitchen',
      lvl1: 'Kitchen > Hot drinks',
      lvl2: 'Kitchen > Hot drinks > Kettles',
    },
  });
  expect(first).not.toHaveProperty('facets');
  expect(await ask({ query: 'red kettle', hitsPerPage: 0 })).toMatchObject({ hits: [], nbPages: 0 });
});

test('the URL-encoded params are read as the members are', async () => {
  const facetFilters = [['brand:Oak & Ash', 'brand:Quill'], 'attributes.color:Red'];
  const members = { query: 'teapot', facetFilters, facets: ['brand'], hitsPerPage: 3, page: 0 };
  const params = `query=teapot&facetFilters=${encodeURIComponent(JSON.stringify(facetFilters))}&facets=${encodeURIComponent('["brand"]')}&hitsPerPage=3&page=0`;
  const [plain, encoded] = [await ask(members), await ask({ params })];
  expect(idsOf(encoded)).toEqual(idsOf(plain));
  expect(idsOf(plain).length).toBeGreaterThan(0);
  expect(encoded.facets).toEqual(plain.facets);
  expect(encoded.params).toBe(params);
  expect(idsOf(await ask({ params: members }))).toEqual(idsOf(plain));
});

test('matches are marked with the given tags, and the rest is escaped if they are HTML', async () => {
  const plain = await ask({
    query: 'red kettle',
    hitsPerPage: 1,
    highlightPreTag: '__ais-highlight__',
    highlightPostTag: '__/ais-highlight__',
  });
  const { title, attributes, brand } = plain.hits[0]._highlightResult;
  expect(title).toEqual({
    value: '__ais-highlight__Red__/ais-highlight__ __ais-highlight__kettle__/ais-highlight__ <0>',
    matchLevel: 'full',
    matchedWords: ['red', 'kettle'],
    fullyHighlighted: false,
  });
  expect(attributes.color).toMatchObject({
    matchLevel: 'partial',
    matchedWords: ['red'],
    fullyHighlighted: true,
  });
  expect(attributes.tags).toEqual([{ value: 'plain', matchLevel: 'none', matchedWords: [] }]);
  expect(brand).toEqual({ value: 'Fernhill', matchLevel: 'none', matchedWords: [] });
  const html = await ask({ query: 'kettle', hitsPerPage: 1, attributesToHighlight: ['title'] });
  expect(html.hits[0]._highlightResult).toEqual({
    title: {
      value: 'Red <em>kettle</em> &lt;0&gt;',
      matchLevel: 'full',
      matchedWords: ['kettle'],
      fullyHighlighted: false,
    },
  });
  const snippet = await ask({ query: 'kettle', hitsPerPage: 1, attributesToSnippet: ['title:1'] });
  expect(snippet.hits[0]._snippetResult.title.value).toBe('…<em>kettle</em>…');
});

test('attributesToRetrieve selects the members of hits', async () => {
  const [hit] = (await ask({ attributesToRetrieve: ['title', 'attributes.color'], hitsPerPage: 1 })).hits;
  expect(Object.keys(hit).sort()).toEqual(['_highlightResult', 'attributes', 'objectID', 'title']);
  expect(Object.keys(hit.attributes)).toEqual(['color']);
  const [rest] = (await ask({ attributesToRetrieve: '*,-attributes,-price', hitsPerPage: 1 })).hits;
  expect(rest).toHaveProperty('brand');
  expect(rest).not.toHaveProperty('attributes');
  expect(rest).not.toHaveProperty('price');
});

test('filters, facetFilters and numericFilters leave what they say', async () => {
  const found = async (parameters: object) => idsOf(await ask({ hitsPerPage: 100, ...parameters })).sort();
  expect(await found({ facetFilters: [['brand:Quill', 'attributes.color:Red']] })).toEqual(
    idsWhere(({ brand, attributes }) => brand === 'Quill' || attributes?.color === 'Red'),
  );
  expect(await found({ facetFilters: ['brand:-Quill', 'attributes.color:Red'] })).toEqual(
    idsWhere(({ brand, attributes }) => brand !== 'Quill' && attributes?.color === 'Red'),
  );
  expect(await found({ numericFilters: ['price>=20', ['price<30', 'price:60 TO 62']] })).toEqual(
    idsWhere(({ price = 0 }) => price >= 20 && (price < 30 || (price >= 60 && price <= 62))),
  );
  expect(
    await found({ filters: '(brand:"Oak & Ash" OR price > 70) AND NOT attributes.color:\'Moss green\'' }),
  ).toEqual(
    idsWhere(
      ({ brand, price = 0, attributes }) =>
        (brand === 'Oak & Ash' || price > 70) && attributes?.color !== 'Moss green',
    ),
  );
  expect(await found({ facetFilters: 'categories.lvl1:Kitchen > Hot drinks' })).toEqual(
    idsWhere(({ category = '' }) => category.startsWith('Kitchen > Hot drinks')),
  );
});

test('facets count what is ticked, levels of categories too', async () => {
  const ticked = await ask({
    facets: ['brand', 'price', 'categories.lvl0', 'categories.lvl1'],
    facetFilters: [['brand:Quill', 'brand:Fernhill'], 'categories.lvl0:Kitchen'],
    maxValuesPerFacet: 5,
  });
  expect(ticked.nbHits).toBe(12);
  expect(ticked.facets).toMatchObject({
    brand: { Fernhill: 6, Quill: 6 },
    'categories.lvl0': { Kitchen: 12 },
    'categories.lvl1': { 'Kitchen > Hot drinks': 12 },
  });
  expect(Object.keys(ticked.facets.price)).toHaveLength(5);
  const prices = PRODUCTS.filter(
    ({ category, brand }) => category?.startsWith('Kitchen') && brand !== 'Oak & Ash',
  ).map(({ price = 0 }) => price);
  expect(ticked.facets_stats.price).toEqual({ min: Math.min(...prices), max: Math.max(...prices) });
  const { facets } = await ask({ facets: '*' });
  expect(Object.keys(facets)).toEqual(
    expect.arrayContaining(['brand', 'price', 'categories.lvl0', 'attributes.color', 'attributes.tags']),
  );
});

test('the name of the index sorts, whatever it begins with', async () => {
  const cheap = await ask({ hitsPerPage: 3 }, 'products/sort/price:asc');
  expect(idsOf(cheap)).toEqual(['p00', 'p01', 'p02']);
  expect(idsOf(await ask({ hitsPerPage: 2 }, 'prod_SHOP/sort/brand:desc,price:asc'))).toEqual(['p06', 'p07']);
  const { status, body } = await post('/1/indexes/*/queries', {
    requests: [{ indexName: 'products' }, { indexName: 'products/sort/prize:asc' }],
  });
  expect(status).toBe(400);
  expect(body.errors[0].field).toBe('requests.1.indexName');
  expect(body.message).toBe(body.detail);
  expect(body.message).toMatch(/^requests\.1: indexName: no product has the field 'prize'; there is price/);
});

test('values of a facet are found by what was typed', async () => {
  const url = `/1/indexes/${encodeURIComponent('products/sort/price:asc')}/facets/brand/query`;
  const { body } = await post(url, { params: 'facetQuery=as&maxFacetHits=5&query=kettle' });
  expect(body.facetHits).toEqual([{ value: 'Oak & Ash', highlighted: 'Oak &amp; <em>As</em>h', count: 3 }]);
  expect(body.exhaustiveFacetsCount).toBe(true);
  const inSearch = await ask({ type: 'facet', facet: 'categories.lvl1', facetQuery: 'la' });
  expect(inSearch.facetHits).toEqual([
    { value: 'Living > Lamps', highlighted: 'Living &gt; <em>La</em>mps', count: 9 },
  ]);
  const all = await post('/1/indexes/products/facets/attributes.color/query', {});
  expect(all.body.facetHits).toHaveLength(3);
});

test('what cannot be read is refused with its place', async () => {
  const refused = async (search: object) => {
    const { status, body } = await post('/1/indexes/*/queries', {
      requests: [{ indexName: 'products' }, { indexName: 'products', ...search }],
    });
    return [status, body.errors?.[0]?.field];
  };
  expect(await refused({ hitsPerPage: 1000 })).toEqual([400, 'requests.1.hitsPerPage']);
  expect(await refused({ params: 'page=x' })).toEqual([400, 'requests.1.page']);
  expect(await refused({ filters: 'brand:' })).toEqual([400, 'requests.1.filters']);
  expect(await refused({ filters: 'brnd:x' })).toEqual([400, 'requests.1.filters']);
  expect(await refused({ facetFilters: ['brnd:x'] })).toEqual([400, 'requests.1.facetFilters']);
  expect(await refused({ numericFilters: ['price'] })).toEqual([400, 'requests.1.numericFilters']);
  expect(await refused({ facets: ['brnd'] })).toEqual([400, 'requests.1.facets']);
  expect(await refused({ aroundLatLng: '1,2' })).toEqual([400, 'requests.1.aroundLatLng']);
  expect(await refused({ type: 'facet' })).toEqual([400, 'requests.1.facet']);
  expect(await refused({ tagFilters: '', ruleContexts: ['a'], userToken: 'u' })).toEqual([200, undefined]);
  expect((await post('/1/indexes/products/queries', { requests: [] })).status).toBe(400);
  expect((await post('/v1/search', {})).status).toBe(415);
});

test('a key is taken as clients send it, here and on no other route, and its filter holds', async () => {
  const keyed = await openShop();
  const token = keyed.key("brand = 'Quill'");
  const send = async (url: string, headers: Record<string, string> = {}) => {
    const payload = JSON.stringify({ requests: [{ indexName: 'products', facets: ['brand'] }] });
    const answer = await keyed.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'text/plain', ...headers },
      payload,
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const url = '/1/indexes/*/queries';
  expect((await send(url)).body.message).toMatch(/^This needs a key/);
  for (const answer of [
    await send(`${url}?x-algolia-agent=a&x-algolia-api-key=${token}`),
    await send(url, { 'x-algolia-api-key': token }),
    await send(url, { 'x-api-key': token }),
    await send(url, { authorization: `Bearer ${token}` }),
  ]) {
    expect(answer.status).toBe(200);
    expect(answer.body.results[0].facets.brand).toEqual({ Quill: 12 });
  }
  expect((await send(`${url}?x-algolia-api-key=wrong`)).status).toBe(401);
  const elsewhere = await keyed.app.inject({ url: '/v1/search', headers: { 'x-algolia-api-key': token } });
  expect(elsewhere.statusCode).toBe(401);
  await keyed.close();
});
