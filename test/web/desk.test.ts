import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { webDir } from '../http/serving.js';
import { inChromium, PHONE, WAIT } from './inChromium.js';
import { seriousViolations } from './seriousViolations.js';

const FIRST_LOAD_BYTES = 150_000;

test('the first load of the desk is under 150 kB gzipped', () => {
  const index = readFileSync(`${webDir}/desk.html`, 'utf8');
  const files = [...index.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
  const bytes = ['/desk.html', ...files].map((file) => gzipSync(readFileSync(webDir + file)).length);
  expect(bytes.length).toBeGreaterThanOrEqual(3);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(FIRST_LOAD_BYTES);
});

inChromium('the frame of the desk', undefined, ({ page, shop, visit }) => {
  const heading = () => page().locator('main h1').textContent();

  test('every section opens from the navigation, by keyboard, and with the back button', async () => {
    await visit('/desk');
    const links = page().getByRole('navigation', { name: 'Sections' }).getByRole('link');
    await links.first().waitFor();
    const names = await links.allTextContents();
    expect(names.length).toBeGreaterThan(0);
    for (const [place, name] of names.entries()) {
      await links.nth(place).focus();
      await page().keyboard.press('Enter');
      await expect.poll(heading, WAIT).toBe(name);
      expect(await links.nth(place).getAttribute('aria-current')).toBe('page');
      expect(await seriousViolations(page())).toEqual([]);
    }
    await page().reload();
    await expect.poll(heading, WAIT).toBe(names.at(-1));
    await page().setViewportSize(PHONE);
    await page().reload();
    await expect.poll(heading, WAIT).toBe(names.at(-1));
    // The last section is in sight in the navigation.
    const { x = -1, width: wide = 0 } = (await links.last().boundingBox()) ?? {};
    expect([x >= 0, x + wide <= PHONE.width]).toEqual([true, true]);
    const width = await page().evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });

  test('says that an address has no section, and shows the first one', async () => {
    await visit('/desk/nothing');
    await expect
      .poll(() => page().getByRole('alert').textContent(), WAIT)
      .toBe('The desk has no section “nothing”. This is the Overview.');
    await page().getByRole('link', { name: 'Keys' }).click();
    await expect.poll(heading, WAIT).toBe('Keys');
    expect(await page().getByRole('alert').count()).toBe(0);
  });

  test('asks for a key that may write, and says so to a key that may only search', async () => {
    const search = shop().key();
    const write = shop().key(undefined, 'write');
    await visit('/desk/jobs');
    const box = page().getByLabel('Key', { exact: true });
    const message = page().getByRole('alert');
    await box.waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    await box.fill(search);
    await box.press('Enter');
    await expect
      .poll(() => message.textContent(), WAIT)
      .toMatch(/scope search; this needs a key with the scope write/);
    await box.fill(write);
    await box.press('Enter');
    await expect.poll(heading, WAIT).toBe('Jobs');
    expect(page().url()).not.toContain('sw_');
  });
});
