import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lockImport } from '../../src/catalog/import/lockImport.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

/** Jobs run in a process of their own, which takes its time to start. */
const JOB = { timeout: 60_000 };

inChromium('jobs, settings and keys of the desk', undefined, ({ page, shop, visit }) => {
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });

  test('a job is followed live, its report is in words, and its quarantine is saved', async () => {
    // It waits for another import, so that it still runs when the page is opened.
    const unlock = lockImport(shop().store);
    const panel = page().locator('.job');
    let id: string;
    try {
      const started = await shop().app.inject({
        method: 'POST',
        url: '/v1/import',
        headers: { 'content-type': 'application/x-ndjson' },
        payload: '{"id":"new-1","title":"Oak bench"}\n{"title":"without an id"}\n',
      });
      ({ id } = started.json());
      await visit('/desk/jobs');
      await panel.locator('h2').waitFor();
    } finally {
      unlock();
    }
    // Nothing is clicked: the page follows it by itself.
    await expect.poll(() => panel.locator('h2').textContent(), JOB).toBe('Import Done');
    const report = (await shop().app.inject({ url: `/v1/jobs/${id}` })).json().report;
    expect([report.imported, report.quarantined]).toEqual([1, 1]);
    expect(await panel.getByRole('status').textContent()).toMatch(
      /^2 rows read: 1 new, 0 changed, 0 as before\.1 row could not be read and went to quarantine\./,
    );
    await expect.poll(() => page().locator('.jobs .state').first().textContent(), WAIT).toBe('Done');
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      button('Download the quarantine').click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toMatch(/"line":2/);
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('a job that could not be followed for some time is followed again, without a click', async () => {
    const started = await shop().app.inject({
      ...{ method: 'POST', url: '/v1/import', headers: { 'content-type': 'application/x-ndjson' } },
      payload: '{"id":"new-2","title":"Pine bench"}\n',
    });
    await page().route('**/v1/jobs/**', (route) => route.abort());
    await visit(`/desk/jobs?job=${started.json().id}`);
    await page().getByText('The service does not answer').waitFor();
    await page().unroute('**/v1/jobs/**');
    await expect.poll(() => page().locator('.job h2').textContent(), JOB).toBe('Import Done');
    expect(await page().getByText('The service does not answer').count()).toBe(0);
  });

  test('a running job is cancelled by keyboard, and is named by its file', async () => {
    // It waits for another import, so that it runs until it is cancelled.
    const unlock = lockImport(shop().store);
    try {
      const started = await shop().app.inject({
        ...{ method: 'POST', url: '/v1/import?name=Spring%20feed.jsonl' },
        headers: { 'content-type': 'application/x-ndjson' },
        payload: '{"id":"never","title":"Ash bench"}\n',
      });
      await visit('/desk/jobs');
      const panel = page().locator('.job');
      await expect.poll(() => panel.locator('h2').textContent(), JOB).toBe('Import Running');
      expect(await panel.textContent()).toContain('the file Spring feed.jsonl');
      await panel.getByRole('button', { name: 'Cancel' }).press('Enter');
      await expect.poll(() => panel.locator('h2').textContent(), JOB).toBe('Import Cancelled');
      const job = (await shop().app.inject({ url: `/v1/jobs/${started.json().id}` })).json();
      expect(job.state).toBe('cancelled');
      expect(await page().locator('.jobs tbody th').first().textContent()).toBe('ImportSpring feed.jsonl');
      expect(await panel.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
      expect(await seriousViolations(page())).toEqual([]);
    } finally {
      unlock();
    }
    const preview = await shop().app.inject({
      ...{ method: 'POST', url: '/v1/import?preview=true&full=true' },
      headers: { 'content-type': 'application/x-ndjson' },
      payload: '{"id":"never","title":"Ash bench"}\n',
    });
    const { length } = [...shop().store.products.eachId()];
    await visit(`/desk/jobs?job=${preview.json().id}`);
    const panel = page().locator('.job');
    await expect.poll(() => panel.locator('h2').textContent(), JOB).toBe('Preview of an import Done');
    expect(await panel.getByRole('status').textContent()).toContain(
      `1 row read: 1 would be new, 0 changed, 0 as before.${length} products would be deleted. Nothing was changed.`,
    );
    expect(shop().store.products.get('never')).toBeUndefined();
    expect(shop().store.products.count()).toBe(length);
  });

  test('a reindex is started by keyboard with its options in words, and says why it failed', async () => {
    await visit('/desk/jobs');
    await button('Start a reindex…').press('Enter');
    const dialog = page().getByRole('dialog', { name: 'Start a reindex?' });
    await dialog.getByLabel(/^Fill blanks first/).press('Space');
    expect(await seriousViolations(page())).toEqual([]);
    await dialog.getByRole('button', { name: 'Start' }).press('Enter');
    await expect
      .poll(() => page().locator('.job .about').textContent(), WAIT)
      .toMatch(/without filling blanks/);
    // This shop has no model.
    await expect.poll(() => page().locator('.job h2').textContent(), JOB).toBe('Reindex Failed');
    const [job] = (await shop().app.inject({ url: '/v1/jobs' })).json().jobs;
    expect(job).toMatchObject({ kind: 'reindex', request: { enrich: false }, state: 'failed' });
    expect(await page().locator('.job .wrong').textContent()).toBe(job.error);
    expect(page().url()).toContain(job.id);
  });

  test('every setting is shown as the API has it, and can be found', async () => {
    await visit('/desk/settings');
    const rows = page().locator('.settings-page tbody tr');
    await rows.first().waitFor();
    const { sections } = (await shop().app.inject({ url: '/v1/settings' })).json();
    const paths: string[] = sections.flatMap(({ settings }: { settings: { path: string }[] }) =>
      settings.map(({ path }) => path),
    );
    expect(await rows.count()).toBe(paths.length);
    await page().getByLabel('Find a setting').fill('server.port');
    await expect.poll(() => rows.count(), WAIT).toBe(1);
    expect(await rows.textContent()).toMatch(/3000default.*a whole number from 0 to 65535/);
    expect(await page().getByText('No configuration file was read').count()).toBe(1);
    await page().getByLabel('Only what is given').check();
    await expect.poll(() => page().getByRole('status').textContent(), WAIT).toBe('No setting matches.');
    await page().getByLabel('Only what is given').uncheck();
    await page().getByLabel('Find a setting').fill('');
    await page().setViewportSize(PHONE);
    await page().emulateMedia({ colorScheme: 'dark' });
    expect(await page().evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      PHONE.width,
    );
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('the first key closes the service, keys are made and revoked, and a revoked key leads to the form', async () => {
    const { store } = shop();
    await visit('/desk/keys');
    await page().getByText('The first key closes the service.').waitFor();
    await page().getByLabel('Name', { exact: true }).fill('Owner');
    await page().keyboard.press('Enter');
    const shown = page().getByLabel('Key to save');
    await expect.poll(() => shown.inputValue(), WAIT).toMatch(/^sw_/);
    const owner = await shown.inputValue();
    expect((await shop().app.inject({ url: '/v1/search?q=lamp' })).statusCode).toBe(401);
    // The desk goes on with it, also in another section and after a reload.
    await page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy').click();
    await expect.poll(() => page().evaluate<string>('navigator.clipboard.readText()'), WAIT).toBe(owner);
    await button('I have saved it').click();
    expect(await page().content()).not.toContain(owner);
    await page().reload();

    await page().getByLabel('Name', { exact: true }).fill('Shop search');
    await page().getByLabel('Sees only products that match, optional').fill("brand = 'Quill'");
    await button('Create the key').click();
    await expect.poll(() => shown.inputValue(), WAIT).toMatch(/^sw_/);
    const search = await shown.inputValue();
    const asked = async (key: string) =>
      shop().app.inject({ url: '/v1/search?q=lamp', headers: { 'x-api-key': key } });
    expect((await asked(search)).json().total).toBe(3);
    expect(await seriousViolations(page())).toEqual([]);
    await button('Revoke Shop search').click();
    const dialog = page().getByRole('dialog');
    expect(await dialog.textContent()).toMatch(/1 other valid key remains/);
    expect(await seriousViolations(page())).toEqual([]);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(() => page().locator('.keys-page .done').textContent(), WAIT).toMatch(/is revoked/);
    expect((await asked(search)).statusCode).toBe(401);
    // The list has been read again with the key that is revoked next.
    await button('Revoke Shop search').waitFor({ state: 'detached' });

    // Revoked by command while somebody types: the form for a key, and then the page as it was.
    await page().getByLabel('Name', { exact: true }).fill('half typed');
    const other = shop().key(undefined, 'admin');
    const [first] = store.keys.list();
    store.keys.revoke(first?.id ?? '');
    await button('Create the key').click();
    const box = page().getByLabel('Key', { exact: true });
    await box.waitFor();
    expect(await page().locator('.key-form [role=alert]').textContent()).toMatch(/^This key is not valid/);
    await box.fill(other);
    await box.press('Enter');
    await expect.poll(() => page().getByLabel('Name', { exact: true }).inputValue(), WAIT).toBe('half typed');
    await expect.poll(() => page().getByLabel('Name', { exact: true }).isVisible(), WAIT).toBe(true);

    // The last key: said beforehand, and the page asks for another one afterwards.
    await button('Revoke test').click();
    expect(await dialog.textContent()).toMatch(/This is the last valid key\..*shelfwright keys create/);
    expect(await dialog.textContent()).toMatch(/You are using this key/);
    await dialog.getByRole('button', { name: 'Revoke' }).press('Enter');
    await box.waitFor();
    expect(store.keys.anyValid()).toBe(false);
  });
});
