import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readJudgments } from '../../src/catalog/evaluate/readJudgments.js';
import { PRODUCTS } from '../http/algolia/shop.js';
import { makeGeneration } from '../index/makeGeneration.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

interface Compared {
  readonly first: { readonly total: number; readonly hits: readonly { readonly id: string }[] };
  readonly second: { readonly total: number; readonly hits: readonly { readonly id: string }[] };
}

inChromium('the search lab', undefined, ({ page, shop, visit }) => {
  const post = async (url: string, payload: object) =>
    (await shop().app.inject({ method: 'POST', url, payload })).json();
  const button = (name: string | RegExp) => page().getByRole('button', { name });
  const hide = async () =>
    shop().app.inject({
      method: 'PUT',
      url: '/v1/rules',
      payload: {
        rules: 'format: 1\nrules: [{ id: r, when: { query: lamp }, then: { hide: [p18] } }]\n',
        by: 'Dana',
      },
    });

  test('compares two configurations as the API does, with moves marked and reasons', async () => {
    await hide();
    await visit('/desk/lab');
    await page().getByLabel('Search for').fill('lamp');
    await page().keyboard.press('Enter');
    const second = page().getByRole('group', { name: /^Second/ });
    await second.getByLabel('By meaning too, not by words alone').check();
    await second.getByLabel('Rules and published synonyms').uncheck();
    const own: Compared = await post('/v1/lab/compare', {
      search: { q: 'lamp', per_page: 10 },
      second: { rules: false },
    });
    const ids = (side: string) =>
      page().getByRole('list', { name: side }).locator('.hit .about').allTextContents();
    await expect.poll(() => ids('Second: without rules'), WAIT).toEqual(own.second.hits.map(({ id }) => id));
    expect(await ids('First: as it serves')).toEqual(own.first.hits.map(({ id }) => id));
    const list = page().getByRole('list', { name: 'Second: without rules' });
    expect(await list.locator('li.in .hit .about').allTextContents()).toEqual(['p18']);
    expect(await page().getByRole('status').first().textContent()).toMatch(
      /^8 found by the first, 9 by the second\. On the first page of the second: 1 new, 8 moved, 0 gone\./,
    );
    await list.getByText('Why?').first().click();
    expect(await list.getByRole('meter').count()).toBeGreaterThan(0);
    expect(await list.locator('.why-hit').first().textContent()).toMatch(/Found by “lamp” in title/);
    // The address holds both.
    await page().reload();
    await expect.poll(() => ids('Second: without rules'), WAIT).toEqual(own.second.hits.map(({ id }) => id));
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('compares with another index', async () => {
    const { manifest } = await makeGeneration(
      shop().indexesDir,
      PRODUCTS.map((product) => (product.id === 'p19' ? { id: 'p19', title: 'Shade' } : product)),
      { sequence: shop().store.changes.last() },
    );
    await visit('/desk/lab?q=lamp');
    const second = page().getByRole('group', { name: /^Second/ });
    await second.getByLabel('Index').selectOption(manifest.id);
    expect(await second.getByLabel('Filled values').isDisabled()).toBe(true);
    await page()
      .getByRole('status')
      .filter({ hasText: /8 found by the first, 7 by the second/ })
      .waitFor();
    const list = page().getByRole('list', { name: `Second: index ${manifest.id}` });
    expect(await list.getByRole('listitem').count()).toBe(7);
    expect(await seriousViolations(page())).toEqual([]);
    // The address holds it.
    await page().reload();
    await expect.poll(() => second.getByLabel('Index').inputValue(), WAIT).toBe(manifest.id);
  });

  test('judges by keyboard to a file, goes on with it, and measures it as the API does', async () => {
    await hide();
    await visit('/desk/lab?q=lamp&view=judge&second=-rules');
    await button('Go to the next one').focus();
    await page().keyboard.press('Enter');
    const rows = page().locator('.judging li');
    const judged: [string, number][] = [];
    for (const grade of [3, 0, 2]) {
      const id = await page().evaluate<string>(
        "document.activeElement.closest('li').querySelector('.about').textContent.split(' ')[0]",
      );
      judged.push([id, grade]);
      await page().keyboard.press(String(grade));
    }
    expect(await rows.locator('.chosen').allTextContents()).toEqual(['3 Perfect', '0 Irrelevant', '2 Good']);
    await page().keyboard.press('1');
    await page().keyboard.press('Shift+Tab');
    await page().keyboard.press('Delete');
    await expect.poll(() => rows.locator('.chosen').count(), WAIT).toBe(3);
    expect(await seriousViolations(page())).toEqual([]);
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      button('Download').press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('judgments.tsv');
    const file = await download.path();
    expect(await readJudgments(file)).toEqual(new Map([['lamp', new Map(judged)]]));

    // Removed, opened again from the file, and continued after a reload.
    await button('Remove all').click();
    await expect.poll(() => rows.locator('.chosen').count(), WAIT).toBe(0);
    const buffer = await readFile(file);
    await page()
      .getByLabel('Open a file')
      .setInputFiles({ name: 'mine.tsv', mimeType: 'text/tab-separated-values', buffer });
    await expect.poll(() => rows.locator('.chosen').count(), WAIT).toBe(3);
    await page().reload();
    await expect.poll(() => rows.locator('.chosen').count(), WAIT).toBe(3);

    await page().getByRole('link', { name: 'Measure' }).click();
    await button('Measure 1 search').click();
    const table = page().getByRole('region', { name: 'Measures' });
    const { queries } = await post('/v1/lab/evaluate', {
      judgments: [{ query: 'lamp', grades: Object.fromEntries(judged) }],
      second: { rules: false },
    });
    const [{ first, second }] = queries;
    await expect
      .poll(() => table.getByRole('row').nth(1).getByRole('cell').allTextContents(), WAIT)
      .toEqual([
        first.ndcg_at_10.toFixed(4),
        second.ndcg_at_10.toFixed(4),
        `${second.ndcg_at_10 > first.ndcg_at_10 ? '+' : ''}${(second.ndcg_at_10 - first.ndcg_at_10).toFixed(4)}`,
      ]);
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    expect(await page().evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      PHONE.width,
    );
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('refuses a file that has no judgments with a sentence, and keeps those at hand', async () => {
    await visit('/desk/lab?view=measure');
    const open = (text: string) =>
      page()
        .getByLabel('Open a file')
        .setInputFiles({ name: 'a.tsv', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await open('query\tproduct_id\tgrade\nlamp\tp18\t2\nlamp\tp19\tgood\n');
    await expect
      .poll(() => page().locator('.judgments-file .wrong').textContent(), WAIT)
      .toMatch(/^Line 3 of the file has no usable/);
    expect(await button('Download').isDisabled()).toBe(true);
  });
});
