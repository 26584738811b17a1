import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reindex } from '../../src/catalog/reindex/reindex.js';
import { eraseProduct } from '../../src/catalog/writeProduct.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import type { Product } from '../../src/domain/product.js';
import { silent } from '../../src/domain/progress.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { openStore } from '../../src/store/open.js';
import { copyOfDemo } from '../support/demo.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { serving, webDir } from './serving.js';

/** Serves a copy of the demo catalog, without the products that a condition leaves out. */
async function served(isKept = (_: Product): boolean => true) {
  const folder = copyOfDemo(demo, temporaryFolder());
  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  removeOthers(where.dataDir, isKept);
  const service = await openService({ ...where, modelDir: packagePaths.model, workers: 1 });
  const app = await buildApp({ service, webDir, logger: false });
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  const get = async (url: string) => (await app.inject({ url })).json();
  const decide = (decisions: object[]) =>
    app.inject({ method: 'POST', url: '/v1/suggestions/decide', payload: { decisions, by: 'Dana' } });
  const found = async (filter: string): Promise<string[]> => {
    const { hits } = await get(`/v1/search?per_page=250&filter=${encodeURIComponent(filter)}`);
    return hits.map(({ id }: { id: string }) => id);
  };
  const rebuild = async (): Promise<void> => {
    const store = openStore(where.dataDir);
    const options = {
      modelDir: packagePaths.model,
      taxonomy: undefined,
      enrich: true,
      allowShrink: true,
      allowUnapply: true,
    };
    await reindex({ store, indexesDir: where.indexesDir, ...options, progress: silent });
    store.close();
    const { generations } = await get('/v1/generations');
    const { id } = generations.find(({ current }: { current: boolean }) => current);
    await app.inject({ method: 'POST', url: `/v1/generations/${id}/activate` });
  };
  return { app, get, decide, found, rebuild, where };
}

function removeOthers(dataDir: string, isKept: (product: Product) => boolean): void {
  const store = openStore(dataDir);
  const others = [...store.products.each()].filter((product) => !isKept(product));
  store.transaction(() => {
    for (const { id } of others) eraseProduct(store, id);
  });
  store.close();
}

/** A tenth of the demo, for a reindex that learns in a second. */
const isWorn = ({ category = '' }: Product): boolean => category.startsWith('Apparel');

const BLACK = "attributes.color = 'Black'";

it('decides a group: accepted values are in searches, through a reindex, an undo and a rejection', async () => {
  const { app, get, decide, found, rebuild, where } = await served(isWorn);
  // So strict that every value waits.
  writeFileSync(path.join(where.dataDir, 'policy.yaml'), 'default: 0.999\n');
  await rebuild();
  const { groups } = await get('/v1/suggestions?field=attributes.color&per_page=250');
  const black = groups.find(
    (one: { value: string; reason: { text?: string } }) =>
      one.value === 'Black' && one.reason.text === 'black',
  );
  expect(black).toMatchObject({ reason: { method: 'lookup', field: 'title', says: 'title says “black”' } });
  const { products } = await get(`/v1/suggestions/${black.group}?per_page=250`);
  const ids: string[] = products.map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(black.count);
  for (const { quoted, title } of black.examples) {
    expect(title).toContain(`${quoted.before}${quoted.quote}${quoted.after}`);
  }
  const before = await found(BLACK);
  for (const id of ids) expect(before).not.toContain(id);

  const accepted = await decide([{ action: 'accept', group: black.group, shown: black.state }]);
  expect([accepted.statusCode, accepted.json()]).toEqual([
    200,
    {
      decisions: [
        { decision: 1, action: 'accept', field: 'attributes.color', value: 'Black', settled: ids.length },
      ],
    },
  ]);
  const with_ = [...before, ...ids].sort();
  expect((await found(BLACK)).sort()).toEqual(with_);
  const [first = ''] = ids;
  const shown = await get(`/v1/products/${first}`);
  expect(shown.attributes.color).toBe('Black');
  expect(shown._shelfwright.facts).toContainEqual(
    expect.objectContaining({
      field: 'attributes.color',
      source: 'reviewer',
      status: 'applied',
      confidence: 1,
    }),
  );
  const late = await decide([{ action: 'reject', group: black.group, shown: black.state }]);
  expect([late.statusCode, late.json().detail]).toEqual([409, expect.stringMatching(/Dana accepted it/)]);

  await rebuild();
  expect((await found(BLACK)).sort()).toEqual(expect.arrayContaining(with_));
  const undone = await decide([{ action: 'undo', decision: 1 }]);
  expect(undone.json().decisions).toMatchObject([{ decision: 2, undoes: 1, settled: ids.length }]);
  for (const id of ids) expect(await found(BLACK)).not.toContain(id);
  const again = await get(`/v1/suggestions/${black.group}?per_page=250`);
  expect(again).toMatchObject({ count: ids.length, state: black.state });

  const rejected = await decide([{ action: 'reject', group: black.group, shown: ids }]);
  expect(rejected.json().decisions).toMatchObject([{ action: 'reject', settled: ids.length }]);
  await rebuild();
  // Values that were applied may wait for review now, because the policy became stricter; rejected values never do.
  const waiting = await get('/v1/suggestions?field=attributes.color&per_page=250');
  for (const { group, value } of waiting.groups) {
    if (value !== 'Black') continue;
    const members = await get(`/v1/suggestions/${group}?per_page=250`);
    for (const { id } of members.products) expect(ids).not.toContain(id);
  }
  const blackNow = await found(BLACK);
  for (const id of ids) expect(blackNow).not.toContain(id);
  const log = await get('/v1/decisions?per_page=2');
  expect(log).toMatchObject({
    total: 3,
    decisions: [
      { decision: 3, action: 'reject', by: 'Dana', group: black.group, shown: { count: ids.length } },
      { decision: 2, action: 'undo', undoes: 1 },
    ],
  });
  const entry = await get('/v1/decisions/3?per_page=250');
  expect(entry.products.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
  expect((await app.inject({ url: '/v1/decisions/4' })).statusCode).toBe(404);
});

it('lists every group once over all pages, and narrows by field, category and confidence', async () => {
  const { get } = await served();
  const whole = await get('/v1/suggestions?per_page=250');
  const walked: { group: string; count: number; worth: number }[] = [];
  for (let page = 1; walked.length < whole.total; page++) {
    const { groups } = await get(`/v1/suggestions?per_page=97&page=${page}`);
    expect(groups.length).toBeGreaterThan(0);
    walked.push(...groups);
  }
  expect(new Set(walked.map(({ group }) => group)).size).toBe(whole.total);
  expect(walked.reduce((sum, { count }) => sum + count, 0)).toBe(whole.suggestions);
  const worths = walked.map(({ worth }) => worth);
  expect(worths).toEqual([...worths].sort((a, b) => b - a));
  const narrowed = await get(
    '/v1/suggestions?category=Electronics&field=category&min_confidence=0.5&max_confidence=0.8&per_page=250',
  );
  expect(narrowed.total).toBeGreaterThan(1);
  for (const { field, value, confidence } of narrowed.groups) {
    expect([field, value]).toEqual(['category', expect.stringMatching(/^Electronics/)]);
    expect(confidence.min).toBeGreaterThanOrEqual(0.5);
    expect(confidence.max).toBeLessThanOrEqual(0.8);
  }
});

it.each([
  [{ action: 'acept', group: 'g' }, /decisions\.0\.action: expected "accept" or "reject"/],
  [{ action: 'accept' }, /decisions\.0\.group: missing; expected a group, or a product and a field/],
  [{ action: 'accept', product: 'p' }, /decisions\.0\.field: missing/],
  [{ action: 'accept', group: 'g', product: 'p' }, /not both/],
  [{ action: 'correct', group: 'g' }, /decisions\.0\.value: missing/],
  [{ action: 'accept', group: 'g', value: 'x' }, /decisions\.0\.value: goes with the action correct only/],
  [{ action: 'accept', group: 'g', shown: true }, /decisions\.0\.shown/],
  [{ action: 'accept', group: 'g', shown: ['a', 1] }, /decisions\.0\.shown/],
  [{ action: 'undo' }, /decisions\.0\.decision: missing/],
  [{ action: 'accept', group: 'g', decision: 1 }, /goes with the action undo only/],
  [{ action: 'accept', product: 'p', field: 'f', except: ['p'] }, /decisions\.0\.except/],
  [{ action: 'accept', group: 'g', reason: 'x' }, /decisions\.0\.reason: unknown; expected one of/],
])('%j is answered 400 with the field', async (decision, message) => {
  const app = await serving();
  const payload = { decisions: [decision], by: 'Dana' };
  const answer = await app.inject({ method: 'POST', url: '/v1/suggestions/decide', payload });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toMatch(/problem\+json/);
  expect(answer.json().detail).toMatch(message);
});

it('requires the name of who decides, and refuses writes from another site', async () => {
  const app = await serving();
  const url = '/v1/suggestions/decide';
  const payload = { decisions: [{ action: 'undo', decision: 1 }] };
  expect((await app.inject({ method: 'POST', url, payload })).json().detail).toMatch(/^by: missing/);
  const headers = { origin: 'https://evil.example' };
  const foreign = await app.inject({ method: 'POST', url, payload: { ...payload, by: 'Eve' }, headers });
  expect(foreign.statusCode).toBe(403);
  for (const wrong of ['min_confidence=2', 'min_confidence=', 'per_page=251', 'page=0', 'colour=red']) {
    expect((await app.inject({ url: `/v1/suggestions?${wrong}` })).statusCode).toBe(400);
  }
  expect((await app.inject({ url: '/v1/decisions/first' })).statusCode).toBe(400);
});
