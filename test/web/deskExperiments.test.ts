import { expect, test } from 'vitest';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

interface Variant {
  readonly clients: number;
  readonly searches: number;
  readonly metrics: { readonly click_through_rate: number | null };
}

inChromium('experiments at the desk', undefined, ({ page, shop, visit }) => {
  const button = (name: string) => page().getByRole('button', { name, exact: true });
  const reportOf = async (name: string) =>
    (await shop().app.inject({ url: `/v1/experiments/${name}/report` })).json();

  test('from the form to the report: shoppers search and click on the shop, and the page has their figures', async () => {
    await visit('/desk/experiments');
    await page().getByLabel(/^Name/).fill('filters');
    await page().getByLabel('Compared with what serves today').selectOption('literal');
    await page().getByLabel('Share of the shoppers who take part').selectOption('1');
    await button('Start it').dblclick();
    await expect
      .poll(() => page().getByRole('status').textContent(), WAIT)
      .toBe('The experiment filters runs.');
    expect((await shop().app.inject({ url: '/v1/experiments' })).json().experiments).toHaveLength(1);

    // Shoppers on the real page of the shop, each with an id of its own.
    for (let shopper = 0; shopper < 3; shopper++) {
      const context = await page().context().browser()?.newContext();
      const shopPage = await context?.newPage();
      const address = new URL(page().url()).origin;
      await shopPage?.goto(`${address}/?q=red`);
      await shopPage?.locator('.card, .hit, article').first().waitFor();
      const told = shopPage?.waitForRequest(
        (request) =>
          request.url().endsWith('/v1/events') && (request.postData()?.includes('"click"') ?? false),
      );
      if (shopper < 2) {
        await shopPage?.locator('.card a, .hit a, article a').first().click();
        await (await told)?.response();
      } else told?.catch(() => undefined);
      await context?.close();
    }
    const figures = async () => {
      const { variants } = await reportOf('filters');
      const clicked = variants.reduce(
        (sum: number, { metrics, searches }: Variant) =>
          sum + Math.round((metrics.click_through_rate ?? 0) * searches),
        0,
      );
      return [variants.reduce((sum: number, { clients }: Variant) => sum + clients, 0), clicked];
    };
    await expect.poll(figures, WAIT).toEqual([3, 2]);
    await button('Count again').click();
    const report = await reportOf('filters');
    const counts = report.variants.map(({ clients }: Variant) => String(clients));
    const row = page().getByRole('row', { name: /^Shoppers \d/ });
    await expect.poll(() => row.getByRole('cell').allTextContents(), WAIT).toEqual(counts);
    expect(await page().locator('.verdict').textContent()).toBe(report.verdict);
    expect(await seriousViolations(page())).toEqual([]);
    await page().setViewportSize(PHONE);
    expect(await seriousViolations(page())).toEqual([]);
  });

  test('stopping says what it does, and the report stays', async () => {
    await visit('/desk/experiments');
    await button('Stop…').press('Enter');
    expect(await page().getByRole('dialog').textContent()).toMatch(
      /^Stop the experiment filters\?All shoppers get what serves/,
    );
    await button('Stop it').click();
    await expect
      .poll(() => page().getByRole('status').textContent(), WAIT)
      .toBe('The experiment filters is stopped: all shoppers get what serves.');
    await expect
      .poll(
        () =>
          page()
            .getByRole('cell', { name: /^Stopped/ })
            .count(),
        WAIT,
      )
      .toBe(1);
    expect(
      await page()
        .getByRole('heading', { name: /^filters/ })
        .count(),
    ).toBe(1);
    // A name is used once.
    await page().getByLabel(/^Name/).fill('filters');
    await button('Start it').click();
    expect(await page().getByRole('alert').textContent()).toMatch(
      /^name: an experiment filters is stored already/,
    );
  });
});
