import { expect, test } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import type { Store } from '../../src/store/open.js';
import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { factOf } from '../domain/fact.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const COLORS = ['Navy', 'Red', 'Teal', 'Grey', 'Olive', 'Plum'];
const ORIGIN = { taxonomy: 'mugs-1', model: 'm' };

/** Per colour as many mugs as its place says, so that no two groups are of one size: 6 navy ones, 5 red ones... */
const MUGS: readonly Product[] = COLORS.flatMap((color, place) =>
  Array.from({ length: COLORS.length - place }, (_, nth) => ({
    id: `${color.toLowerCase()}-${nth}`,
    title: `Mug in ${color.toLowerCase()}${color === 'Navy' && nth === 3 ? ' and red' : ''}, ${nth}`,
  })),
);
const JUGS: readonly Product[] = ['Glass jug', 'Steel jug'].map((title, nth) => ({
  id: `jug-${nth}`,
  title,
}));

const taxonomy = taxonomySchema.parse({
  format: 1,
  version: 'mugs-1',
  language: 'en',
  owner: 'tests',
  changelog: [{ version: 'mugs-1', date: '2026-11-21', changes: ['first'] }],
  attributes: [
    {
      id: 'color',
      name: 'Colour',
      type: 'enum',
      values: [...COLORS, 'Forest green'].map((name) => ({ name })),
    },
  ],
  carried: ['color'],
  categories: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'mugs', name: 'Mugs', parent: 'kitchen' },
    { id: 'jugs', name: 'Jugs', parent: 'kitchen' },
  ],
});

function suggestAll(store: Store): void {
  store.settings.set('taxonomy', taxonomy);
  store.transaction(() => {
    for (const { id, title = '' } of MUGS) {
      const word = /Mug in (\w+)/.exec(title)?.[1] ?? '';
      const value = word.charAt(0).toUpperCase() + word.slice(1);
      const evidence = { field: 'title', start: 7, end: 7 + word.length, quote: word };
      const confidence = 0.97 - Number(id.at(-1)) / 100;
      const color = factOf('attributes.color', value, { status: 'suggested', confidence, evidence });
      store.facts.replace(id, [color], ORIGIN);
    }
    for (const { id } of JUGS) {
      const neighbours = [{ id: 'navy-0', similarity: 0.5, value: 'Kitchen > Mugs' }];
      const category = factOf('category', 'Kitchen > Mugs', {
        ...{ status: 'suggested', method: 'neighbours', confidence: 0.55, evidence: { neighbours } },
      });
      store.facts.replace(id, [category], ORIGIN);
    }
  });
}

inChromium('the review', [...MUGS, ...JUGS], ({ page, shop, visit }) => {
  const title = () => page().locator('#group-title').textContent();
  const left = () => page().locator('.review-left').textContent();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page().keyboard.press(key);
  };
  const focused = () => page().evaluate<string>('document.activeElement.textContent');
  const get = async (url: string) => (await shop().app.inject({ url })).json();
  const decisions = async () => (await get('/v1/decisions?per_page=250')).decisions;
  const said = () => page().getByRole('status').first().textContent();
  /** The page shows what the service has left. */
  const agrees = async () => {
    await expect
      .poll(async () => {
        const { total, suggestions } = await get(`/v1/suggestions${new URL(page().url()).search}`);
        const groups = `${total} ${total === 1 ? 'group' : 'groups'} left`;
        const now = `${suggestions} ${suggestions === 1 ? 'suggestion' : 'suggestions'} in ${groups}`;
        return now === (await left()) || `${now}, but the page says ${await left()}`;
      }, WAIT)
      .toBe(true);
  };
  const open = async (address = '/desk/review') => {
    await visit(address);
    await page().locator('#group-title').waitFor();
  };

  test('settles groups by keyboard alone, with every decision undone again', async () => {
    suggestAll(shop().store);
    await open();
    expect(await left()).toBe('23 suggestions in 7 groups left');
    const fields = () => page().getByLabel('Field').locator('option').allTextContents();
    expect(await fields()).toEqual(['All fields (23)', 'Color (21)', 'Category (2)']);
    expect(await title()).toBe('Navy');
    expect(await page().locator('.review-products mark').allTextContents()).toEqual(Array(6).fill('navy'));
    expect(await page().locator('.review-products.against').textContent()).toMatch(
      /and red, 3.*its title also says “red” \(Red\).*the least sure/,
    );
    expect(await page().locator('.review-sure').textContent()).toBe('almost certain, 95% (92% to 97%)');
    expect(await seriousViolations(page())).toEqual([]);

    await press('j', 'j', 'k');
    expect(await title()).toBe('Red');
    await expect.poll(focused, WAIT).toContain('Red');
    await press('a');
    expect(await title()).toBe('Teal');
    await expect.poll(focused, WAIT).toContain('Teal');
    expect(await said()).toBe('Accepted Color: Red, 5 products.');
    expect(await left()).toBe('18 suggestions in 6 groups left');
    expect(await fields()).toEqual(['All fields (18)', 'Color (16)', 'Category (2)']);
    await press('r', 'ArrowUp');
    await agrees();
    expect((await decisions()).slice(0, 2)).toMatchObject([
      { action: 'reject', value: 'Teal', settled: 4, by: 'desk' },
      { action: 'accept', value: 'Red', settled: 5 },
    ]);

    // Back to the first group, without the product that speaks against it.
    await press('k', 'k');
    expect(await title()).toBe('Navy');
    await press('x');
    expect(
      await page()
        .getByRole('button', { name: /Accept 5/ })
        .count(),
    ).toBe(1);
    await press('ArrowDown', 'Space', 'k', 'x', 'x', 'Escape');
    await expect.poll(focused, WAIT).toContain('Navy');
    await press('a');
    await agrees();
    expect((await decisions())[0]).toMatchObject({ action: 'accept', value: 'Navy', settled: 4 });
    const { products } = await get(
      `/v1/suggestions/${(await get('/v1/suggestions')).groups.find((one: { value: string }) => one.value === 'Navy').group}`,
    );
    expect(products.map(({ id }: { id: string }) => id).sort()).toEqual(['navy-3', 'navy-5']);

    await press('j');
    expect(await title()).toBe('Grey');
    await press('c');
    const box = page().getByRole('combobox', { name: 'Right value' });
    await box.waitFor();
    // No longer than a value can be, so that nothing is refused.
    await page().keyboard.insertText('long '.repeat(60));
    await page().getByText('A value has at most 200 characters.').waitFor();
    expect(await box.inputValue()).toHaveLength(200);
    expect(await page().getByRole('alert').count()).toBe(0);
    await box.fill('');
    await page().keyboard.type('gre');
    const values = page().getByRole('listbox', { name: 'Values' }).getByRole('option');
    await expect.poll(() => values.allTextContents(), WAIT).toEqual(['Forest green']);
    await press('Enter');
    await agrees();
    expect((await decisions())[0]).toMatchObject({
      action: 'correct',
      value: 'Grey',
      corrected: 'Forest green',
    });

    // What was left out is a group of its own now.
    await page().locator('.review-row', { hasText: 'Navy' }).click();
    await expect.poll(() => page().locator('.review-products li').count(), WAIT).toBe(2);
    expect(await page().locator('.left-out').count()).toBe(0);
    await press('r');
    await agrees();
    expect((await decisions())[0]).toMatchObject({ action: 'reject', value: 'Navy', settled: 2 });

    await press('u', 'u', 'u', 'u', 'u');
    await expect.poll(left, WAIT).toBe('23 suggestions in 7 groups left');
    await agrees();
    expect((await decisions()).filter(({ action }: { action: string }) => action === 'undo')).toHaveLength(5);
    await press('u');
    expect(await said()).toBe('Nothing to undo.');

    await press('?');
    await page().getByRole('heading', { name: 'Keys' }).waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    await press('Escape');
  });

  test('narrows by field, lists decisions with their undo, and asks for the name of the reviewer', async () => {
    suggestAll(shop().store);
    await open('/desk/review?field=category');
    expect(await left()).toBe('2 suggestions in 1 group left');
    expect(await page().locator('.review-products').textContent()).toContain(
      'like “Mug in navy, 0”, which has Kitchen > Mugs (50% alike)',
    );
    await page().getByLabel('Your name, for the log').fill('Dana');
    await page().getByRole('button', { name: 'Correct' }).click();
    await page().keyboard.type('jug');
    await page().getByRole('option', { name: 'Kitchen › Jugs' }).click();
    await page().getByRole('heading', { name: 'Nothing is left here' }).waitFor();
    await expect.poll(async () => (await decisions())[0]?.corrected, WAIT).toBe('Kitchen > Jugs');
    await page().reload();
    expect(await page().getByLabel('Your name, for the log').inputValue()).toBe('Dana');
    const entry = page().locator('.review-decisions li').first();
    await entry.getByText(/Corrected.*2 products, Dana/).waitFor();
    await entry.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(left, WAIT).toBe('2 suggestions in 1 group left');
    await page().getByLabel('Field').selectOption('attributes.color');
    await expect.poll(left, WAIT).toBe('21 suggestions in 6 groups left');
    expect(page().url()).toMatch(/field=attributes.color/);
    await page().goBack();
    await expect.poll(left, WAIT).toBe('2 suggestions in 1 group left');
  });

  test('goes on at once while decisions are slow, keeps them in order, and says which one failed', async () => {
    suggestAll(shop().store);
    await open('/desk/review?field=attributes.color');
    const asked: string[] = [];
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page().route('**/v1/suggestions/decide', async (route) => {
      asked.push(route.request().postDataJSON().decisions[0].action);
      await held;
      await route.continue();
    });
    // Somebody else is faster.
    const { groups } = await get('/v1/suggestions?field=attributes.color');
    const other = { action: 'accept', group: groups[1].group };
    await shop().app.inject({
      method: 'POST',
      url: '/v1/suggestions/decide',
      payload: { decisions: [other], by: 'Kim' },
    });
    await press('r', 'a', 'r', 'u');
    expect(await title()).toBe('Teal');
    expect(asked).toEqual(['reject']);
    release?.();
    const failed = page().locator('.review-decisions .failed');
    await failed.waitFor();
    expect(await failed.textContent()).toMatch(/Red.*not decided.*Kim accepted it/);
    await agrees();
    // What was undone before it was sent is never sent.
    expect(asked).toEqual(['reject', 'accept']);

    await page().unroute('**/v1/suggestions/decide');
    await page().route('**/v1/suggestions/decide', (route) =>
      route.fulfill({ status: 429, json: { detail: 'Too many requests.' } }),
    );
    await press('a');
    await page().getByText('1 decision not sent yet').waitFor();
    await page().unroute('**/v1/suggestions/decide');
    await page().getByRole('button', { name: 'Try again' }).click();
    await agrees();
    expect((await decisions())[0]).toMatchObject({ action: 'accept', value: 'Teal' });
  });

  test('fits a phone, in the dark', async () => {
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    suggestAll(shop().store);
    await open();
    expect(await page().evaluate<number>('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await page().evaluate<number>('document.documentElement.scrollHeight')).toBeLessThan(4000);
    expect(await seriousViolations(page())).toEqual([]);
    const before = await title();
    await page().getByRole('button', { name: 'Accept' }).click();
    expect(await title()).not.toBe(before);
  });
});
