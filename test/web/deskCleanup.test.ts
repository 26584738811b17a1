import { expect, test } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const KINDS = {
  mug: 'Kitchen > Mugs',
  lamp: 'Living > Lamps',
  rug: 'Living > Rugs',
  chair: 'Living > Chairs',
};
const FINISHES = ['Matt', 'Matt', 'matt', 'MATT ', 'Gloss', 'Gloss'];
const LINES = ['Oslo', 'Turin', 'Kyoto', 'Porto', 'Malmo', 'Graz'];
const SHOP: Product[] = Object.entries(KINDS).flatMap(([kind, category], k) =>
  ['red', 'blue', 'green', 'black', 'white'].flatMap((color, c) =>
    LINES.map((line, l) => ({
      id: `p${k}${c}${l}`,
      title: `${line} ${kind} in ${color}`,
      brand: l === 5 && c === 0 ? 'FERNHILL' : 'Fernhill',
      category,
      price: 10 + k + c,
      attributes: { color, finish: FINISHES[l] ?? 'Gloss' },
    })),
  ),
);
SHOP.push(
  { ...SHOP[0], id: 'twin', price: 99 },
  {
    id: 'lost',
    title: 'Bergen chair in blue',
    brand: 'Fernhill',
    category: 'Kitchen > Mugs',
    price: 5,
    attributes: { finish: 'Gloss' },
  },
);

inChromium('the section Clean up', SHOP, ({ page, shop, visit }) => {
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });
  const bulk = () => page().getByRole('region', { name: 'Change what is chosen' });
  const finishes = () =>
    new Set([...shop().store.products.each()].map(({ attributes }) => String(attributes?.finish)));
  const api = async (url: string) => (await shop().app.inject({ url })).json();

  test('spellings: chosen by keyboard, previewed with numbers, applied, undone', async () => {
    const before = [...shop().store.products.each()];
    await visit('/desk/cleanup');
    const group = page().getByLabel('Change Finish: Matt', { exact: true });
    await group.waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    const { clusters } = await api('/v1/spellings');
    expect(await page().locator('.cluster').count()).toBe(clusters.length);
    const members = page().getByRole('list', { name: 'Values of Finish like Matt' });
    expect(await members.locator('.member').allTextContents()).toEqual(['Matt41', 'MATT␣20', 'matt20']);
    await group.focus();
    await page().keyboard.press('Space');
    expect(await bulk().textContent()).toMatch(/2 values chosen/);
    // One value stays, and all others get a spelling of our own.
    await members.getByLabel(/^MATT/).press('Space');
    const row = page().locator('.cluster', { has: group });
    await row.getByLabel('What they become').fill('Matte');
    expect(await bulk().textContent()).toMatch(/2 values chosen/);
    await button('Preview').press('Enter');
    await bulk().getByText('This changes').waitFor();
    expect(await bulk().textContent()).toMatch(/61 products/);
    expect(finishes()).toEqual(new Set(['Matt', 'matt', 'MATT ', 'Gloss']));
    expect(await seriousViolations(page())).toEqual([]);
    await page().getByLabel('Your name').fill('Kim');
    await page().keyboard.press('Enter');
    await bulk().getByText('Changed 61 values in 61 products.').waitFor();
    expect(finishes()).toEqual(new Set(['Matte', 'MATT ', 'Gloss']));
    expect(
      (await api('/v1/search?q=oslo&facets=attributes.finish')).facets['attributes.finish'],
    ).toMatchObject([{ value: 'Matte' }]);
    await button('Undo').press('Enter');
    await bulk().getByText('61 values are as before.').waitFor();
    expect([...shop().store.products.each()]).toEqual(before);

    // All at once, undone from the list of changes.
    await page()
      .getByLabel(/^All 2 groups/)
      .check();
    await button('Preview').click();
    await button(/^Change 44 products/).click();
    await bulk().getByText('Changed 44 values in 44 products.').waitFor();
    await page().getByText('Every value is written in one way.').waitFor();
    await page().reload();
    await button('Undo change 2').click();
    await page().getByText('Change 2 is undone').waitFor();
    expect([...shop().store.products.each()]).toEqual(before);
  });

  test('an audit finds the wrong category and the duplicate; the category is corrected and undone', async () => {
    await visit('/desk/cleanup?view=categories');
    await button('Check the catalog').click();
    await page()
      .getByText(/Checked 122 products/)
      .waitFor({ timeout: 120_000 });
    const better = page().getByLabel('Better category of Bergen chair in blue');
    await expect.poll(() => better.inputValue(), WAIT).toBe('Living > Chairs');
    expect(await seriousViolations(page())).toEqual([]);
    const { total } = await api('/v1/audit/findings?kind=category');
    expect(await page().locator('.findings tbody tr').count()).toBe(total);
    await page().getByLabel('Correct Bergen chair in blue').press('Space');
    await button('Preview').click();
    await page().getByLabel('Your name').fill('Kim');
    await button('Change 1 product').click();
    await bulk().getByText('Changed 1 value in 1 product.').waitFor();
    expect(shop().store.products.get('lost')?.category).toBe('Living > Chairs');
    await page().getByText('Now Living > Chairs').waitFor();
    await bulk().getByRole('button', { name: 'Undo' }).click();
    await better.waitFor();
    expect(shop().store.products.get('lost')?.category).toBe('Kitchen > Mugs');

    await page().getByRole('link', { name: 'Duplicates' }).press('Enter');
    const pair = page()
      .getByRole('region', { name: /beside/ })
      .first();
    await pair.waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    const { clusters } = await api('/v1/audit/clusters');
    expect(clusters[0].ids).toEqual(['p000', 'twin']);
    expect(await pair.locator('tbody tr').first().textContent()).toBe('Price1099');
    // The other one stays, and p000 is archived.
    await pair.getByLabel('Keep twin').press('Space');
    expect(await bulk().textContent()).toMatch(/1 product to remove chosen/);
    await button('Preview').press('Enter');
    await bulk().getByText('This archives').waitFor();
    expect(shop().store.products.get('p000')?.status).toBeUndefined();
    await page().getByLabel('Your name').press('Enter');
    await bulk().getByText('Archived 1 product.').waitFor();
    expect(shop().store.products.get('p000')?.status).toBe('archived');
    const found = async () =>
      (await api('/v1/search?q=oslo+mug+in+red&per_page=100')).hits.map(({ id }: { id: string }) => id);
    expect(await found()).toContain('twin');
    expect(await found()).not.toContain('p000');
    await page().getByText('Settled: one product is left.').first().waitFor();
    await bulk().getByRole('button', { name: 'Undo' }).press('Enter');
    await bulk().getByText('1 product is back.').waitFor();
    expect(shop().store.products.get('p000')).toEqual(SHOP[0]);
    // Deleted with what was filled, and brought back by the list of changes.
    await page()
      .getByLabel(/^Delete/)
      .check();
    await page().getByLabel('Remove duplicates of Oslo mug in red').check();
    await button('Preview').click();
    await bulk().getByText('This deletes').waitFor();
    // Somebody else was faster: what is chosen here is gone.
    shop().store.transaction(() => shop().store.products.delete('twin'));
    await button('Cancel').click();
    await button('Preview').click();
    await bulk().getByText('Nothing would change').waitFor();
    await page().getByText('twin, deleted since').waitFor();
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    for (const view of ['spellings', 'categories', 'duplicates']) {
      await visit(`/desk/cleanup?view=${view}`);
      await page().locator('.clusters, .findings, .pairs').waitFor();
      const width = await page().evaluate<number>('document.documentElement.scrollWidth');
      expect(width, view).toBeLessThanOrEqual(PHONE.width);
      expect(await seriousViolations(page())).toEqual([]);
    }
  }, 180_000);
});
