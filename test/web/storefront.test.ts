import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AlgoliaShop, openShop } from '../http/algolia/shop.js';
import { webDir } from '../http/serving.js';
import { findBrowser } from '../support/findBrowser.js';
import { openBrowser } from '../support/openBrowser.js';
import { seriousViolations } from './seriousViolations.js';
import { PRODUCTS } from './shop.js';

/** The machine may be busy. */
const WAIT = { timeout: 20_000 };
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const FIRST_LOAD_BYTES = 150_000;

const executablePath = findBrowser();

test('the first load is under 150 kB gzipped', () => {
  const index = readFileSync(`${webDir}/index.html`, 'utf8');
  const files = [...index.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
  const bytes = ['/index.html', ...files].map((file) => gzipSync(readFileSync(webDir + file)).length);
  expect(bytes.length).toBeGreaterThanOrEqual(3);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(FIRST_LOAD_BYTES);
});

describe.skipIf(executablePath === undefined)('the storefront in Chromium', () => {
  let shop: AlgoliaShop;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    shop = await openShop(undefined, PRODUCTS);
    origin = await shop.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await openBrowser();
  });
  beforeEach(async () => {
    errors.length = 0;
    await open(DESKTOP);
    return async () => {
      await context.close();
      // A refusal of the content security policy is such an error.
      expect(errors).toEqual([]);
    };
  });
  afterAll(async () => {
    await shop.close();
  });

  /** Another page, in a window of this size. */
  async function open(viewport: { width: number; height: number }): Promise<void> {
    await context?.close();
    context = await browser.newContext({ viewport, locale: 'en-US' });
    context.setDefaultTimeout(WAIT.timeout);
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 401/.test(message.text())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
  }
  const visit = (address: string) => page.goto(origin + address);
  const shows = (count: string) => expect.poll(() => page.locator('#count').textContent(), WAIT).toBe(count);
  const texts = (selector: string) => page.locator(selector).allTextContents();
  const titles = () => texts('.shelf .card h3');
  const address = () => new URL(page.url()).search;
  const searched = async (parameters: object) => {
    const { body } = await shop.app.inject({ url: '/v1/search', method: 'POST', payload: parameters });
    return JSON.parse(body);
  };

  test('searches as one types, marks the words, and goes from search to search with the back button', async () => {
    await visit('/');
    await shows('32 products');
    await page.locator('#q').pressSequentially('mug');
    await shows('20 products');
    expect(address()).toBe('?q=mug');
    expect(await texts('.shelf .card h3 mark')).toHaveLength(20);
    await page.fill('#q', 'denim');
    await shows('2 products');
    expect(await page.title()).toBe('denim · Shelfwright');
    await page.goBack();
    await shows('32 products');
    expect(await page.inputValue('#q')).toBe('');
  });

  test('never shows an answer that a newer search has superseded', async () => {
    let held = 0;
    await page.route('**/v1/search', async (route) => {
      const { q } = route.request().postDataJSON();
      // What was asked first is answered last.
      if (q === 'mug') {
        held++;
        await new Promise((resolve) => setTimeout(resolve, 1500));
      }
      await route.continue().catch(() => undefined);
    });
    await visit('/');
    await shows('32 products');
    await page.fill('#q', 'mug');
    await expect.poll(() => held, WAIT).toBe(1);
    await page.fill('#q', 'denim');
    await shows('2 products');
    await page.waitForTimeout(2000);
    expect(await page.locator('#count').textContent()).toBe('2 products');
    expect((await titles()).every((title) => title.includes('Denim'))).toBe(true);
  });

  test('never shows completions that newer ones have superseded', async () => {
    await page.route('**/v1/suggest?q=me&*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue().catch(() => undefined);
    });
    await visit('/');
    await shows('32 products');
    const asked = page.waitForRequest('**/v1/suggest?q=me&*');
    await page.fill('#q', 'me');
    await asked;
    await page.fill('#q', 'denim');
    await expect.poll(async () => (await texts('[role=option] .completion'))[0], WAIT).toMatch(/denim/i);
    await page.waitForTimeout(2000);
    expect((await texts('[role=option] .completion')).join()).not.toMatch(/meadow/i);
  });

  test('a search that takes long says so, and its answer follows', async () => {
    await page.route('**/v1/search', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await visit('/?q=mug');
    await page.waitForSelector('#results[aria-busy="true"]');
    await shows('20 products');
    await page.waitForSelector('#results[aria-busy="false"]');
  });

  test('counts are those of the API, and a ticked value keeps the counts of the others', async () => {
    await visit('/?q=mug');
    await shows('20 products');
    const { facets } = await searched({ q: 'mug', facets: ['attributes.color'], group: true });
    const colors = page.locator('fieldset.facet', { has: page.locator('legend:text-is("Color")') });
    const counted = async () =>
      Promise.all(
        (await colors.locator('li').all()).map(async (item) => ({
          value: await item.locator('.facet-value').textContent(),
          count: Number(await item.locator('.count').textContent()),
        })),
      );
    expect(await counted()).toEqual(facets['attributes.color']);
    expect(await colors.locator('.dot').count()).toBe(2);
    await colors.getByText('White').click();
    await shows('10 products');
    expect((await counted()).map(({ count }) => count)).toEqual([10, 10]);
    await colors.getByText('Red').click();
    await shows('20 products');
    expect(address()).toBe('?q=mug&f.attributes.color=White&f.attributes.color=Red');
  });

  test('categories are a tree, and chips speak as shoppers do', async () => {
    await visit('/');
    await shows('32 products');
    expect(await texts('.tree .facet-value')).toEqual(['Home', 'Apparel']);
    await page.getByRole('button', { name: /^Apparel/ }).click();
    await shows('12 products');
    await page.getByRole('button', { name: /^Dresses/ }).click();
    await shows('10 products');
    expect(await texts('.tree .facet-value')).toEqual(['Apparel', 'Dresses', 'Maxi dresses', 'Midi dresses']);
    await page.locator('label', { hasText: 'Red' }).click();
    await expect.poll(async () => (await texts('.chips .chip')).join(), WAIT).toContain('Red');
    await page.waitForLoadState('networkidle');
    await page.getByLabel('To', { exact: true }).fill('100');
    await page.getByLabel('To', { exact: true }).press('Enter');
    await shows('6 products');
    expect((await texts('.chips .chip')).map((chip) => chip.replace(/^Remove: |×$/g, ''))).toEqual([
      'Dresses',
      'Red',
      'under 100',
    ]);
    await page.getByRole('button', { name: 'Remove: under 100' }).click();
    await shows('10 products');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await shows('32 products');
  });

  test('what a query is read as are chips too, which can be taken off', async () => {
    await visit('/?q=red%20dress%20under%20100');
    await page.waitForSelector('.chip');
    const words = async () => (await texts('.chips .chip')).map((chip) => chip.replace(/^Remove: |×$/g, ''));
    expect((await words()).map((word) => word.replace(' (shown first)', ''))).toContain('under 100');
    expect((await words()).join()).not.toMatch(/first red|only|preferred/);
    const before = Number((await page.locator('#count').textContent())?.split(' ')[0]);
    await page.getByRole('button', { name: /^Remove: under 100/ }).click();
    await expect
      .poll(async () => Number((await page.locator('#count').textContent())?.split(' ')[0]), WAIT)
      .toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Interpret the query again' }).click();
    await shows(`${before} products`);
  });

  test('prices have a histogram with a slider, by pointer or by keyboard', async () => {
    await visit('/?q=mug');
    await shows('20 products');
    expect(await page.locator('.histogram rect').count()).toBeGreaterThan(3);
    const lowest = page.getByRole('slider', { name: 'Lowest price' });
    await lowest.focus();
    await lowest.press('ArrowRight');
    await lowest.press('ArrowRight');
    await expect.poll(() => new URLSearchParams(address()).get('min'), WAIT).toBe('6');
    const { total } = await searched({ q: 'mug', filter: 'price >= 6', group: true });
    await shows(`${total} products`);
    expect(await page.inputValue('.ends input')).toBe('6');
    expect(await lowest.getAttribute('aria-valuetext')).toBe('6');
    // By pointer: the other end goes to the middle, but not past this one.
    const highest = page.getByRole('slider', { name: 'Highest price' });
    const { x, y, width, height } = (await highest.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(x + width - 8, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 2, y + height / 2, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => new URLSearchParams(address()).get('max'), WAIT).toBe('8');
    expect(new URLSearchParams(address()).get('min')).toBe('6');
  });

  test('a price that is being typed stays when an answer arrives', async () => {
    await visit('/?q=mug');
    await shows('20 products');
    let answer = () => {};
    const isHeld = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/v1/search', async (route) => {
      await isHeld;
      await route.continue();
    });
    const brands = page.locator('fieldset.facet', { has: page.locator('legend:text-is("Brand")') });
    await brands.locator('li label').first().click();
    const to = page.getByLabel('To', { exact: true });
    await to.fill('9');
    answer();
    await shows('1 product');
    expect(await to.inputValue()).toBe('9');
    await to.press('Enter');
    await expect.poll(() => new URLSearchParams(address()).get('max'), WAIT).toBe('9');
    await page.unroute('**/v1/search');
  });

  test('a long list can be searched and unfolded', async () => {
    await visit('/?q=mug');
    await shows('20 products');
    const brands = page.locator('fieldset.facet', { has: page.locator('legend:text-is("Brand")') });
    expect(await brands.locator('li').count()).toBe(7);
    await brands.getByRole('button', { name: 'Show all 20: Brand' }).click();
    expect(await brands.locator('li').count()).toBe(20);
    await brands.getByRole('searchbox').fill('qlb');
    expect(await brands.locator('.facet-value').allTextContents()).toEqual(['Qlby']);
    await brands.getByText('Qlby').click();
    await shows('1 product');
  });

  test('corrects a mistyped word, says so, and goes back to what was typed', async () => {
    await visit('/?q=stonewear%20mug');
    await page.waitForSelector('.notes a');
    expect(await page.locator('.notes').textContent()).toBe(
      'Showing results for stoneware mug. Search instead for “stonewear mug”',
    );
    await page.click('.notes a');
    await expect.poll(address, WAIT).toBe('?q=stonewear+mug&exact=1');
    await expect.poll(() => page.locator('.notes').textContent(), WAIT).toMatch(/exactly as typed/);
    await page.getByRole('link', { name: 'Correct the spelling' }).click();
    await expect.poll(() => page.locator('.notes').textContent(), WAIT).toMatch(/Showing results for/);
  });

  test('sorts and pages, and shows every product once', async () => {
    await visit('/');
    await shows('32 products');
    await page.selectOption('.sort select', 'price:asc');
    await expect.poll(async () => (await texts('.card .price'))[0], WAIT).toBe('€4.00');
    const first = await titles();
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect.poll(() => page.locator('.paging .here').textContent(), WAIT).toBe('2');
    const second = await titles();
    expect([first.length, second.length]).toEqual([24, 8]);
    expect(new Set([...first, ...second]).size).toBe(32);
    await page.goBack();
    await expect.poll(titles, WAIT).toEqual(first);
  });

  test('an order that the shop does not have is said in words, and can be left', async () => {
    await visit('/?q=mug&sort=xx');
    await page.getByRole('heading', { name: 'The products cannot be sorted like this' }).waitFor();
    expect(await page.locator('[role=alert]').textContent()).not.toMatch(/sort:|xx|price:asc/);
    await page.getByRole('button', { name: 'Sort by relevance' }).press('Enter');
    await shows('20 products');
    expect(page.url()).not.toContain('sort');
    // The browser logs the refusal.
    errors.length = 0;
  });

  test('the variants of a product are one card with their colours', async () => {
    await visit('/?q=meadow');
    await shows('1 product');
    const card = page.locator('.card').first();
    await expect.poll(() => card.locator('.swatch').count(), WAIT).toBe(3);
    expect(await card.locator('.variants').textContent()).toBe('3 variants');
    await card.getByRole('button', { name: 'Green' }).click();
    expect(await card.locator('h3').textContent()).toBe('Meadow dress green');
    await card.locator('h3 a').click();
    await expect.poll(address, WAIT).toBe('?q=meadow&product=meadow-green');
  });

  test('a product has its details, the reasons for its place, and similar ones', async () => {
    await visit('/?q=harbour+dress');
    await page.locator('.card h3 a').first().click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.locator('h2').textContent(), WAIT).toMatch(/^Harbour dress/);
    expect(await dialog.locator('.breadcrumb').textContent()).toBe('Apparel › Dresses › Maxi dresses');
    expect(await dialog.locator('.description').textContent()).toBe('A dress with pockets & a belt.');
    await dialog.getByText('Why is this here?').click();
    expect(await dialog.locator('.bars-list dt').allTextContents()).toContain('Your words are in it');
    const bars = await dialog
      .locator('.bars-list .count')
      .evaluateAll((counts) => counts.map((count) => Number(count.textContent)));
    expect(bars).toEqual([...bars].sort((a, b) => b - a));
    await dialog.locator('.similar .card a').first().click();
    await expect.poll(() => dialog.locator('h2').textContent(), WAIT).not.toMatch(/^Harbour dress/);
    // However many products were opened one after another, closing goes back to the results.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count(), WAIT).toBe(0);
    expect(address()).toBe('?q=harbour+dress');
  });

  test('an empty page offers ways on, and what is close', async () => {
    await visit('/?q=mug&f.brand=Solvane');
    await shows('No products');
    await page.getByRole('button', { name: 'Search without filters' }).click();
    await shows('20 products');
    await visit('/?q=denim%20xylophone%20quartet%20zeppelin');
    await shows('No products');
    expect(await page.locator('.notice h2').textContent()).toBe(
      'Nothing matches “denim xylophone quartet zeppelin”',
    );
    const { close_products } = await searched({ q: 'denim xylophone quartet zeppelin', group: true });
    expect(await titles()).toHaveLength(close_products?.length ?? 0);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await shows('32 products');
  });

  test('pictures are drawn by category, whatever the title names', async () => {
    await visit('/?q=denim%20jacket');
    await shows('2 products');
    const drawings = await page
      .locator('.card .placeholder')
      .evaluateAll((all) => all.map((one) => one.innerHTML));
    expect(new Set(drawings).size).toBe(1);
    await visit('/?q=mug');
    await shows('20 products');
    expect(await page.locator('.card .placeholder').first().innerHTML()).not.toBe(drawings[0]);
  });

  test('milliseconds and match types are for developers', async () => {
    await visit('/?q=mug');
    await shows('20 products');
    expect(await page.locator('body').textContent()).not.toMatch(/\d ms|every word/);
    await page.getByRole('button', { name: 'Developer view' }).click();
    expect(await page.locator('.how').textContent()).toMatch(/by words only · [\d,]+ ms · generation /);
    expect(await page.locator('.tier').first().textContent()).toMatch(/^every word · /);
    await page.reload();
    await page.waitForSelector('.how');
    await page.getByRole('button', { name: 'Developer view' }).click();
    expect(await page.locator('.how').count()).toBe(0);
  });

  test('everything works by keyboard alone', async () => {
    await visit('/');
    await shows('32 products');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    expect(await page.locator(':focus').getAttribute('id')).toBe('q');
    await page.keyboard.type('mea');
    const box = page.getByRole('combobox', { name: 'Search the shop' });
    await page.locator('[role=option] mark:text-is("Mea")').first().waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = await box.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowUp');
    expect(await box.getAttribute('aria-activedescendant')).toBeNull();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => box.getAttribute('aria-expanded'), WAIT).toBe('false');
    await visit('/?q=dress');
    await shows('10 products');
    const reach = async (selector: string) => {
      for (let pressed = 0; pressed < 80; pressed++) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    await reach('.facet input[type=checkbox]');
    await page.keyboard.press('Space');
    await expect.poll(address, WAIT).toMatch(/&f\./);
    const chips = await page.locator('.chips .chip').count();
    // The focus stays on what was ticked.
    expect(await page.locator('input[type=checkbox]:checked:focus').count()).toBe(1);
    await reach('.chips .chip');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.chips .chip').count(), WAIT).toBe(chips - 1);
    // The focus does not get lost with the chip.
    expect(await page.locator('#results:focus').count()).toBe(1);
    await reach('.card h3 a');
    const opener = await page.locator(':focus').textContent();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.panel .facts');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count(), WAIT).toBe(0);
    expect(await page.locator(':focus').textContent()).toBe(opener);
  });

  test('on a phone the filters are a sheet that says what they leave, and the chips stay in one line', async () => {
    await open(PHONE);
    await visit('/?q=dress');
    await shows('10 products');
    expect(await page.locator('aside').count()).toBe(0);
    await page.getByRole('button', { name: 'Filters' }).click();
    const sheet = page.getByRole('dialog');
    for (const color of ['Red', 'Blue']) await sheet.locator('label', { hasText: color }).click();
    await sheet.getByLabel('To', { exact: true }).fill('100');
    await sheet.getByLabel('To', { exact: true }).press('Enter');
    await sheet.getByRole('button', { name: 'Show 6 products' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Filters (3)' }).waitFor();
    const tops = await page.locator('.chips > *').evaluateAll((all) => all.map((one) => one.offsetTop));
    expect(tops.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(20);
    // Nothing is wider than the screen.
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      PHONE.width,
    );
  });

  test('axe finds nothing serious or critical, in either theme and at either size', async () => {
    for (const [viewport, theme] of [
      [DESKTOP, 'light'],
      [PHONE, 'dark'],
    ] as const) {
      await open(viewport);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const place of [
        '/',
        '/?q=red%20dress%20under%20100',
        '/?q=stonewear%20xylophone',
        '/?product=mug-a',
      ]) {
        await visit(place);
        await page.waitForSelector(place.includes('product') ? '.panel .similar' : '.card, .notice');
        expect([place, theme, await seriousViolations(page)]).toEqual([place, theme, []]);
      }
    }
    await visit('/?q=dress');
    await page.getByRole('button', { name: 'Filters' }).click();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the theme follows the system, or what the user chose', async () => {
    const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    await visit('/');
    const light = await paper();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: /Change to light/ }).click();
    expect(await paper()).toBe(light);
    await page.reload();
    await page.getByRole('button', { name: /^Colours: light/ }).waitFor();
    expect(await paper()).toBe(light);
  });
});
