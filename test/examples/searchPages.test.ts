import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limitsSchema } from '../../src/configuration/limits.js';
import { EventStore } from '../../src/events/eventStore.js';
import { type AlgoliaShop, openShop, PRODUCTS } from '../http/algolia/shop.js';
import { findBrowser } from '../support/findBrowser.js';
import { openBrowser } from '../support/openBrowser.js';
import { seriousViolations } from '../web/seriousViolations.js';

/** The machine may be busy. */
const WAIT = { timeout: 20_000 };
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('pages of another origin in Chromium', () => {
  let built: string;
  let pages: Server | undefined;
  let shop: AlgoliaShop;
  let browser: Browser;
  let page: Page;
  let open: (file: string) => Promise<unknown>;
  const errors: string[] = [];

  beforeAll(async () => {
    built = await mkdtemp(path.join(tmpdir(), 'shelfwright-pages-'));
    await build({
      root: 'examples/react-instantsearch',
      logLevel: 'silent',
      configFile: false,
      build: { outDir: built, minify: false, emptyOutDir: true },
    });
    const server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const file = pathname === '/search-box.html' ? 'examples/search-box.html' : path.join(built, pathname);
      response.setHeader('content-type', TYPES[path.extname(file)] ?? 'text/plain');
      response.end(await readFile(file).catch(() => ''));
    });
    pages = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    shop = await openShop(limitsSchema.parse({ cors_origins: [origin] }));
    const key = shop.key();
    const service = await shop.app.listen({ host: '127.0.0.1', port: 0 });
    open = (file) => page.goto(`${origin}/${file}?${new URLSearchParams({ service, key })}`);
    browser = await openBrowser();
  });
  beforeEach(async () => {
    errors.length = 0;
    page = await browser.newPage({ locale: 'en-US' });
    page.setDefaultTimeout(WAIT.timeout);
    page.on('pageerror', (error) => errors.push(error.message));
    return async () => {
      await page.close();
      expect(errors).toEqual([]);
    };
  });
  afterAll(async () => {
    await shop?.close();
    pages?.closeAllConnections();
    pages?.close();
    await rm(built, { recursive: true, force: true });
  });

  describe('search-box.html', () => {
    const hits = () => page.getByRole('listitem').allInnerTexts();

    it('searches while the shopper types, in one request per pause, and marks the words', async () => {
      const asked: (string | null)[] = [];
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.pathname === '/v1/search' && request.method() === 'GET')
          asked.push(url.searchParams.get('q'));
      });
      await open('search-box.html');
      await expect.poll(hits, WAIT).toHaveLength(8);
      await page.getByRole('searchbox').pressSequentially('red lamp');
      await expect.poll(() => page.locator('#summary').innerText(), WAIT).toBe('3 products');
      expect(asked.at(-1)).toBe('red lamp');
      expect(asked.length).toBeLessThan('red lamp'.length);
      expect(await page.locator('mark').allInnerTexts()).toEqual(expect.arrayContaining(['Red', 'lamp']));
      // A title with markup is text.
      expect((await hits())[0]).toMatch(/^Red lamp <\d+> /);
      expect(await seriousViolations(page)).toEqual([]);
    });

    it('a late answer never replaces a newer one, and an error is shown', async () => {
      await open('search-box.html');
      await page.route('**/v1/search?q=kettle*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue().catch(() => {});
      });
      const box = page.getByRole('searchbox');
      const late = page.waitForEvent('requestfailed', WAIT);
      await box.fill('kettle');
      await page.waitForRequest(/q=kettle/, WAIT);
      await box.fill('rug');
      await late;
      await page.waitForTimeout(1600);
      expect((await hits()).every((text) => text.includes('rug'))).toBe(true);
      await box.fill('x'.repeat(10_001));
      await expect
        .poll(() => page.locator('#summary').innerText(), WAIT)
        .toMatch(/^q: expected at most 10000 characters/);
    });

    it('tells what the shopper saw and clicked, with the search that it followed', async () => {
      await open('search-box.html');
      await expect.poll(hits, WAIT).toHaveLength(8);
      await page.getByRole('searchbox').fill('red lamp');
      await expect.poll(() => page.locator('#summary').innerText(), WAIT).toBe('3 products');
      await page.getByRole('link').nth(1).click();
      const events = new EventStore(shop.dataDir, 5000);
      const clicks = () =>
        [...events.between(0, Number.MAX_SAFE_INTEGER)].filter(({ action }) => action === 'click');
      await expect.poll(() => clicks().length, WAIT).toBe(1);
      const [click] = clicks();
      const searched = () =>
        [...events.searchesBetween(0, Number.MAX_SAFE_INTEGER)].find(
          ({ queryId }) => queryId === click?.queryId,
        );
      await expect.poll(() => searched()?.query, WAIT).toBe('red lamp');
      expect(click).toMatchObject({ objectId: searched()?.shown[1], clientId: searched()?.clientId });
      events.close();
    });

    it('goes from the box to the hits and back by keyboard', async () => {
      await open('search-box.html');
      await expect.poll(hits, WAIT).toHaveLength(8);
      const focused = () => page.evaluate('document.activeElement.textContent');
      for (const pressed of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'])
        await page.keyboard.press(pressed);
      expect((await hits())[0]).toContain(await focused());
      await page.keyboard.press('Enter');
      expect(page.url()).toMatch(/#p\d\d$/);
      await page.keyboard.press('Escape');
      expect(await page.evaluate('document.activeElement.id')).toBe('query');
    });
  });

  it('react-instantsearch searches, filters, sorts and pages', async () => {
    await open('index.html');
    const hits = () => page.locator('.ais-Hits-item').allInnerTexts();
    const count = (passes: (product: (typeof PRODUCTS)[number]) => boolean) => PRODUCTS.filter(passes).length;
    await expect.poll(hits, WAIT).toHaveLength(12);
    await page.getByRole('searchbox').first().fill('lamp');
    await expect.poll(() => page.locator('.ais-Stats').innerText(), WAIT).toMatch(/^9 results/);
    expect(await page.locator('.ais-Highlight-highlighted').first().innerText()).toBe('lamp');

    await page.getByRole('region', { name: 'Brand' }).getByRole('checkbox', { name: /Quill/ }).check();
    await expect.poll(hits, WAIT).toHaveLength(3);
    // The other brands keep their counts.
    expect(
      await page.getByRole('region', { name: 'Brand' }).locator('.ais-RefinementList-count').allInnerTexts(),
    ).toEqual(['3', '3', '3']);
    await page.getByRole('combobox').selectOption({ label: 'Highest price' });
    const prices = async () => (await hits()).map((text) => Number(/ (\d+) *$/.exec(text)?.[1]));
    await expect.poll(prices, WAIT).toEqual([62, 60, 58]);

    await page.getByRole('searchbox').first().fill('');
    await page.getByRole('region', { name: 'Brand' }).getByRole('checkbox', { name: /Quill/ }).uncheck();
    await page.getByRole('region', { name: 'Category' }).getByRole('link', { name: 'Kitchen' }).click();
    const kitchen = count(({ category }) => category?.startsWith('Kitchen') === true);
    await expect
      .poll(() => page.locator('.ais-Stats').innerText(), WAIT)
      .toMatch(new RegExp(`^${kitchen} results`));
    await page.getByRole('link', { name: 'Page 2', exact: true }).click();
    await expect.poll(hits, WAIT).toHaveLength(kitchen - 12);
  });
});

it('a page of a listed origin may search, as the README says', async () => {
  const limits = limitsSchema.parse({ cors_origins: ['http://127.0.0.1:8000'] });
  const shop = await openShop(limits);
  const answer = await shop.app.inject({
    url: '/v1/search?q=lamp',
    headers: { origin: 'http://127.0.0.1:8000', host: '127.0.0.1' },
  });
  await shop.close();
  expect(answer.headers['access-control-allow-origin']).toBe('http://127.0.0.1:8000');
});
