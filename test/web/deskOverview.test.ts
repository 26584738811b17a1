import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { addToCompletenessHistory } from '../../src/catalog/reindex/completenessHistory.js';
import { saveReindexReport } from '../../src/catalog/reindex/reindexReports.js';
import { saveQuality } from '../../src/service/monitor/quality.js';
import { QueryLog } from '../../src/store/queryLog.js';
import { inferTaxonomy } from '../../src/taxonomy/infer/infer.js';
import { factOf } from '../domain/fact.js';
import { PRODUCTS } from '../http/algolia/shop.js';
import { makeGeneration } from '../index/makeGeneration.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const MEASURE = { threshold: 0.3, of: 500, state: 'known', sentence: 'So much of it.' } as const;

inChromium('the overview', [...PRODUCTS, { id: 'bare', title: 'A lamp' }], ({ page, shop, visit }) => {
  const get = async (url: string) => (await shop().app.inject({ url })).json();
  const panel = (name: string) =>
    page().locator('section.panel', { has: page().getByRole('heading', { name }) });
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;

  test('shows what the API counts, where to start, and the quality over time', async () => {
    const { store } = shop();
    store.settings.set('taxonomy', (await inferTaxonomy(PRODUCTS)).taxonomy);
    store.transaction(() => {
      const suggested = factOf('category', 'Living > Lamps', { status: 'suggested', confidence: 0.8 });
      store.facts.replace('bare', [suggested], { taxonomy: 't', model: 'm' });
    });
    const log = new QueryLog(store.path, 1000);
    log.add([
      { query: 'sofa', day: '2026-11-29', mode: 'lexical', corrected: false, filtered: false, total: 0 },
    ]);
    log.close();
    for (const [place, value] of [0.1, 0.35].entries()) {
      const at = `2026-11-${28 + place}T12:00:00.000Z`;
      const measures = [{ ...MEASURE, name: 'drift' as const, value }];
      saveQuality(store, { format: 1, at, generation: 'g', measures });
    }
    const waiting = [{ field: 'attributes.size', from: 0.7, seen: 24, right: 21, target: 0.95, missing: 12 }];
    saveReindexReport(store, { generation: 'g', applied: {}, unapplied: {}, waiting });
    for (const [day, after] of [0.5, 0.625].entries()) {
      const at = `2026-11-${28 + day}T12:00:00.000Z`;
      addToCompletenessHistory(store, { at, generation: 'g', products: 37, before: 0.5, after });
    }
    await visit('/desk');
    const bars = panel('Completeness by category');
    await bars.waitFor();

    const counts = await get('/v1/completeness');
    const tiles = await page().locator('.tiles').textContent();
    expect(tiles).toContain(percent(counts.after));
    expect(tiles).toContain(`${percent(counts.before)} before enrichment, about ${percent(counts.expected)}`);
    await expect.poll(() => page().locator('.tiles').textContent(), WAIT).toContain('in 1 group:');
    const rows = await bars.locator('tbody tr').allTextContents();
    expect(rows).toEqual(
      counts.categories.map(
        (one: {
          category: string;
          products: number;
          cells: number;
          filled: number;
          applied: number;
          suggested: number;
        }) =>
          [
            one.category || 'No category',
            one.products,
            percent(one.filled / one.cells),
            percent((one.filled + one.applied) / one.cells),
            one.suggested,
          ].join(''),
      ),
    );
    const starts = panel('Where to start');
    expect(await starts.textContent()).toContain('12 more accepted one by one would change that.');
    await starts.getByRole('link', { name: 'Review Category of Living' }).click();
    await expect
      .poll(() => page().locator('.review-left').textContent(), WAIT)
      .toBe('1 suggestion in 1 group left');
    await page().goBack();

    const [child] = counts.categories.filter(({ narrower }: { narrower: boolean }) => narrower);
    await bars.getByRole('link', { name: child.category }).click();
    await page().getByRole('navigation', { name: 'Categories above' }).waitFor();
    const below = await get(`/v1/completeness?under=${encodeURIComponent(child.category)}`);
    await expect.poll(() => bars.locator('tbody tr').count(), WAIT).toBe(below.categories.length);

    expect(await panel('Searches without results').textContent()).toMatch(
      /1 of 1 searches found nothing.*sofa/s,
    );
    const history = panel('Completeness over time');
    expect(await history.locator('figcaption').textContent()).toMatch(
      /From 50% of all cells at the reindex of 11.28.2026 to 62.5% on 11.29.2026, over 2 reindexes./,
    );
    await history.locator('canvas').waitFor();
    const quality = panel('Quality over time');
    expect(await quality.locator('figcaption').textContent()).toMatch(
      /Drift of new products went from 10% on 11.28.2026 to 35% on 11.29.2026; the highest was 35%. Its limit is 30%./,
    );
    await quality.locator('canvas').waitFor({ state: 'attached' });
    expect(await seriousViolations(page())).toEqual([]);
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    expect(await page().evaluate<number>('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('goes back to another version of the index after saying what changes', async () => {
    const { store } = shop();
    const [first] = (await get('/v1/generations')).generations;
    const { manifest } = await makeGeneration(shop().indexesDir, PRODUCTS.slice(0, 30), {
      sequence: store.changes.last(),
    });
    const report = {
      generation: manifest.id,
      applied: { 'attributes.color': 7 },
      unapplied: {},
      waiting: null,
    };
    saveReindexReport(store, report);
    await visit('/desk/overview');
    const versions = panel('Index versions');
    const serving = versions.locator('tr', { hasText: 'serves now' });
    await serving.waitFor();
    await versions.getByRole('button', { name: 'Go back' }).focus();
    await page().keyboard.press('Enter');
    const dialog = page().getByRole('dialog');
    expect(await dialog.textContent()).toMatch(/37 → 30.*one reindex.*Color: 7 filled/);
    expect(await seriousViolations(page())).toEqual([]);
    const write = shop().key(undefined, 'write');
    const admin = shop().key(undefined, 'admin');
    const button = dialog.getByRole('button', { name: 'Serve this version' });
    await button.click();
    // Without any key the frame of the desk asks for one, as a modal dialog would be in the way.
    const keyOfFrame = page().getByLabel('Key', { exact: true });
    await keyOfFrame.fill(write);
    await keyOfFrame.press('Enter');
    await versions.getByRole('button', { name: 'Go back' }).click();
    await button.click();
    const box = dialog.getByLabel('Key', { exact: true });
    await expect
      .poll(() => dialog.getByRole('alert').textContent(), WAIT)
      .toMatch(/needs a key with the scope admin/);
    await box.fill(admin);
    await box.press('Enter');
    await page()
      .getByText(/The version of .* serves now/)
      .waitFor();
    const headers = { 'x-api-key': admin };
    const { generations } = (await shop().app.inject({ url: '/v1/generations', headers })).json();
    expect(generations.find(({ current }: { current: boolean }) => current).id).toBe(manifest.id);
    expect(first.id).not.toBe(manifest.id);
  });

  test('says so where there is no version on disk', async () => {
    const { generations } = (
      await shop().app.inject({
        url: '/v1/generations',
        headers: { 'x-api-key': shop().key(undefined, 'admin') },
      })
    ).json();
    for (const { id } of generations) await rm(path.join(shop().indexesDir, id), { recursive: true });
    await visit('/desk/overview');
    const box = page().getByLabel('Key', { exact: true });
    await box.fill(shop().key(undefined, 'write'));
    await box.press('Enter');
    await page().getByText('There is none yet: import products, then reindex.').waitFor();
  });
});

inChromium('the overview of an empty shop', [], ({ page, visit }) => {
  test('says what to do first', async () => {
    await visit('/desk');
    await page().getByRole('heading', { name: 'The shop has no products yet' }).waitFor();
    await page()
      .getByText('Nobody has searched yet.')
      .or(page().getByText('Searches are not recorded'))
      .first()
      .waitFor();
    await page().getByText('Not measured yet.').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
  });
});
