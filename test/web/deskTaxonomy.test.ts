import { expect, test } from 'vitest';
import { governBy, governingTaxonomy } from '../../src/catalog/taxonomy/governingTaxonomy.js';
import { nextVersion } from '../../src/catalog/taxonomy/taxonomyDraft.js';
import type { Product } from '../../src/domain/product.js';
import { openTaxonomies } from '../../src/service/taxonomies.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const SHOP: readonly Product[] = Array.from({ length: 12 }, (_, place) => ({
  id: `p${place}`,
  title: `Mug ${place}`,
  category: place < 8 ? 'Kitchen > Mugs' : 'Kitchen > Plates',
  attributes: { color: place % 2 === 0 ? 'Red' : 'Petrol' },
}));
const TAXONOMY = {
  format: 1,
  version: '1.0',
  language: 'en',
  owner: 'Kim',
  changelog: [{ version: '1.0', date: '2026-01-01', changes: ['Started.'] }],
  carried: ['color'],
  attributes: [
    {
      id: 'color',
      name: 'Color',
      type: 'enum',
      values: [{ name: 'Red' }, { name: 'Green' }, { name: 'Blue' }],
    },
  ],
  categories: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'mugs', name: 'Mugs', parent: 'kitchen', aliases: ['Cups'] },
    { id: 'plates', name: 'Plates', parent: 'kitchen' },
  ],
};
/** How long a job may take on a busy machine. */
const JOB = { timeout: 120_000 };

test('the next version counts on, past those that were used', () => {
  const entry = (version: string) => ({ version, date: '2026-01-01', changes: ['.'] });
  expect(nextVersion({ version: '1.9', changelog: [entry('1.9')] })).toBe('1.10');
  expect(nextVersion({ version: '2', changelog: [entry('3'), entry('2')] })).toBe('4');
  expect(nextVersion({ version: 'autumn', changelog: [] })).toBe('autumn-2');
});

inChromium('the section Taxonomy', SHOP, ({ page, shop, visit }) => {
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });
  const status = () => page().locator('.said-bar [role=status]').textContent();
  const govern = () => shop().store.transaction(() => governBy(shop().store, TAXONOMY));
  const valuesNow = () => {
    const attribute = governingTaxonomy(shop().store)?.attribute('color');
    return attribute?.type === 'enum' ? attribute.values : [];
  };

  test('a draft by keyboard: rename, merge, take a proposal, publish, undo', async () => {
    await visit('/desk/taxonomy');
    await page().getByText('No taxonomy governs the shop yet.').waitFor();
    govern();
    await page().reload();
    const open = button('Categories in Kitchen');
    await open.press('Enter');
    const mugs = page().getByRole('link', { name: 'Mugs', exact: true });
    await mugs.waitFor();
    expect(await page().locator('.tree .node').allTextContents()).toEqual(['Kitchen12', 'Mugs8', 'Plates4']);
    expect(await seriousViolations(page())).toEqual([]);
    await mugs.press('Enter');
    await page().getByRole('heading', { name: 'Kitchen > Mugs' }).waitFor();
    await page().locator('summary', { hasText: 'Color' }).press('Enter');
    await button('Edit Red').press('Enter');
    await page().getByLabel('Name of the value').fill('Ruby');
    await page().getByLabel('Also written as, one a line').fill('Crimson\nScarlet');
    expect(await seriousViolations(page())).toEqual([]);
    await page().getByLabel('Name of the value').press('Enter');
    await expect.poll(status, WAIT).toBe('2 edits are in the draft.');
    await button('Edit Ruby').waitFor();
    // The last edit is taken back, and made again.
    await button('Undo').press('Enter');
    await button('Edit Red').press('Enter');
    await page().getByLabel('Name of the value').fill('Ruby');
    await page().keyboard.press('Enter');
    await expect.poll(status, WAIT).toBe('In the draft: color: Red renamed to Ruby.');
    await button('Edit Blue').press('Enter');
    await page().getByLabel('Or merge it into another value').selectOption('Green');
    await expect.poll(status, WAIT).toBe('In the draft: color: Blue merged into Green.');
    await page().getByLabel('New value of Color').fill('crimson');
    await page().keyboard.press('Enter');
    await expect.poll(status, WAIT).toMatch(/already known as Ruby/);

    await page().getByRole('link', { name: 'New values' }).press('Enter');
    await button('Add Petrol to Color').press('Enter');
    await expect.poll(status, WAIT).toBe('In the draft: color: the value Petrol added.');
    expect(await seriousViolations(page())).toEqual([]);
    // Nothing governs yet, and the draft is in the store: it survives a restart.
    expect(valuesNow().map(({ name }) => name)).toEqual(['Red', 'Green', 'Blue']);
    expect(openTaxonomies(shop().store).draft()?.edits).toHaveLength(4);

    await page().reload();
    await page().getByText('Version 1.0, with the edits of the draft').waitFor();
    await page().getByRole('link', { name: 'Draft (4)' }).press('Enter');
    await page().getByText('+ value color: Petrol').waitFor();
    expect(await page().getByLabel('Name of the new version').inputValue()).toBe('1.1');
    expect(await seriousViolations(page())).toEqual([]);
    await button('Count what changes').press('Enter');
    await page()
      .getByText(/Publishing changes/)
      .waitFor(JOB);
    // Half of them are ruby now, and half petrol, which was no value before.
    const counted = await page().locator('main').textContent();
    expect(counted).toMatch(/how 12 products are read, and 0 filled values of 0/);
    expect(governingTaxonomy(shop().store)?.taxonomy.version).toBe('1.0');
    await button('Publish version 1.1').press('Enter');
    await page()
      .getByText(/Version 1.1 is published/)
      .waitFor(JOB);
    await page().getByRole('link', { name: 'start one under Jobs' }).waitFor();
    expect(governingTaxonomy(shop().store)?.taxonomy.version).toBe('1.1');
    expect(valuesNow()).toEqual([
      { name: 'Ruby', aliases: ['Crimson', 'Scarlet', 'Red'] },
      { name: 'Green', aliases: ['Blue'] },
      { name: 'Petrol', aliases: [] },
    ]);
    expect(openTaxonomies(shop().store).draft()).toBeUndefined();

    await page().getByRole('link', { name: 'Published' }).press('Enter');
    await button('Undo').press('Enter');
    await button('Go back to 1.0').press('Enter');
    await page()
      .getByText(/Version 1.0 is in use again/)
      .waitFor(JOB);
    expect(governingTaxonomy(shop().store)?.taxonomy).toMatchObject({ version: '1.0' });
    expect(await seriousViolations(page())).toEqual([]);
  }, 240_000);

  test('what somebody else edited meanwhile is neither undone nor overwritten, and discarding asks first', async () => {
    govern();
    const inject = (method: 'POST' | 'DELETE', url: string, payload?: object) =>
      shop().app.inject({ method, url, ...(payload !== undefined && { payload }) });
    const rename = (to: string) => [{ kind: 'rename-category', category: 'plates', to }];
    const first = await inject('POST', '/v1/taxonomy/draft/edits', {
      edits: rename('Dishes'),
      if_revision: 'none',
    });
    const { revision } = first.json().draft;
    expect(
      (await inject('POST', '/v1/taxonomy/draft/edits', { edits: rename('Bowls'), if_revision: revision }))
        .statusCode,
    ).toBe(200);
    const late = { edits: rename('Platters'), if_revision: revision };
    const refused = await inject('POST', '/v1/taxonomy/draft/edits', late);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      409,
      'Somebody edited the draft meanwhile: look at it again, and repeat the change.',
    ]);
    expect((await inject('POST', `/v1/taxonomy/draft/undo?if_revision=${revision}`)).statusCode).toBe(409);
    expect((await inject('DELETE', `/v1/taxonomy/draft?if_revision=${revision}`)).statusCode).toBe(409);
    await visit('/desk/taxonomy?view=draft');
    await button('Discard all…').press('Enter');
    expect(await page().getByRole('dialog').textContent()).toMatch(/^Discard the 2 edits of the draft\?/);
    await button('Keep them').press('Enter');
    // Edited after this page read it.
    await inject('POST', '/v1/taxonomy/draft/edits', { edits: rename('Plates again') });
    await button('Take the last one back').click();
    await page().getByText('Somebody edited the draft meanwhile').waitFor();
    await expect.poll(() => page().locator('.draft ol li').count(), WAIT).toBe(3);
    await button('Take the last one back').dblclick();
    await expect.poll(() => page().locator('.draft ol li').count(), WAIT).toBe(2);
    await button('Discard all…').click();
    await button('Discard').click();
    await page().getByText('There is no draft.').waitFor();
  });

  test('a draft with an error cannot be published, and one of another taxonomy only discarded', async () => {
    govern();
    const post = (payload: object) =>
      shop().app.inject({ method: 'POST', url: '/v1/taxonomy/draft/edits', payload });
    const alias = { kind: 'category-aliases', category: 'plates', aliases: ['Mugs'] };
    expect((await post({ edits: [alias, { ...alias, category: 'none' }] })).statusCode).toBe(400);
    const { draft } = (await post({ edits: [alias] })).json();
    expect(draft.findings[0].severity).toBe('error');
    await visit('/desk/taxonomy?view=draft');
    await page().getByText('Correct the errors first').waitFor();
    expect(await button('Count what changes').isDisabled()).toBe(true);
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    const width = await page().evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(PHONE.width);
    expect(await seriousViolations(page())).toEqual([]);
    shop().store.transaction(() => governBy(shop().store, { ...TAXONOMY, owner: 'Lee' }));
    expect((await post({ edits: [alias] })).statusCode).toBe(409);
    await page().reload();
    await button('Discard the draft').click();
    await page().getByText('There is no draft.').waitFor();
  });

  test('categories are added and moved, types changed, impossible names refused where they are typed', async () => {
    shop().store.transaction(() => governBy(shop().store, { ...TAXONOMY, version: '7' }));
    openTaxonomies(shop().store).discard();
    await visit('/desk/taxonomy?view=categories&category=mugs');
    await button('Edit category').press('Enter');
    const name = page().getByLabel('Name of the category');
    await name.fill('Cups > Mugs');
    await name.press('Enter');
    await page().locator('.field-problem', { hasText: 'contains ">"' }).waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await seriousViolations(page())).toEqual([]);
    await name.fill('plates');
    await name.press('Enter');
    await page().locator('.field-problem', { hasText: 'category Plates in the same place' }).waitFor();
    expect(openTaxonomies(shop().store).draft()).toBeUndefined();
    await name.press('Escape');

    await page().locator('summary', { hasText: 'Add or move categories' }).press('Enter');
    const fresh = page().getByLabel('New category in Mugs');
    await fresh.fill('a > b');
    await fresh.press('Enter');
    await page().locator('.field-problem', { hasText: 'contains ">"' }).waitFor();
    await fresh.fill('Tall mugs');
    await fresh.press('Enter');
    await expect.poll(status, WAIT).toBe('In the draft: Category Tall mugs added to mugs.');
    await page().getByText('Moving it is about 8 products').waitFor();
    await page().getByLabel('Move it, with all below it, into').selectOption({ label: 'The top' });
    await button('Move').press('Enter');
    await expect.poll(status, WAIT).toBe('In the draft: Category mugs moved to the top.');
    await page().getByRole('heading', { name: 'Mugs', exact: true }).waitFor();
    await page().locator('summary', { hasText: 'Color' }).press('Enter');
    await page().getByLabel('What Color holds').selectOption('number+unit');
    await page().getByText('Its list of 3 values would be gone.').waitFor();
    await page().getByLabel('Unit of Color').fill('kg');
    await button('Change').press('Enter');
    await expect.poll(status, WAIT).toBe('In the draft: Attribute color is now a number in kg.');
    expect(await seriousViolations(page())).toEqual([]);
    await page().getByRole('link', { name: 'Draft (3)' }).press('Enter');
    const edits = page().getByRole('region', { name: 'Edits' }).getByRole('listitem');
    await page().getByText('12 products').first().waitFor();
    expect(await edits.allTextContents()).toEqual([
      'Category Tall mugs added to mugs. 0 products',
      'Category mugs moved to the top. 8 products',
      'Attribute color is now a number in kg. 12 products',
    ]);
    await page().setViewportSize(PHONE);
    for (const view of ['draft', 'categories&category=mugs']) {
      await visit(`/desk/taxonomy?view=${view}`);
      await page().locator('.draft, .chosen .panel').first().waitFor();
      const width = await page().evaluate<number>('document.documentElement.scrollWidth');
      expect(width, view).toBeLessThanOrEqual(PHONE.width);
    }
    openTaxonomies(shop().store).discard();
  });
});
