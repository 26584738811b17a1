import { expect, test } from 'vitest';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

interface Ids {
  readonly hits: readonly { readonly id: string }[];
}

inChromium('the rules of the desk', undefined, ({ page, shop, visit }) => {
  const inject = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    (await shop().app.inject({ method, url, ...(payload !== undefined && { payload }) })).json();
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });
  const status = (text: string | RegExp) =>
    expect.poll(() => page().locator('.rules-page .done').textContent(), WAIT).toMatch(text);
  const publish = async (by: string) => {
    await button('Publish…').click();
    await page().getByLabel('Your name, for the list of versions').fill(by);
    await button('Publish').click();
  };
  const listed = (title: string) => page().getByRole('list', { name: title, exact: true });
  const idsIn = async (title: string) => listed(title).locator('.hit .about').allTextContents();

  test('a rule is made, tried, published, undone and brought back, as the API says', async () => {
    await visit('/desk/rules');
    await button('Add a rule').click();
    await page().getByLabel('Name', { exact: true }).fill('lamps');
    await page().getByLabel('The search is one of').fill('lamp\n');
    await page().getByLabel('The search is one of').pressSequentially('light');
    expect(await page().getByLabel('The search is one of').inputValue()).toBe('lamp\nlight');
    // What is wrong is said at the entry, and nothing can be published meanwhile.
    await expect
      .poll(() => page().locator('.rule-editor .findings').first().textContent(), WAIT)
      .toMatch(/the rule does nothing/);
    expect(await button('Publish…').isDisabled()).toBe(true);
    await button('Add a pin').click();
    await page().getByLabel('Product', { exact: true }).fill('p35');
    await page().getByLabel('These products').fill('p18');
    const names = page().locator('.product-names li');
    await expect
      .poll(() => names.allTextContents(), WAIT)
      .toEqual(['p35: Moss green rug <35>', 'p18: Red lamp <18>']);
    const search = page().getByRole('region', { name: 'Search for lamp' });
    await expect
      .poll(() => search.getByTestId('changes').textContent(), WAIT)
      .toMatch(/^9 found now, 9 with your changes\. On the first page: 1 new, 1 off the page\./);
    const { now, with_rules } = await inject('POST', '/v1/rules/preview', {
      rules: `
format: 1
rules:
  - id: lamps
    when: { query: [lamp, light] }
    then: { pin: { id: p35, position: 1 }, hide: [p18] }
`,
      search: { q: 'lamp', per_page: 10 },
    });
    const ids = ({ hits }: Ids) => hits.map(({ id }) => id);
    const side = (title: string) => search.getByRole('list', { name: title }).locator('.hit .about');
    expect(await side('Now').allTextContents()).toEqual(ids(now));
    expect(await side('With your changes').allTextContents()).toEqual(ids(with_rules));
    expect(await search.locator('li.in .mark').allTextContents()).toEqual(['New']);
    expect(await search.locator('li.out .place').allTextContents()).toEqual(['1']);
    expect(await seriousViolations(page())).toEqual([]);

    // The working copy outlasts a reload.
    await page().reload();
    await expect.poll(() => page().getByLabel('Product', { exact: true }).inputValue(), WAIT).toBe('p35');
    await publish('Dana');
    await status(/^Version 1 is live\./);
    expect(ids(await inject('GET', '/v1/search?q=lamp&per_page=10'))).toEqual(ids(with_rules));
    await button('Undo').click();
    await status(/^Undone: version 2 has the rules of version 0 again\./);
    expect(ids(await inject('GET', '/v1/search?q=lamp&per_page=10'))).toEqual(ids(now));

    await page().getByRole('link', { name: 'Versions' }).click();
    await button('Go back to version 1').click();
    const dialog = page().getByRole('dialog');
    await expect
      .poll(() => dialog.textContent(), WAIT)
      .toMatch(/1 rule added\. It is published again as version 3/);
    await dialog.getByRole('button', { name: 'Go back' }).click();
    await status(/^Version 3 is live\./);
    expect(await inject('GET', '/v1/rules')).toMatchObject({
      version: 3,
      by: 'Dana',
      note: 'version 1 again',
    });
    expect(ids(await inject('GET', '/v1/search?q=lamp&per_page=10'))).toEqual(ids(with_rules));
  });

  test('a version of somebody else is explained and brought in, and nothing is lost', async () => {
    const { version } = await inject('GET', '/v1/rules');
    const rule = (id: string, note = 'none') =>
      `  - { id: ${id}, note: ${note}, when: { query: ${id} }, then: { in_stock_first: true } }\n`;
    const put = (rules: string[], by: string) =>
      inject('PUT', '/v1/rules', { rules: `format: 1\nrules:\n${rules.join('')}`, by });
    await put([rule('rugs'), rule('shared')], 'Dana');
    await visit('/desk/rules');
    await button('Move the rule shared up').press('Enter');
    await status('The rule shared comes before rugs now.');
    const order = page().locator('.rule-list tbody th a');
    expect(await order.allTextContents()).toEqual(['shared', 'rugs']);
    await button('Discard changes').click();
    await button('Undo').click();
    await status('Your changes are back.');
    expect(await order.allTextContents()).toEqual(['shared', 'rugs']);
    await button('Discard changes').click();
    await page().getByRole('link', { name: 'shared' }).click();
    await page().getByLabel('Note', { exact: true }).fill('mine');
    await put([rule('rugs', 'hers'), rule('shared', 'hers'), rule('kettles')], 'Eve');
    await publish('Dana');
    const panel = page().getByRole('region', { name: `Eve published version ${version + 2} meanwhile` });
    await expect.poll(() => panel.textContent(), WAIT).toMatch(/1 rule added, 2 rules changed/);
    expect(await panel.textContent()).toMatch(/You both changed shared: there your own version stays/);
    expect(await seriousViolations(page())).toEqual([]);
    await panel.getByRole('button', { name: 'Bring their changes in' }).click();
    await status(new RegExp(`now has the changes of version ${version + 2}, and 1 rule changed`));
    await publish('Dana');
    await status(new RegExp(`^Version ${version + 3} is live`));
    const { text } = await inject('GET', '/v1/rules');
    expect(text).toMatch(/rugs,?\s+note: hers/);
    expect(text).toMatch(/shared,?\s+note: mine/);
    expect(text).toMatch(/kettles/);
  });

  test('a suggested synonym shows its evidence and goes into the working copy', async () => {
    await inject('PUT', '/v1/rules', { rules: 'format: 1\nrules: []\n', by: 'Dana' });
    // This shop has no model, which suggestions need.
    const suggestion = {
      line: '- lantern => lamp',
      query: 'lantern',
      searches: 1204,
      nearest: [{ text: 'Lamp', kind: 'word', products: 9, similarity: 0.62 }],
      asked: [{ query: 'lantern light', searches: 3, found: 2 }],
    };
    await page().route('**/v1/synonyms/suggestions*', (route) =>
      route.fulfill({ json: { suggestions: [suggestion] } }),
    );
    await visit('/desk/rules?view=synonyms&q=lantern');
    const shown = page().locator('.suggestion');
    await expect
      .poll(() => shown.textContent(), WAIT)
      .toMatch(/Searched 1,204 times without a result\. Nearest in meaning: Lamp \(9 products, 62% alike\)/);
    expect(await shown.textContent()).toMatch(/“lantern light” \(2 found\)/);
    await button('Add lantern => lamp').press('Enter');
    await status('“lantern => lamp” is in the working copy.');
    expect(await page().getByLabel('Synonym 1', { exact: true }).inputValue()).toBe('lantern => lamp');
    expect(await shown.count()).toBe(0);
    await expect
      .poll(() => page().getByTestId('changes').textContent(), WAIT)
      .toMatch(/^0 found now, 9 with your changes/);
    await button('Discard changes').click();
    await expect.poll(() => shown.count(), WAIT).toBe(1);
  });

  test('synonyms by keyboard, with a search before and after; comments in the text stay', async () => {
    await inject('PUT', '/v1/rules', { rules: 'format: 1\nrules: []\n# agreed in May\n', by: 'Dana' });
    await visit('/desk/rules?view=synonyms&q=lantern');
    const box = page().getByLabel('Another synonym');
    await box.focus();
    await page().keyboard.type('alone');
    await page().keyboard.press('Enter');
    await expect
      .poll(() => page().locator('.synonym-lines .error').textContent(), WAIT)
      .toMatch(/expected words such as/);
    await page().getByLabel('Synonym 1').fill('lantern => lamp');
    await expect
      .poll(() => page().getByTestId('changes').textContent(), WAIT)
      .toMatch(/^0 found now, 9 with your changes\..*Synonyms: lantern → lamp\./);
    expect(await idsIn('Now')).toEqual([]);
    await button('Publish…').press('Enter');
    await page().getByLabel('Your name, for the list of versions').press('Enter');
    await page().getByLabel('Your name, for the list of versions').fill('Dana');
    await page().keyboard.press('Enter');
    await status(/is live/);
    expect((await inject('GET', '/v1/search?q=lantern')).total).toBe(9);
    expect((await inject('GET', '/v1/rules')).text).toContain('# agreed in May');
    await page().getByRole('link', { name: 'As text' }).click();
    const text = page().getByLabel('Rules and synonyms', { exact: true });
    await text.fill('format: 1\nrules: [\n');
    await page()
      .getByText(/the text cannot be read: /)
      .waitFor();
    expect(await page().getByText('only comments').count()).toBe(0);
    await text.fill('format: 1\nrules:\n  - id: a\n    then: { pni: 1 }\n');
    await expect
      .poll(() => page().locator('.rules-text .findings').textContent(), WAIT)
      .toMatch(/Line 4: rules\.a\.then\.pni: this key is unknown here; the nearest is pin/);
    await page().setViewportSize(PHONE);
    expect(await page().evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      PHONE.width,
    );
    await page().emulateMedia({ colorScheme: 'dark' });
    expect(await seriousViolations(page())).toEqual([]);
  });
});
