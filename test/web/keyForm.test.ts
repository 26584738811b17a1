import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AlgoliaShop, openShop } from '../http/algolia/shop.js';
import { findBrowser } from '../support/findBrowser.js';
import { openBrowser } from '../support/openBrowser.js';
import { seriousViolations } from './seriousViolations.js';

/** The machine may be busy. */
const WAIT = { timeout: 20_000 };
const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('the form for a key in Chromium', () => {
  let shop: AlgoliaShop;
  let origin: string;
  let key: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** The keys that the page sent. */
  const sent: (string | undefined)[] = [];

  beforeAll(async () => {
    shop = await openShop();
    key = shop.key();
    origin = await shop.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await openBrowser();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-US' });
    context.setDefaultTimeout(WAIT.timeout);
    page = await context.newPage();
    sent.length = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/search')) sent.push(request.headers()['x-api-key']);
    });
    return () => context.close();
  });
  afterAll(async () => {
    await shop.close();
  });

  const box = () => page.getByLabel('Key', { exact: true });
  const message = () => page.getByRole('alert');
  const enter = async (text: string) => {
    await box().fill(text);
    await box().press('Enter');
  };
  const isShown = () => expect.poll(() => page.locator('#count').textContent(), WAIT).toMatch(/products$/);

  test('says why it asks, takes a key, and sends it from then on, but never in an address', async () => {
    await page.goto(`${origin}/?q=lamp`);
    await expect.poll(() => message().textContent(), WAIT).toMatch(/^This shop answers only with a key/);
    expect(await message().getAttribute('class')).toBeNull();
    expect(await box().getAttribute('type')).toBe('password');
    expect(await box().getAttribute('autocomplete')).toBe('off');
    expect(await seriousViolations(page)).toEqual([]);
    await enter(` ${key} `);
    await isShown();
    expect(page.url()).toBe(`${origin}/?q=lamp`);
    expect(new Set(sent)).toEqual(new Set([undefined, key]));
    // For the browser's session: a reload still has it, another window does not.
    sent.length = 0;
    await page.reload();
    await isShown();
    expect(new Set(sent)).toEqual(new Set([key]));
    expect(await page.evaluate<string[]>('Object.values(localStorage)')).not.toContain(key);
    const other = await (await browser.newContext()).newPage();
    await other.goto(origin);
    await other.getByLabel('Key', { exact: true }).waitFor(WAIT);
    await other.context().close();
  });

  test('refuses a text that cannot be a key, and keeps the one before', async () => {
    await page.goto(origin);
    await box().waitFor();
    await page.evaluate(`sessionStorage.setItem('shelfwright-key', 'sw_before')`);
    const asked = sent.length;
    for (const text of ['two words', 'schlüssel', 'a b']) {
      await enter(text);
      await expect.poll(() => page.locator('.wrong').textContent(), WAIT).toMatch(/^A key has no spaces/);
    }
    expect(sent).toHaveLength(asked);
    expect(await page.evaluate(`sessionStorage.getItem('shelfwright-key')`)).toBe('sw_before');
  });

  test('marks a wrong key as wrong, and leaves the focus where it was', async () => {
    await page.goto(origin);
    await box().waitFor();
    expect(await page.locator('.key-form :focus').count()).toBe(0);
    await enter('sw_wrong');
    await expect.poll(() => page.locator('.wrong').textContent(), WAIT).toMatch(/^This key is not valid/);
    expect(await box().evaluate((input) => input.matches(':focus'))).toBe(true);
    expect(await box().inputValue()).toBe('');
    await enter(key);
    await isShown();
  });

  test('asks in a product that is open too, and one key answers both', async () => {
    await page.goto(`${origin}/?q=lamp&product=p18`);
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.locator('h2').textContent(), WAIT).toBe('A key is needed');
    await dialog.getByLabel('Key', { exact: true }).fill(key);
    await dialog.getByRole('button', { name: 'Use this key' }).click();
    await expect.poll(() => dialog.locator('h2').textContent(), WAIT).toBe('Red lamp <18>');
    await page.keyboard.press('Escape');
    await isShown();
  });
});
