import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../src/events/event.js';
import { EventStore } from '../../src/events/eventStore.js';
import type { AlgoliaShop } from '../http/algolia/shop.js';
import { webDir } from '../http/serving.js';
import { inChromium, WAIT } from './inChromium.js';
import { PRODUCTS } from './shop.js';

test('client.js is under 3 kB', () => {
  expect(statSync(`${webDir}/client.js`).size).toBeLessThan(3000);
});

inChromium('client.js', PRODUCTS, ({ page, shop, visit }) => {
  const cards = () => page().locator('.shelf > .card');
  const flush = () => page().evaluate('shelfwright.flush()');
  /** The stored events, once there are as many as expected. */
  const stored = async (action: string, count: number) => {
    await flush();
    await expect.poll(() => eventsOf(shop(), action).length, WAIT).toBe(count);
    return eventsOf(shop(), action);
  };

  test('the storefront tells what a shopper sees and opens, by the search that showed it', async () => {
    const answered = page().waitForResponse(
      (response) =>
        response.url().endsWith('/v1/search') && response.request().postData()?.includes('"mug"') === true,
    );
    await visit('/?q=mug');
    const { query_id, hits } = await (await answered).json();
    await cards().first().waitFor();
    const visible = Number(
      await page().evaluate(`[...document.querySelectorAll('.shelf > .card')].filter((card) => {
        const { top, bottom, height } = card.getBoundingClientRect();
        return Math.min(bottom, innerHeight) - Math.max(top, 0) >= height / 2;
      }).length`),
    );
    expect(visible).toBeGreaterThan(0);
    const seen = await stored('impression', visible);
    expect(seen.map(({ objectId, position, queryId }) => [objectId, position, queryId])).toEqual(
      hits.slice(0, visible).map(({ id }: { id: string }, place: number) => [id, place + 1, query_id]),
    );
    await cards().nth(1).getByRole('link').first().click();
    const [click] = await stored('click', 1);
    expect([click?.objectId, click?.position, click?.queryId]).toEqual([hits[1].id, 2, query_id]);
    expect(new Set([...seen, click].map((event) => event?.clientId)).size).toBe(1);
    expect(click?.clientId).toEqual(expect.any(String));

    // What is scrolled to is seen too, and nothing is seen twice.
    await page().keyboard.press('Escape');
    await cards().last().scrollIntoViewIfNeeded();
    const last = await cards().last().getAttribute('data-sw-id');
    await expect
      .poll(async () => {
        await flush();
        return eventsOf(shop(), 'impression').map(({ objectId }) => objectId);
      }, WAIT)
      .toContain(last);
    const ids = eventsOf(shop(), 'impression').map(({ queryId, objectId }) => `${queryId} ${objectId}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("a page of the shop's own marks its items, and sends carts and purchases", async () => {
    await visit('/');
    await page().evaluate(`document.body.insertAdjacentHTML('afterbegin',
      '<ul data-sw-query="own-page"><li data-sw-id="p05" data-sw-position="3" data-sw-price="19.5">' +
      '<button data-sw-action="add_to_cart" data-sw-quantity="2">Into the cart</button></li></ul>')`);
    await page().getByRole('button', { name: 'Into the cart' }).click();
    const [cart] = await stored('add_to_cart', 1);
    expect(cart).toMatchObject({ objectId: 'p05', position: 3, price: 19.5, quantity: 2 });
    await page().evaluate(
      "shelfwright.send('purchase', { id: 'p05', quantity: 2, price: 19.5, orderId: 'A-1' })",
    );
    // Leaving the page sends what waits.
    await visit('/icon.svg');
    await expect.poll(() => eventsOf(shop(), 'purchase').length, WAIT).toBe(1);
    expect(eventsOf(shop(), 'purchase')[0]).toMatchObject({ objectId: 'p05', quantity: 2, position: null });
  });

  test('events wait while the service does not answer, and count once', async () => {
    await visit('/?q=mug');
    await cards().first().waitFor();
    await flush();
    await page().route('**/v1/events', (route) => route.fulfill({ status: 429 }));
    await page().evaluate("shelfwright.send('wished', { id: 'p20' })");
    await flush();
    expect(eventsOf(shop(), 'wished')).toEqual([]);
    await page().unroute('**/v1/events');
    // The answer is lost, so the event is sent again.
    await page().route('**/v1/events', async (route) => {
      await route.fetch();
      await route.fulfill({ status: 429 });
    });
    await flush();
    await page().unroute('**/v1/events');
    await page().reload();
    expect(await stored('wished', 1)).toHaveLength(1);
  });

  test('nothing is sent after an opt-out, nor with Global Privacy Control', async () => {
    const sent: string[] = [];
    page().on('request', (request) => {
      const body = request.postData() ?? '';
      if (request.url().endsWith('/v1/events') || body.includes('client_id')) sent.push(request.url());
    });
    await page().addInitScript(
      "Object.defineProperty(navigator, 'globalPrivacyControl', { value: location.search.includes('gpc') })",
    );
    await visit('/?q=mug&gpc');
    await cards().first().getByRole('link').first().click();
    expect(await page().getByRole('button', { name: 'Do not record my clicks' }).count()).toBe(0);
    await flush();
    expect(sent).toEqual([]);

    await visit('/?q=mug');
    const choice = page().getByRole('button', { name: 'Do not record my clicks' });
    await choice.click();
    expect(await choice.getAttribute('aria-pressed')).toBe('true');
    await page().reload();
    sent.length = 0;
    await cards().first().getByRole('link').first().click();
    await flush();
    expect(sent).toEqual([]);
    expect(await page().evaluate("sessionStorage.getItem('shelfwright-client')")).toBeNull();
  });
});

/** The stored events with this name, in the order of their places in the result. */
function eventsOf({ dataDir }: AlgoliaShop, action: string): StoredEvent[] {
  const store = new EventStore(dataDir, 5000);
  try {
    return [...store.between(0, Number.MAX_SAFE_INTEGER)]
      .filter((event) => event.action === action)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  } finally {
    store.close();
  }
}
