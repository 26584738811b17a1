import { cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { reindex } from '../../src/catalog/reindex/reindex.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { silent } from '../../src/domain/progress.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/request.js';
import { similarRequestSchema } from '../../src/search/similar/request.js';
import { openService } from '../../src/service/openService.js';
import type { Service } from '../../src/service/service.js';
import { openStore } from '../../src/store/open.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Folders {
  readonly dataDir: string;
  readonly indexesDir: string;
}

function folders(): Folders {
  const folder = temporaryFolder();
  return { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
}

async function indexed(): Promise<Folders> {
  const where = folders();
  const store = openStore(where.dataDir);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  await rebuild(where);
  store.close();
  return where;
}

async function rebuild({ dataDir, indexesDir }: Folders): Promise<string> {
  const store = openStore(dataDir);
  const options = {
    modelDir: packagePaths.model,
    taxonomy: undefined,
    enrich: false,
    allowShrink: false,
    progress: silent,
  };
  const { generation } = await reindex({ store, indexesDir, ...options });
  store.close();
  return generation;
}

const open = (where: Folders, modelDir = packagePaths.model): Promise<Service> =>
  openService({ ...where, modelDir, workers: 1 });
const ask = (request: Partial<SearchRequest>): SearchRequest => searchRequestSchema.parse(request);
const idsOf = async (shop: Service, request: Partial<SearchRequest>): Promise<string[]> =>
  (await shop.search(ask(request))).hits.map(({ id }) => id);

describe('an open shop', () => {
  it('tells how long each part of a search took, and nothing of one that was remembered', async () => {
    const shop = await open(await indexed());
    const told: string[][] = [];
    shop.onSearched((parts) => told.push(Object.keys(parts)));
    for (let n = 0; n < 2; n++) await shop.search(ask({ q: 'red dress' }));
    expect(told).toEqual([['understand', 'embed', 'retrieve', 'rank']]);
    await shop.close();
  });

  it('shows a write in the next search, by words and by meaning, and after a restart', async () => {
    const where = await indexed();
    let shop = await open(where);
    const results = await shop.upsert([
      { id: 'tent', title: 'Two-person tent', price: 90 },
      { id: 'w-dress-0', title: 'Velvet gown', price: 70 },
      { title: 'no id' },
      smallCatalog()[1],
    ]);
    expect(results).toEqual([
      { id: 'tent', status: 'created' },
      { id: 'w-dress-0', status: 'updated' },
      { row: 2, status: 'refused', field: 'id', reason: expect.stringContaining('missing or empty') },
      { id: smallCatalog()[1]?.id, status: 'unchanged' },
    ]);
    for (let time = 0; time < 2; time++) {
      expect((await idsOf(shop, { q: 'tent' }))[0]).toBe('tent');
      expect((await idsOf(shop, { q: 'camping shelter' }))[0]).toBe('tent');
      expect(await idsOf(shop, { q: 'velvet' })).toContain('w-dress-0');
      expect((await shop.search(ask({}))).total).toBe(49);
      await shop.close();
      shop = await open(where);
    }
    expect(await shop.remove('tent')).toBe(true);
    expect(await shop.remove('tent')).toBe(false);
    expect(await idsOf(shop, { q: 'tent', filter: 'price = 90' })).toEqual([]);
    expect(shop.product('tent')).toBeUndefined();
    await shop.close();
  });

  it('shows a new price at once, without embedding', async () => {
    const where = await indexed();
    const shop = await open(where);
    expect(await shop.patch('w-coat-1', { price: 3, availability: 'sold out' })).toMatchObject({
      id: 'w-coat-1',
      price: 3,
    });
    expect(await shop.patch('nobody', { price: 3 })).toBeUndefined();
    const answer = await shop.search(ask({ filter: 'price < 5', facets: ['availability'] }));
    expect(answer.hits.map(({ id, product }) => [id, product.price])).toEqual([['w-coat-1', 3]]);
    expect(answer.facets.availability).toEqual([{ value: 'sold out', count: 1 }]);
    await shop.close();
    expect((await rebuild(where)).length).toBeGreaterThan(0);
  });

  it('follows a switch and a rollback made by another process', async () => {
    const where = await indexed();
    const shop = await open(where);
    const first = shop.health().generation ?? '';
    const second = await rebuild(where);
    await expect.poll(() => shop.health().generation, { timeout: 5000 }).toBe(second);
    await shop.activate(first);
    expect(shop.health().generation).toBe(first);
    await expect(shop.activate('20200101-000000-abcd')).rejects.toThrow(/20200101-000000-abcd/);
    await shop.close();
  });

  it('answers by words where the model is missing, and says so', async () => {
    const where = await indexed();
    const shop = await open(where, path.join(where.dataDir, 'no-model'));
    const answer = await shop.search(ask({ q: 'red dress' }));
    expect(answer.mode).toBe('lexical');
    expect(answer.hits.slice(0, 2).map(({ id }) => id)).toContain('w-dress-0');
    expect(shop.health()).toMatchObject({ ready: true, mode: 'lexical' });
    expect(shop.health().reasons[0]).toMatch(/by words only: The model folder .* lacks config\.json/);
    expect(await shop.upsert([{ id: 'new', title: 'Hammock' }])).toEqual([{ id: 'new', status: 'created' }]);
    expect(await idsOf(shop, { q: 'hammock' })).toEqual(['new']);
    const filling = shop.enrich([{ id: 'x', title: 'red dress' }]);
    await expect(filling).rejects.toThrow(UnavailableError);
    await expect(filling).rejects.toThrow(/without the model: The model folder/);
    await shop.close();
  });

  it('has who writes wait while another process holds the store, and reads on', async () => {
    const where = folders();
    const shop = await open(where, path.join(where.dataDir, 'no-model'));
    await shop.upsert([{ id: 'a', title: 'Peg', price: 1 }]);
    const elsewhere = new Sqlite(path.join(where.dataDir, 'store.sqlite'));
    elsewhere.exec('begin immediate');
    let written = false;
    const writes = [2, 3].map((price) =>
      shop.patch('a', { price }).then((product) => {
        written = true;
        return product?.price;
      }),
    );
    expect((await shop.search(ask({ q: 'peg' }))).hits[0]?.product.price).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([written, shop.product('a')?.price]).toEqual([false, 1]);
    elsewhere.exec('rollback');
    elsewhere.close();
    expect(await Promise.all(writes)).toEqual([2, 3]);
    expect((await shop.search(ask({ q: 'peg' }))).hits[0]?.product.price).toBe(3);
    await shop.close();
  });

  it('tries again where what the last reindex learned could not be read', async () => {
    const where = await indexed();
    const shop = await open(where);
    const learned = path.join(where.dataDir, 'enricher.bin');
    await writeFile(learned, 'rubbish');
    const products = [{ id: 'x', title: 'red dress' }];
    await expect(shop.enrich(products)).rejects.toThrow(/enricher/);
    await rm(learned);
    expect(await shop.enrich(products)).toEqual([{ id: 'x', facts: expect.any(Array) }]);
    await shop.close();
  });

  it('has every row of a large write in the next search', async () => {
    const where = folders();
    const shop = await open(where, path.join(where.dataDir, 'no-model'));
    await shop.upsert(Array.from({ length: 2600 }, (_, row) => ({ id: `r${row}`, title: 'Peg' })));
    expect((await shop.search(ask({ q: 'peg' }))).total).toBe(2600);
    await shop.close();
  });

  it('passes a damaged generation over for the newest whole one', async () => {
    const where = await indexed();
    const first = (await open(where).then(async (shop) => [shop.health().generation, await shop.close()]))[0];
    await cp(where.indexesDir, `${where.indexesDir}-copy`, { recursive: true });
    const second = await rebuild(where);
    await writeFile(path.join(where.indexesDir, second, 'lexical.bin'), 'rubbish');
    const shop = await open(where);
    expect(shop.health().generation).toBe(first);
    expect(shop.health().reasons[0]).toMatch(new RegExp(`${second} is passed over`));
    await shop.close();
  });

  it('takes writes before anything was ever indexed', async () => {
    const shop = await open(folders());
    expect((await shop.search(ask({ q: 'mug' }))).total).toBe(0);
    await shop.upsert([{ id: 'm', title: 'Stoneware mug' }]);
    expect(await idsOf(shop, { q: 'mug' })).toEqual(['m']);
    expect(await idsOf(shop, { q: 'something to drink coffee from' })).toEqual(['m']);
    await shop.close();
  });

  it('finds similar products, without the product itself', async () => {
    const where = await indexed();
    const shop = await open(where);
    const { hits } = shop.similar(similarRequestSchema.parse({ ids: ['w-dress-0'], limit: 5 }));
    expect(hits).toHaveLength(5);
    expect(hits.map(({ id }) => id)).not.toContain('w-dress-0');
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0.5);
    expect(shop.similar(similarRequestSchema.parse({ ids: ['nobody'] })).unknown).toEqual(['nobody']);
    await shop.close();
    await rm(where.dataDir, { recursive: true });
  });
});
