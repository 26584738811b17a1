import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Product } from '../../src/domain/product.js';
import { openSource } from '../../src/formats/source.js';
import { workbookOf } from '../../src/formats/workbook/fillWorkbook.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const KINDS = {
  mug: 'Kitchen > Mugs',
  lamp: 'Living > Lamps',
  rug: 'Living > Rugs',
  chair: 'Living > Chairs',
};
const COLORS = ['Red', 'Blue', 'Green', 'Black', 'White'];
const LINES = ['Oslo', 'Turin', 'Kyoto', 'Porto', 'Malmo', 'Graz'];
const SHOP: readonly Product[] = Object.entries(KINDS).flatMap(([kind, category], k) =>
  COLORS.flatMap((color, c) =>
    LINES.map((line, l) => ({
      id: `p${k}${c}${l}`,
      title: `${line} ${kind} in ${color.toLowerCase()}`,
      brand: 'Fernhill',
      category,
      price: 10 + k + c,
      attributes: { color },
    })),
  ),
);
/** Quotes, blanks, an unknown column and a malformed row, which must come back as they are. */
const ROWS = [
  'Code;"Name";Farbe;Warengruppe;Lager-Notiz',
  'n1;"Lund lamp in blue";;;"keep; this"',
  ' n2 ;"Lund rug, ""large"", in green";;Living > Rugs;',
  'n3;"Lund mug in red";Red;Kitchen > Mugs;  spaces  ',
  'n3;Twice;;;',
];
const FILE = `${ROWS.join('\r\n')}\r\n`;
/** How long a job may take on a busy machine. */
const JOB = { timeout: 120_000 };

inChromium(
  'the section Upload',
  SHOP,
  ({ page, shop, visit }) => {
    const button = (name: string | RegExp) => page().getByRole('button', { name });
    const holds = (column: string) => page().getByLabel(`What “${column}” holds`, { exact: true });
    const main = () => page().locator('main');

    async function choose(name: string, content: string | Uint8Array): Promise<void> {
      const file = path.join(temporaryFolder(), name);
      await writeFile(file, content);
      const chooser = page().waitForEvent('filechooser');
      await button('Choose a file').press('Enter');
      await (await chooser).setFiles(file);
      await page().getByRole('heading', { name: 'What the columns hold' }).waitFor();
    }

    async function downloaded(name: string): Promise<{ name: string; text: string }> {
      const started = page().waitForEvent('download');
      await button(name).click();
      const download = await started;
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    }

    test('fills a file: columns mapped and saved, the filled file with every other byte as it was', async () => {
      await visit('/desk/upload');
      await button('Choose a file').waitFor();
      expect(await seriousViolations(page())).toEqual([]);
      await choose('supplier.csv', FILE);
      await expect.poll(() => holds('Code').inputValue(), WAIT).toBe('attributes.Code');
      expect(await button('Fill the file').isDisabled()).toBe(true);
      await holds('Code').selectOption('id');
      await holds('Farbe').selectOption({ label: 'Another attribute…' });
      const attribute = page().getByLabel('Name of the attribute that “Farbe” holds');
      await attribute.fill('color');
      await attribute.press('Enter');
      expect(await seriousViolations(page())).toEqual([]);
      await page().getByLabel('Save for next time as').fill('Lund');
      await page().keyboard.press('Enter');
      await page().getByText('Saved as “Lund”').waitFor();
      await button('Fill the file').press('Enter');
      await page().waitForURL(/job=/);
      await button('Download the filled file').waitFor(JOB);
      expect(await seriousViolations(page())).toEqual([]);
      // A reload shows the same, from the address.
      await page().reload();
      const filled = await downloaded('Download the filled file');
      expect(filled.name).toBe('supplier.filled.csv');
      const after = filled.text.split('\r\n');
      expect(after).toHaveLength(ROWS.length + 1);
      expect(after[1]).toBe('n1;"Lund lamp in blue";Blue;Living > Lamps;"keep; this"');
      expect(after[2]).toBe(' n2 ;"Lund rug, ""large"", in green";Green;Living > Rugs;');
      expect([after[0], after[3], after[4]]).toEqual([ROWS[0], ROWS[3], ROWS[4]]);
      const marks = page().getByRole('region', { name: 'Rows with new values' }).locator('mark');
      expect(await marks.allTextContents()).toEqual(
        expect.arrayContaining(['Blue', 'Living > Lamps', 'Green']),
      );
      const reasons = await downloaded('Download the reasons');
      expect(reasons.text).toMatch(/n1,attributes\.color,Blue,applied/);
      const bad = page().getByRole('region', { name: 'What could not be read' }).getByRole('row');
      expect(await bad.nth(1).textContent()).toMatch(/already on line 4/);
      expect(shop().store.products.get('n1')).toBeUndefined();
    }, 180_000);

    test('fills a workbook and gives it back as one', async () => {
      const cells = [
        ['id', 'title', 'color', 'category'],
        ['w1', 'Lund lamp in blue', '', ''],
        ['w2', 'Lund mug in red', 'Red', ''],
      ];
      await visit('/desk/upload');
      await choose('supplier.xlsx', workbookOf(cells));
      await expect.poll(() => holds('color').inputValue(), WAIT).toBe('attributes.color');
      await button('Fill the file').click();
      await button('Download the filled file').waitFor(JOB);
      const started = page().waitForEvent('download');
      await button('Download the filled file').click();
      const download = await started;
      expect(download.suggestedFilename()).toBe('supplier.filled.xlsx');
      const file = path.join(temporaryFolder(), 'filled.xlsx');
      await download.saveAs(file);
      const rows: unknown[] = [];
      for await (const row of (await openSource(file)).rows())
        if (row.kind === 'product') rows.push(row.product);
      expect(rows).toMatchObject([
        { id: 'w1', title: 'Lund lamp in blue', category: 'Living > Lamps', attributes: { color: 'Blue' } },
        { id: 'w2', title: 'Lund mug in red', category: 'Kitchen > Mugs', attributes: { color: 'Red' } },
      ]);
    }, 180_000);

    test('imports a file with a saved mapping, and says what changed and what a check stopped', async () => {
      shop().store.settings.set('column_mappings', [
        {
          name: 'Lund',
          columns: ['Code', 'Name', 'Farbe', 'Warengruppe', 'Lager-Notiz'],
          map: { id: 'Code', title: 'Name', 'attributes.color': 'Farbe', category: 'Warengruppe' },
        },
      ]);
      await visit('/desk/upload');
      await choose('today.csv', FILE.replace('n2', 'p000').replace('Red', 'Crimson'));
      await page().getByText('Read as saved for “Lund”').waitFor();
      await expect.poll(() => holds('Farbe').inputValue(), WAIT).toBe('attributes.color');
      await page().getByLabel('Import it into the shop').check();
      await button('Import the file').click();
      await page().getByRole('heading', { name: 'Imported: today.csv' }).waitFor(JOB);
      const figures = await main().locator('.figures').textContent();
      expect(figures).toMatch(/new\s*2/);
      expect(figures).toMatch(/changed\s*1/);
      const sample = await page().getByRole('region', { name: 'Products before and after' }).textContent();
      expect(sample).toMatch(/Oslo mug in red/);
      expect(shop().store.products.get('n3')?.attributes).toMatchObject({ color: 'Crimson' });
      expect(shop().store.products.count()).toBe(SHOP.length + 2);
      expect(await seriousViolations(page())).toEqual([]);

      // The whole catalog in two rows would delete the rest, which is shown before anything is written.
      await button('Another file').click();
      await choose('whole.csv', 'id,title,color\nn1,Lund lamp,Blue\nn3,Lund mug,\n');
      await page().getByLabel('Import it into the shop').check();
      await page()
        .getByLabel(/whole catalog/)
        .check();
      await button('See what it would change').click();
      await page().getByRole('heading', { name: 'What the import would change: whole.csv' }).waitFor(JOB);
      const asked = page().getByRole('region', { name: 'Import it?' });
      expect(await asked.textContent()).toMatch(
        /Of 122 products in the shop, 120 would be deleted\. 1 value would be cleared\./,
      );
      const deleting = page().getByRole('region', { name: 'Products that would be deleted', exact: true });
      expect(await deleting.first().getByRole('listitem').count()).toBe(120);
      expect(await deleting.first().textContent()).toContain('Turin mug in red');
      const losing = await page().getByRole('region', { name: 'Values that would be cleared' }).textContent();
      expect(losing).toMatch(/Lund mug in red.*Crimson.*cleared/);
      expect(shop().store.products.count()).toBe(SHOP.length + 2);
      expect(await seriousViolations(page())).toEqual([]);
      // The shrink guard's override is asked here.
      expect(await button('Import the file').isDisabled()).toBe(true);
      await page().getByLabel('Delete 120 products, although').press('Space');
      await page().setViewportSize(PHONE);
      const narrow = await page().evaluate<number>('document.documentElement.scrollWidth');
      expect(narrow).toBeLessThanOrEqual(PHONE.width);
      await button('Import the file').press('Enter');
      await page().getByRole('heading', { name: 'Imported: whole.csv' }).waitFor(JOB);
      expect(shop().store.products.count()).toBe(2);
      expect(shop().store.products.get('n3')?.attributes?.color).toBeUndefined();

      // What blank cells clear beyond the check is said where an import without a preview stops.
      const many = Array.from({ length: 25 }, (_, at) => `m${at},Mug ${at}`);
      await page().setViewportSize({ width: 1280, height: 900 });
      const imports = async (name: string, content: string) => {
        await button('Another file').click();
        await choose(name, content);
        await page().getByLabel('Import it into the shop').check();
        await button('Import the file').click();
      };
      await imports('mugs.csv', `id,title,brand\n${many.map((row) => `${row},Aro`).join('\n')}\n`);
      await page().getByRole('heading', { name: 'Imported: mugs.csv' }).waitFor(JOB);
      await imports('blank.csv', `id,title,brand\n${many.map((row) => `${row},`).join('\n')}\n`);
      await page().getByRole('heading', { name: 'A check stopped the import' }).waitFor(JOB);
      const alert = await page().getByRole('alert').textContent();
      expect(alert).toMatch(/would clear 25 of 25 values of brand/);
      expect(alert).not.toMatch(/--|over HTTP/);
      expect(shop().store.products.get('m7')?.brand).toBe('Aro');
      await button('Clear these values and import').click();
      await page().getByRole('heading', { name: 'Imported: blank.csv' }).waitFor(JOB);
      expect(shop().store.products.get('m7')?.brand).toBeUndefined();
      await page().setViewportSize(PHONE);
      await page().emulateMedia({ colorScheme: 'dark' });
      const width = await page().evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(PHONE.width);
      expect(await seriousViolations(page())).toEqual([]);
    }, 180_000);
  },
  packagePaths.model,
);
