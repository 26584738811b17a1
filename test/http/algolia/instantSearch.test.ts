import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { liteClient } from 'algoliasearch/lite';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { limitsSchema } from '../../../src/configuration/limits.js';
import { EventStore } from '../../../src/events/eventStore.js';
import { findBrowser } from '../../support/findBrowser.js';
import { openBrowser } from '../../support/openBrowser.js';
import { type AlgoliaShop, openShop, PRODUCTS } from './shop.js';

/** The machine may be busy. */
const WAIT = { timeout: 20_000 };

const require = createRequire(import.meta.url);

let pages: Server;
let origin: string;
let shop: AlgoliaShop;
let port: number;
let key: string;

/** The page of a shop on another origin than the service, with Algolia's own libraries. */
beforeAll(async () => {
  const scripts = new Map([
    ['/instantsearch.js', require.resolve('instantsearch.js/dist/instantsearch.production.min.js')],
    [
      '/insights.js',
      path.join(path.dirname(require.resolve('search-insights')), 'dist', 'search-insights.min.js'),
    ],
    ['/lite.js', require.resolve('algoliasearch/lite').replace(/node\.cjs$/, 'browser.umd.js')],
  ]);
  pages = createServer(async (request, response) => {
    const script = scripts.get(request.url ?? '');
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(
      script === undefined ? pageOf(port, key, request.url === '/insights') : await readFile(script),
    );
  });
  origin = `http://127.0.0.1:${await listening(pages)}`;
  shop = await openShop(limitsSchema.parse({ cors_origins: [origin] }));
  key = shop.key();
  port = Number(new URL(await shop.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await shop.close();
  await new Promise((resolve) => pages.close(resolve));
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

test('the client algoliasearch/lite searches, finds values of facets and shows errors', async () => {
  const hosts = [{ url: `127.0.0.1:${port}`, accept: 'readWrite' as const, protocol: 'http' as const }];
  const client = liteClient('shop', key, { hosts });
  const { results } = await client.search({
    requests: [
      { indexName: 'products/sort/price:desc', query: 'lamp', facets: ['brand'], hitsPerPage: 2 },
      { indexName: 'products', type: 'facet', facet: 'brand', facetQuery: 'qu' },
    ],
  });
  expect(results).toMatchObject([
    { hits: [{ objectID: 'p26' }, { objectID: 'p25' }], nbHits: 9, facets: { brand: { Quill: 3 } } },
    { facetHits: [{ value: 'Quill', highlighted: '<em>Qu</em>ill', count: 12 }] },
  ]);
  const wrong = client.search([{ indexName: 'products', params: { query: '', filters: 'brnd:x' } }]);
  await expect(wrong).rejects.toThrow(
    /^requests\.0: filters: no product has the field 'brnd'; there is brand/,
  );
  await expect(liteClient('shop', 'wrong', { hosts }).search([{ indexName: 'a' }])).rejects.toThrow(
    /^The key is not valid/,
  );
});

const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('instantsearch.js in Chromium', () => {
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    page = await (await openBrowser()).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
  });
  beforeEach(async () => {
    await page.goto(origin);
    await page.waitForSelector('#hits li');
  });
  afterAll(async () => {
    await page?.close();
    expect(errors).toEqual([]);
  });

  const texts = (selector: string): Promise<string[]> => page.locator(selector).allTextContents();
  /** Waits until the page shows so many results. */
  const shows = (count: number) =>
    expect.poll(() => page.locator('#stats').textContent(), WAIT).toMatch(new RegExp(`^${count} results`));

  test('shows hits, facets with counts, and pages', async () => {
    await shows(36);
    expect(await texts('#hits li .title')).toHaveLength(8);
    expect(await texts('#brand .ais-RefinementList-count')).toEqual(['12', '12', '12']);
    expect(await texts('#pages .ais-Pagination-item--page')).toEqual(['1', '2', '3', '4', '5']);
    await page.click('#pages .ais-Pagination-item--lastPage a');
    await expect.poll(() => page.locator('#hits li').count(), WAIT).toBe(4);
  });

  test('marks the words of the query, and shows markup of products as text', async () => {
    await page.fill('#box input', 'red lamp');
    const first = page.locator('#hits li .title').first();
    await expect.poll(() => first.innerHTML(), WAIT).toContain('<mark');
    const title = await first.innerHTML();
    expect(title).toContain('>Red</mark>');
    expect(title).toContain('>lamp</mark>');
    expect(title).toContain(' &lt;18&gt;</span>');
  });

  test('a ticked value keeps the counts of the others (disjunctive)', async () => {
    await page.click('#brand input[value="Quill"]');
    await shows(12);
    expect(await texts('#brand .ais-RefinementList-count')).toEqual(['12', '12', '12']);
    await page.click('#brand input[value="Oak & Ash"]');
    await shows(24);
    expect(new Set(await texts('#hits li .brand'))).toEqual(new Set(['Quill', 'Oak & Ash']));
    await page.fill('#brand input[type="search"]', 'fern');
    await expect.poll(() => texts('#brand .ais-RefinementList-labelText'), WAIT).toEqual(['Fernhill']);
    await page.click('#clear button');
    await shows(36);
  });

  test('a menu of category levels opens', async () => {
    expect(await texts('#menu .ais-HierarchicalMenu-link')).toEqual(['Kitchen18', 'Living18']);
    await page.click('#menu a:has-text("Kitchen")');
    await shows(18);
    await page.click('#menu a:has-text("Hot drinks")');
    await page.click('#menu a:has-text("Teapots")');
    await shows(9);
    expect(await texts('#menu .ais-HierarchicalMenu-link')).toEqual([
      ...['Kitchen18', 'Hot drinks18', 'Kettles9', 'Teapots9', 'Living18'],
    ]);
  });

  test('a range slider has the bounds of the prices and filters by them', async () => {
    const ends = (): Promise<(string | null)[]> =>
      page
        .locator('#slider .rheostat-handle')
        .evaluateAll((all) =>
          all.flatMap((one) => [one.getAttribute('aria-valuemin'), one.getAttribute('aria-valuemax')]),
        );
    const prices = PRODUCTS.map(({ price = 0 }) => price);
    const [min, max] = [Math.min(...prices), Math.max(...prices)];
    expect((await ends()).flatMap((end) => (end === null ? [] : [Number(end)]))).toEqual(
      expect.arrayContaining([min, max]),
    );
    await page.locator('#slider .rheostat-handle').first().press('End');
    await expect.poll(() => page.locator('#stats').textContent(), WAIT).toMatch(/^[1-9] results/);
  });

  test('sorts by price in both directions', async () => {
    const first = page.locator('#hits li .price').first();
    await page.selectOption('#sort select', 'products/sort/price:desc');
    await expect.poll(() => first.textContent(), WAIT).toBe('80');
    await page.selectOption('#sort select', 'products/sort/price:asc');
    await expect.poll(() => first.textContent(), WAIT).toBe('10');
  });
});

describe.skipIf(executablePath === undefined)('insights: true of instantsearch.js in Chromium', () => {
  test('views and clicks of a shopper are stored with the search that they follow, which is recorded', async () => {
    const page = await (await openBrowser()).newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    onTestFinished(() => page.close());
    await page.goto(`${origin}/insights`);
    await page.waitForSelector('#hits li');
    await page.fill('#box input', 'red lamp');
    await expect.poll(() => page.locator('#hits li').count(), WAIT).toBeLessThan(8);
    const shown = await page.locator('#hits li .title').allTextContents();
    await page.locator('#hits li .title').nth(1).click();
    await page.locator('#hits li .cart').nth(1).click();
    const events = new EventStore(shop.dataDir, 5000);
    onTestFinished(() => events.close());
    const of = (action: string) =>
      [...events.between(0, Number.MAX_SAFE_INTEGER)].filter((event) => event.action === action);
    await expect.poll(() => of('add_to_cart').length, WAIT).toBe(1);
    await expect.poll(() => of('click').length, WAIT).toBeGreaterThan(0);
    const searches = () => [...events.searchesBetween(0, Number.MAX_SAFE_INTEGER)];
    const found = () => searches().find(({ query }) => query === 'red lamp');
    await expect.poll(() => found()?.shown.length, WAIT).toBe(shown.length);
    const [click] = of('click');
    expect(click).toMatchObject({ queryId: found()?.queryId, objectId: found()?.shown[1], position: 2 });
    expect(click?.clientId).toBe(found()?.clientId);
    expect(of('add_to_cart')[0]).toMatchObject({ queryId: found()?.queryId, objectId: found()?.shown[1] });
    await expect
      .poll(
        () => of('impression').filter(({ objectId }) => found()?.shown.includes(objectId ?? '')).length,
        WAIT,
      )
      .toBeGreaterThanOrEqual(shown.length);
    // The token is random, and stored hashed.
    expect(JSON.stringify([...of('click'), ...searches()])).not.toContain('anonymous-');
    expect(errors).toEqual([]);
  });
});

function pageOf(service: number, apiKey: string, insights: boolean): string {
  const widgets = ['box', 'stats', 'sort', 'clear', 'brand', 'menu', 'slider', 'hits', 'pages'];
  return `<!doctype html><title>Shop</title>${widgets.map((id) => `<div id="${id}"></div>`).join('')}
${insights ? '<script>window.AlgoliaAnalyticsObject = "aa"; window.aa = (...all) => (window.aa.queue ??= []).push(all);</script><script src="/insights.js"></script>' : ''}<script src="/lite.js"></script><script src="/instantsearch.js"></script><script>
const { liteClient } = window['algoliasearch/lite'];
const { searchBox, stats, sortBy, clearRefinements, refinementList, hierarchicalMenu, rangeSlider, hits, pagination, configure } =
  instantsearch.widgets;
const search = instantsearch({
  indexName: 'products',
  ${insights ? `insights: { insightsInitParams: { host: 'http://127.0.0.1:${service}' } },` : ''}
  searchClient: liteClient('shop', '${apiKey}', {
    hosts: [{ url: '127.0.0.1:${service}', accept: 'readWrite', protocol: 'http' }],
  }),
});
search.addWidgets([
  configure({ hitsPerPage: 8 }),
  searchBox({ container: '#box' }),
  stats({ container: '#stats', templates: { text: ({ nbHits }) => nbHits + ' results' } }),
  sortBy({ container: '#sort', items: [
    { label: 'relevance', value: 'products' },
    { label: 'cheapest', value: 'products/sort/price:asc' },
    { label: 'dearest', value: 'products/sort/price:desc' },
  ] }),
  clearRefinements({ container: '#clear' }),
  refinementList({ container: '#brand', attribute: 'brand', searchable: true }),
  hierarchicalMenu({ container: '#menu', attributes: ['categories.lvl0', 'categories.lvl1', 'categories.lvl2'] }),
  rangeSlider({ container: '#slider', attribute: 'price' }),
  hits({ container: '#hits', templates: { item: (hit, { html, components, sendEvent }) => html\`
    <button class="cart" onClick=\${(event) => { event.stopPropagation(); sendEvent('conversion', hit, 'Added', { eventSubtype: 'addToCart' }); }}>+</button>
    <span class="title">\${components.Highlight({ hit, attribute: 'title' })}</span>
    <span class="brand">\${hit.brand}</span><span class="price">\${hit.price}</span>\` } }),
  pagination({ container: '#pages' }),
]);
search.start();
</script>`;
}
