import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { demoTruth, whereIn } from '../../test/support/demo.js';
import { findBrowser } from '../../test/support/findBrowser.js';
import { openBrowser } from '../../test/support/openBrowser.js';
import { runCommand } from './runCommand.js';

/** How long a person looks at a group before deciding, and at each of its products, of which no more than five. */
const GROUP_MS = 700;
const PRODUCT_MS = 250;
const MAX_LOOKED_AT = 5;
const TARGET = 500;
const MAX_SECONDS = 300;
const MAX_WAIT_MS = 60_000;
/** So strict that nothing applies itself: the first review of a new shop. */
const POLICY = 'default: 0.999\n';

interface Shown {
  readonly group: string;
  readonly field: string;
  readonly value: string;
  readonly count: number;
  readonly products: readonly string[];
}

/**
 * A session at the page /desk/review, by keyboard alone, on the demo catalog with nothing applied. The reviewer knows the
 * gold data: right groups are accepted, wrong ones rejected or, if all products have one other value, corrected; of mixed
 * ones the fewer products are left out. With a folder that has `data` and `indexes` of the demo, it is not indexed again.
 */
export async function benchReviewing(named: string | undefined): Promise<void> {
  if (findBrowser() === undefined) {
    console.log('reviewing: no Chromium found: install it, or name it in CHROMIUM_PATH');
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    if (named === undefined) {
      mkdirSync(path.join(folder, 'data'));
      writeFileSync(path.join(folder, 'data', 'policy.yaml'), POLICY);
      await runCommand(['import', packagePaths.demoCatalog, ...whereIn(folder)]);
      await runCommand(['reindex', '--taxonomy', packagePaths.starterTaxonomy, ...whereIn(folder)]);
    } else cpSync(named, folder, { recursive: true });
    const service = await openService({
      dataDir: path.join(folder, 'data'),
      indexesDir: path.join(folder, 'indexes'),
      modelDir: packagePaths.model,
    });
    const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
      await page.goto(`${origin}/desk/review`);
      await page.locator('#group-title').waitFor();
      const before = service.review.suggestions({ page: 1, per_page: 1 });
      const session = await review(page);
      await page.locator('.review-decisions .waiting').first().waitFor({ state: 'detached' });
      const after = service.review.suggestions({ page: 1, per_page: 1 });
      report(session, before.suggestions - after.suggestions);
    } finally {
      await browser.close();
      await app.close();
      await service.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Session {
  groups: number;
  suggestions: number;
  keystrokes: number;
  seconds: number;
  /** Milliseconds from the last key of a decision until the next group is there. */
  readonly waits: number[];
}

async function review(page: Page): Promise<Session> {
  const truth = demoTruth();
  const session: Session = { groups: 0, suggestions: 0, keystrokes: 0, seconds: 0, waits: [] };
  const press = async (key: string): Promise<void> => {
    session.keystrokes++;
    await page.keyboard.press(key);
  };
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  let shown = await shownGroup(page, '');
  while (shown !== undefined && session.suggestions < TARGET && elapsed() < MAX_SECONDS) {
    const { group, field, value, products } = shown;
    await sleep(GROUP_MS + PRODUCT_MS * Math.min(MAX_LOOKED_AT, products.length));
    const gold = products.map((id) => {
      const row = truth.get(id);
      // Some rows have gold data for the category only.
      const attributes: Record<string, unknown> = { ...row?.attributes };
      const right = field === 'category' ? row?.category : attributes[field.slice('attributes.'.length)];
      return right === undefined ? [] : [right].flat().map(String);
    });
    const isRight = gold.map((values) => values.includes(value));
    const right = isRight.filter(Boolean).length;
    const [other] = gold[0] ?? [];
    const isOther = right === 0 && other !== undefined && gold.every((values) => values.includes(other));
    const accepts = right * 2 >= products.length && right > 0;
    const leftOut = right === 0 ? [] : products.filter((_, place) => isRight[place] !== accepts);
    if (leftOut.length > 0) await leaveOut(press, products, leftOut);
    let sent: number;
    if (isOther && (await correct(page, press, other))) sent = performance.now();
    else {
      await press(accepts ? 'a' : 'r');
      sent = performance.now();
    }
    session.groups++;
    session.suggestions += products.length - leftOut.length;
    shown = await shownGroup(page, group);
    session.waits.push(performance.now() - sent);
  }
  session.seconds = elapsed();
  return session;
}

/** Goes from product to product, and leaves out those named. */
async function leaveOut(
  press: (key: string) => Promise<void>,
  products: readonly string[],
  leftOut: readonly string[],
): Promise<void> {
  await press('ArrowRight');
  const last = products.findLastIndex((id) => leftOut.includes(id));
  for (let place = 0; place <= last; place++) {
    if (place > 0) await press('ArrowDown');
    if (leftOut.includes(products[place] ?? '')) await press('x');
  }
}

/** Types the beginning of a value, or of the last level of a category, until it is the first of the list. */
async function correct(page: Page, press: (key: string) => Promise<void>, value: string): Promise<boolean> {
  await press('c');
  const name = value.split(' > ').at(-1) ?? value;
  const first = page.locator('.review-dialog [role=option]').first();
  for (const letter of name) {
    await press(letter);
    // A person sees the list a moment after the key.
    await sleep(150);
    const offered = (await first.count()) === 0 ? undefined : await first.textContent();
    if (offered?.replaceAll(' › ', ' > ') !== value) continue;
    await press('Enter');
    return true;
  }
  await press('Escape');
  await page.locator('.review-dialog').waitFor({ state: 'detached' });
  return false;
}

/** The selected group once another one than `before` is selected and its products are there; undefined: none is left. */
async function shownGroup(page: Page, before: string): Promise<Shown | undefined> {
  const read = `(() => {
    if (document.querySelector('.review-done')) return 'done';
    const { dataset } = document.querySelector('.review-row[aria-current=true]') ?? { dataset: {} };
    const detail = document.querySelector('.review-detail');
    if (dataset.group === ${JSON.stringify(before)} || detail?.dataset.group !== dataset.group) return;
    const products = [...document.querySelectorAll('.review-products li')].map((row) => row.dataset.product);
    const { group, field, value, count } = detail.dataset;
    return products.length === Number(count) ? { group, field, value, count: Number(count), products } : undefined;
  })()`;
  for (const started = performance.now(); performance.now() - started < MAX_WAIT_MS; await sleep(5)) {
    const found = await page.evaluate<Shown | 'done' | undefined>(read);
    if (found !== undefined) return found === 'done' ? undefined : found;
  }
  const text = await page.locator('main').textContent();
  throw new Error(`the page shows no next group, but ${text?.slice(0, 2000)}`);
}

function report({ groups, suggestions, keystrokes, seconds, waits }: Session, settled: number): void {
  const minutes = seconds / 60;
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  console.log(
    `reviewing ${packagePaths.demoCatalog}: think time ${GROUP_MS} ms a group and ${PRODUCT_MS} ms for each of up to ${MAX_LOOKED_AT} products`,
  );
  console.log(
    `  ${suggestions} suggestions in ${groups} groups, ${seconds.toFixed(0)} s: ${(groups / minutes).toFixed(1)} groups a minute, ${(suggestions / minutes).toFixed(0)} suggestions a minute, ${(keystrokes / groups).toFixed(2)} keystrokes a group`,
  );
  console.log(`  from the key to the next group  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms`);
  console.log(`  settled in the store ${settled}`);
}
