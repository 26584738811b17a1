import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { packagePaths } from '../src/configuration/packagePaths.js';
import { buildApp } from '../src/http/app.js';
import { openService } from '../src/service/openService.js';
import { runDemo } from '../test/support/demo.js';
import { findBrowser } from '../test/support/findBrowser.js';
import { openBrowser } from '../test/support/openBrowser.js';
import { simulateExperiment } from './simulatedExperiment.js';

// Takes the pictures of the pages in docs/, of the demo catalog. `node dist/scripts/screenshots.js [folder]`: with a folder
// that has `data` and `indexes` of the demo, it is not indexed again.

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

interface Picture {
  /** In docs/, without `.png`. */
  readonly file: string;
  readonly address: string;
  readonly viewport: typeof DESKTOP;
  readonly theme: 'light' | 'dark';
  readonly prepare?: (page: Page) => Promise<void>;
}

const openReasons = async (page: Page) => {
  await page.locator('.similar .card').first().waitFor();
  await page.getByText('Why is this here?').click();
};

const STOREFRONT: readonly Picture[] = [
  { file: 'home', address: '/', viewport: DESKTOP, theme: 'light' },
  { file: 'results', address: '/?q=red+dress+under+100', viewport: DESKTOP, theme: 'light' },
  { file: 'results-dark', address: '/?q=something+warm+for+winter', viewport: DESKTOP, theme: 'dark' },
  {
    file: 'suggestions',
    address: '/',
    viewport: DESKTOP,
    theme: 'light',
    prepare: async (page) => {
      await page.fill('#q', 'dre');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    file: 'product',
    address: '/?q=sequin+dress&product=AP-1008',
    viewport: DESKTOP,
    theme: 'light',
    prepare: openReasons,
  },
  {
    file: 'product-dark',
    address: '/?q=sequin+dress&product=AP-1009',
    viewport: DESKTOP,
    theme: 'dark',
    prepare: openReasons,
  },
  { file: 'nothing-found', address: '/?q=car+insurance', viewport: DESKTOP, theme: 'light' },
  { file: 'phone-home', address: '/', viewport: PHONE, theme: 'light' },
  {
    file: 'phone-results',
    address: '/?q=red+dress+under+100&f.attributes.size=M',
    viewport: PHONE,
    theme: 'light',
  },
  { file: 'phone-results-dark', address: '/?q=runing+shoes', viewport: PHONE, theme: 'dark' },
  {
    file: 'phone-filters',
    address: '/?q=dress',
    viewport: PHONE,
    theme: 'light',
    prepare: (page) => page.getByRole('button', { name: 'Filters' }).click(),
  },
  { file: 'phone-product-dark', address: '/?product=AP-1009', viewport: PHONE, theme: 'dark' },
];

const supplierFile = {
  name: 'new-season.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Item no,Product name,Maker,Category,Colour,RRP\n' +
      'NS-1,Sequin mini dress silver,Avelline,,,79.90\nNS-2,Running shoes blue 42,Veloce,,blue,89.00\n',
  ),
};
const chooseFile = async (page: Page) => {
  await page.locator('#file').setInputFiles(supplierFile);
  await page.getByRole('heading', { name: 'What the columns hold' }).waitFor();
};
const openColours = async (page: Page) => {
  await page.getByLabel('Find a category').fill('mini');
  await page.getByRole('link', { name: 'Mini Dresses' }).click();
  await page.getByLabel('Find a category').fill('');
  await page.locator('summary', { hasText: 'Colour' }).first().click();
};
const chooseSpellings = async (page: Page) => {
  for (const place of [0, 1]) await page.locator('.cluster > input').nth(place).check();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('This changes').waitFor();
};

/** A rule in the form, with what it changes. */
const makeRule = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('rain-weeks');
  await page.getByLabel('The search is one of').fill('rain jacket');
  await page.getByRole('button', { name: 'Add a pin' }).click();
  await page.getByLabel('Product', { exact: true }).fill('AP-1211');
  await page.locator('.side .mark').first().waitFor();
  await page.evaluate('scrollTo(0, 0)');
};

const judgeSome = async (page: Page) => {
  await page.getByRole('button', { name: 'Go to the next one' }).press('Enter');
  for (const grade of '3201') await page.keyboard.press(grade);
};

const openCorrection = async (page: Page) => {
  await page.locator('#group-title').waitFor();
  await page.keyboard.press('c');
  await page.locator('.review-dialog [role=option]').first().waitFor();
};

const DESK: readonly Picture[] = [
  { file: 'overview', address: '/desk', viewport: DESKTOP, theme: 'light' },
  { file: 'overview-dark', address: '/desk/overview?under=Apparel', viewport: DESKTOP, theme: 'dark' },
  { file: 'phone-overview', address: '/desk', viewport: PHONE, theme: 'light' },
  {
    file: 'review',
    address: '/desk/review?field=attributes.color',
    viewport: DESKTOP,
    theme: 'light',
    prepare: async (page) => {
      await page.locator('#group-title').waitFor();
      for (const key of ['a', 'r', 'j', 'x']) await page.keyboard.press(key);
    },
  },
  {
    file: 'review-correct',
    address: '/desk/review?field=category',
    viewport: DESKTOP,
    theme: 'light',
    prepare: openCorrection,
  },
  { file: 'review-dark', address: '/desk/review', viewport: DESKTOP, theme: 'dark' },
  { file: 'phone-review-dark', address: '/desk/review', viewport: PHONE, theme: 'dark' },
  { file: 'upload', address: '/desk/upload', viewport: DESKTOP, theme: 'light', prepare: chooseFile },
  { file: 'phone-upload-dark', address: '/desk/upload', viewport: PHONE, theme: 'dark', prepare: chooseFile },
  { file: 'cleanup', address: '/desk/cleanup', viewport: DESKTOP, theme: 'light', prepare: chooseSpellings },
  { file: 'taxonomy', address: '/desk/taxonomy', viewport: DESKTOP, theme: 'light', prepare: openColours },
  { file: 'rules', address: '/desk/rules', viewport: DESKTOP, theme: 'light', prepare: makeRule },
  { file: 'phone-rules', address: '/desk/rules', viewport: PHONE, theme: 'light', prepare: makeRule },
  {
    file: 'lab-dark',
    address: '/desk/lab?q=something+warm+for+winter',
    viewport: DESKTOP,
    theme: 'dark',
    prepare: (page) => page.locator('.side li').nth(2).scrollIntoViewIfNeeded(),
  },
  {
    file: 'lab-judge',
    address: '/desk/lab?q=something+warm+for+winter&view=judge',
    viewport: DESKTOP,
    theme: 'light',
    prepare: judgeSome,
  },
  { file: 'experiments', address: '/desk/experiments', viewport: DESKTOP, theme: 'light' },
  { file: 'phone-experiments-dark', address: '/desk/experiments', viewport: PHONE, theme: 'dark' },
  { file: 'keys', address: '/desk/keys', viewport: DESKTOP, theme: 'light' },
  { file: 'jobs', address: '/desk/jobs', viewport: DESKTOP, theme: 'light' },
  { file: 'phone-settings-dark', address: '/desk/settings', viewport: PHONE, theme: 'dark' },
];

const PICTURES: readonly Picture[] = [
  {
    file: 'images/search',
    address: '/?q=summer+dress+for+outdoor+wedding',
    viewport: DESKTOP,
    theme: 'light',
  },
  ...STOREFRONT.map((picture) => ({ ...picture, file: `screenshots/storefront-${picture.file}` })),
  ...DESK.map((picture) => ({ ...picture, file: `screenshots/desk-${picture.file}` })),
];

if (findBrowser() === undefined)
  throw new Error('no Chromium found: install it, or name it in CHROMIUM_PATH');

const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-screenshots-'));
const given = process.argv[2];
const demo = given ?? (await runDemo()).folder;
for (const name of ['data', 'indexes'])
  cpSync(path.join(demo, name), path.join(folder, name), { recursive: true });
await simulateExperiment(path.join(folder, 'data'), Date.now());
const service = await openService({
  dataDir: path.join(folder, 'data'),
  indexesDir: path.join(folder, 'indexes'),
  modelDir: packagePaths.model,
});
const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
const origin = await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await openBrowser();
// A second argument takes only the pictures with it in their names.
const wanted = PICTURES.filter(({ file }) => file.includes(process.argv[3] ?? ''));
for (const { file, address, viewport, theme, prepare } of wanted) {
  const phone = viewport === PHONE;
  const page = await browser.newPage({
    viewport,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    isMobile: phone,
    hasTouch: phone,
  });
  await page.goto(origin + address, { waitUntil: 'networkidle' });
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `docs/${file}.png` });
  await page.close();
  console.log(`docs/${file}.png`);
}
await browser.close();
await app.close();
await service.close();
for (const made of given === undefined ? [folder, demo] : [folder]) rmSync(made, { recursive: true });
