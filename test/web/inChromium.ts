import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { type AlgoliaShop, openShop } from '../http/algolia/shop.js';
import { findBrowser } from '../support/findBrowser.js';
import { openBrowser } from '../support/openBrowser.js';

/** The machine may be busy. */
export const WAIT = { timeout: 20_000 };
const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Visit {
  /** A page in a window of DESKTOP size; another one for each test. */
  readonly page: () => Page;
  readonly shop: () => AlgoliaShop;
  /** Opens a path of the service. */
  readonly visit: (address: string) => Promise<unknown>;
}

/**
 * A suite of tests in a real browser against a service with these products; skipped by name where there is no browser.
 * A test fails if the page logs an error, such as a refusal of the content security policy.
 */
export function inChromium(
  name: string,
  products: readonly Product[] | undefined,
  tests: (visit: Visit) => void,
  modelDir?: string,
): void {
  const executablePath = findBrowser();
  describe.skipIf(executablePath === undefined)(`${name} in Chromium`, () => {
    let shop: AlgoliaShop;
    let origin: string;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      shop = await openShop(undefined, products, modelDir);
      origin = await shop.app.listen({ host: '127.0.0.1', port: 0 });
      browser = await openBrowser();
    });
    beforeEach(async () => {
      const errors: string[] = [];
      context = await browser.newContext({ viewport: DESKTOP, locale: 'en-US' });
      context.setDefaultTimeout(WAIT.timeout);
      page = await context.newPage();
      page.on('console', (message) => {
        // The browser logs every request that is refused, or that a test aborts; the page shows it.
        const refused = /status of 4\d\d|net::ERR_FAILED/.test(message.text());
        if (message.type() === 'error' && !refused) errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      return async () => {
        await context.close();
        expect(errors).toEqual([]);
      };
    });
    afterAll(async () => {
      await shop.close();
    });

    tests({ page: () => page, shop: () => shop, visit: (address) => page.goto(origin + address) });
  });
}
