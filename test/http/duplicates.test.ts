import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { buildApp } from '../../src/http/app.js';
import { openAudits } from '../../src/service/audits.js';
import { auditFile } from '../../src/service/jobs/auditJob.js';
import { openSpellings } from '../../src/service/spellings.js';
import { openStore } from '../../src/store/open.js';
import { factOf } from '../domain/fact.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { memoryService } from './memoryService.js';
import { webDir } from './serving.js';

const MUGS: Product[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, title: 'Oslo mug', price: 5 }));
const FULL: Product = { id: 'b', title: 'Oslo mug', price: 5, brand: 'Aro', attributes: { color: 'Red' } };
const pair = (one: string, other: string) => ({ ids: [one, other], score: 0.9, reason: 'same title' });

/** The routes over a store with an audit that found a = b = c, and d = e. */
async function serving() {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  store.transaction(() => {
    for (const mug of [...MUGS, FULL]) store.products.upsert(mug);
    store.facts.add('a', {
      ...factOf('attributes.color', 'Blue'),
      taxonomy: 't',
      model: 'm',
      decision: null,
    });
    store.jobs.add('audit', 'audit', {});
    store.jobs.start('audit');
    store.jobs.end('audit', { state: 'done', report: {} });
  });
  mkdirSync(path.dirname(auditFile(dataDir, 'audit')), { recursive: true });
  const kept = { findings: [], duplicates: [pair('a', 'b'), pair('b', 'c'), pair('d', 'e')] };
  writeFileSync(auditFile(dataDir, 'audit'), JSON.stringify(kept));
  const none = async () => {};
  const service = memoryService([], {
    audits: openAudits(store, dataDir, none),
    spellings: openSpellings(store, none),
    product: (id) => store.products.get(id),
  });
  const app = await buildApp({ service, webDir, logger: false });
  return {
    store,
    clusters: async () => (await app.inject({ url: '/v1/audit/clusters' })).json(),
    remove: async (payload: object) => {
      const url = '/v1/audit/duplicates/remove';
      return (await app.inject({ method: 'POST', url, payload: { by: 'Kim', ...payload } })).json();
    },
    undo: async (run: number) =>
      (await app.inject({ method: 'POST', url: '/v1/spellings/undo', payload: { run } })).json(),
  };
}

const BOTH = [
  { keep: 'b', remove: ['a', 'c'] },
  { keep: 'd', remove: ['e'] },
];

it('archives whole clusters in one step and undoes it', async () => {
  const { store, clusters, remove, undo } = await serving();
  const before = [...store.products.each()];
  expect(await clusters()).toMatchObject({
    total: 2,
    clusters: [
      { ids: ['a', 'b', 'c'], keep: 'b', pairs: [pair('a', 'b'), pair('b', 'c')] },
      { ids: ['d', 'e'], keep: 'd' },
    ],
  });
  expect(await remove({ removals: BOTH })).toEqual({ products: 3, values: 3, run: null });
  expect([...store.products.each()]).toEqual(before);
  expect(await remove({ removals: BOTH, preview: false })).toEqual({ products: 3, values: 3, run: 1 });
  expect([...store.products.each()].map(({ id, status }) => [id, status])).toEqual([
    ['a', 'archived'],
    ['b', undefined],
    ['c', 'archived'],
    ['d', undefined],
    ['e', 'archived'],
  ]);
  expect((await clusters()).clusters).toMatchObject([{ keep: null }, { keep: null }]);
  expect(await remove({ removals: BOTH, preview: false })).toEqual({ products: 0, values: 0, run: null });
  expect(await undo(1)).toEqual({ run: 1, restored: 3, kept: 0 });
  expect([...store.products.each()]).toEqual(before);
});

it('deletes on request, and undo brings back the products with their facts', async () => {
  const { store, remove, undo } = await serving();
  const before = [...store.products.each()];
  const facts = store.facts.stored('a');
  expect(facts).toHaveLength(1);
  expect(await remove({ removals: BOTH, how: 'delete', preview: false })).toMatchObject({
    products: 3,
    run: 1,
  });
  expect([...store.products.eachId()]).toEqual(['b', 'd']);
  expect(store.facts.get('a')).toEqual([]);
  // A product that was written again since stays as it is.
  store.transaction(() => store.products.upsert({ id: 'e', title: 'New' }));
  expect(await undo(1)).toEqual({ run: 1, restored: 2, kept: 1 });
  expect([...store.products.each()]).toEqual(
    before.map((product) => (product.id === 'e' ? { id: 'e', title: 'New' } : product)),
  );
  expect(store.facts.stored('a')).toEqual(facts);
});

it.each([
  [[{ keep: 'b', remove: ['d'] }], /"d" is no duplicate of b/],
  [
    [
      { keep: 'b', remove: ['a'] },
      { keep: 'a', remove: ['c'] },
    ],
    /"a" is to be kept and to be removed/,
  ],
  [[{ keep: 'zz', remove: ['a'] }], /"zz" is archived or deleted/],
])('refuses to remove %j', async (removals, detail) => {
  const { store, remove } = await serving();
  expect((await remove({ removals, preview: false })).detail).toMatch(detail);
  expect(store.products.count()).toBe(5);
});
