import { cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/searchRequest.js';
import { similarRequestSchema } from '../../src/search/similar/similarSchemas.js';
import { openService } from '../../src/service/openService.js';
import type { CatalogReader } from '../../src/service/reader.js';
import type { Service } from '../../src/service/service.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { emptyFolders, indexedCatalog } from '../support/indexedCatalog.js';
import { type Folders, rebuild } from '../support/rebuild.js';
import { smallCatalog } from '../support/smallCatalog.js';

const open = (where: Folders, modelDir = packagePaths.model): Promise<Service> =>
  openService({ ...where, modelDir, workers: 1 });
const ask = (request: Partial<SearchRequest>): SearchRequest => searchRequestSchema.parse(request);
const idsOf = async (service: Service, request: Partial<SearchRequest>): Promise<string[]> =>
  (await service.search(ask(request))).hits.map(({ id }) => id);

describe('a service', () => {
  it('reports the time of each part of a search, and nothing for a cached answer', async () => {
    const service = await open(indexedCatalog());
    const timings: string[][] = [];
    service.onSearched((parts) => timings.push(Object.keys(parts)));
    for (let n = 0; n < 2; n++) await service.search(ask({ q: 'red dress' }));
    expect(timings).toEqual([['understand', 'embed', 'retrieve', 'rank']]);
    await service.close();
  });

  it('leaves drafts and archived products out, unless a search asks for them', async () => {
    const service = await open(await indexedCatalog());
    const tent = { title: 'Two-person zelt', brand: 'Zeltwerk', category: 'Camping > Tents', price: 90 };
    await service.upsert([
      { id: 'z1', ...tent },
      { id: 'z2', ...tent, title: 'Three-person zelt', status: 'draft' },
      { id: 'z3', ...tent, title: 'Four-person zelt', status: 'Archived', brand: 'Altzelt' },
      { id: 'z4', ...tent, title: 'Five-person zelt', status: 'new' },
    ]);
    const found = async (reader: CatalogReader, status?: SearchRequest['status']): Promise<unknown> => {
      const answer = await reader.search(
        ask({ q: 'zelt', filter: "category = 'Camping'", facets: ['brand'], ...(status && { status }) }),
      );
      return [answer.total, answer.hits.map(({ id }) => id).sort(), answer.facets.brand];
    };
    const zeltwerk = (count: number) => ({ value: 'Zeltwerk', count });
    const altzelt = { value: 'Altzelt', count: 1 };
    for (const reader of [service, await service.within("brand IN ['Zeltwerk', 'Altzelt']")]) {
      expect(await found(reader)).toEqual([2, ['z1', 'z4'], [zeltwerk(2)]]);
      expect(await found(reader, 'draft')).toEqual([1, ['z2'], [zeltwerk(1)]]);
      expect(await found(reader, 'archived')).toEqual([1, ['z3'], [altzelt]]);
      expect(await found(reader, 'all')).toEqual([4, ['z1', 'z2', 'z3', 'z4'], [zeltwerk(3), altzelt]]);
      expect(reader.product('z2')).toMatchObject({ status: 'draft' });
      const similar = reader.similar(
        similarRequestSchema.parse({ ids: ['z1'], filter: "category = 'Camping'" }),
      );
      expect(similar.hits.map(({ id }) => id)).toEqual(['z4']);
      const texts = (await reader.suggest({ q: 'zel', limit: 20 })).suggestions.map(({ text }) => text);
      expect(texts).toContain('Five-person zelt');
      expect(texts).not.toContain('Three-person zelt');
      expect((await reader.suggest({ q: 'altz', limit: 20 })).suggestions).toEqual([]);
      expect((await reader.suggest({ q: 'four', limit: 20 })).suggestions.map(({ id }) => id)).not.toContain(
        'z3',
      );
    }
    expect(await found(await service.within("brand = 'Altzelt'"))).toEqual([0, [], []]);
    await service.upsert([{ id: 'z2', ...tent, title: 'Three-person zelt' }]);
    expect(await found(service)).toEqual([3, ['z1', 'z2', 'z4'], [zeltwerk(3)]]);
    await service.close();
  });

  it('shows and searches texts without markup, and keeps the markup of the merchant', async () => {
    const service = await open(await indexedCatalog());
    const written = {
      id: 'mill',
      title: 'Gl&auml;sern &amp; <b class="turquoise">burr</b> mill',
      attributes: { finish: '<span>satin</span>&nbsp;nickel' },
    };
    await service.upsert([written]);
    const { hits } = await service.search(ask({ q: 'glasern mill', facets: ['attributes.finish'] }));
    const [hit] = hits;
    expect(hit?.product).toMatchObject({
      title: 'Gläsern & burr mill',
      attributes: { finish: 'satin nickel' },
    });
    for (const q of ['turquoise', 'span', 'nbsp', 'amp', 'auml']) {
      const answer = await service.search(ask({ q }));
      expect(answer.hits.filter(({ id, tier }) => id === 'mill' && tier !== 'semantic')).toEqual([]);
    }
    expect(await idsOf(service, { filter: "attributes.finish = 'satin nickel'" })).toEqual(['mill']);
    expect(service.product('mill')).toMatchObject({ title: 'Gläsern & burr mill' });
    expect(service.original('mill')).toMatchObject(written);
    expect((await service.upsert([written]))[0]).toMatchObject({ status: 'unchanged' });
    await service.close();
  });

  it('shows a write in the next search, by words and by meaning, and after a restart', async () => {
    const where = indexedCatalog();
    let service = await open(where);
    const results = await service.upsert([
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
      expect((await idsOf(service, { q: 'tent' }))[0]).toBe('tent');
      expect((await idsOf(service, { q: 'camping shelter' }))[0]).toBe('tent');
      expect(await idsOf(service, { q: 'velvet' })).toContain('w-dress-0');
      expect((await service.search(ask({}))).total).toBe(49);
      await service.close();
      service = await open(where);
    }
    expect(await service.remove('tent')).toBe(true);
    expect(await service.remove('tent')).toBe(false);
    expect(await idsOf(service, { q: 'tent', filter: 'price = 90' })).toEqual([]);
    expect(service.product('tent')).toBeUndefined();
    await service.close();
  });

  it('shows a new price at once, without embedding', async () => {
    const where = indexedCatalog();
    const service = await open(where);
    expect(await service.patch('w-coat-1', { price: 3, availability: 'sold out' })).toMatchObject({
      id: 'w-coat-1',
      price: 3,
    });
    expect(await service.patch('nobody', { price: 3 })).toBeUndefined();
    const answer = await service.search(ask({ filter: 'price < 5', facets: ['availability'] }));
    expect(answer.hits.map(({ id, product }) => [id, product.price])).toEqual([['w-coat-1', 3]]);
    expect(answer.facets.availability).toEqual([{ value: 'sold out', count: 1 }]);
    await service.close();
    expect((await rebuild(where)).length).toBeGreaterThan(0);
  });

  it('follows a switch and a rollback made by another process', async () => {
    const where = indexedCatalog();
    const service = await open(where);
    const first = service.health().generation ?? '';
    const second = await rebuild(where);
    await expect.poll(() => service.health().generation, { timeout: 5000 }).toBe(second);
    await service.activate(first);
    expect(service.health().generation).toBe(first);
    await expect(service.activate('20200101-000000-abcd')).rejects.toThrow(/20200101-000000-abcd/);
    await service.close();
  });

  it('answers by words where the model is missing, and says so', async () => {
    const where = indexedCatalog();
    const service = await open(where, path.join(where.dataDir, 'no-model'));
    const answer = await service.search(ask({ q: 'red dress' }));
    expect(answer.mode).toBe('lexical');
    expect(answer.hits.slice(0, 2).map(({ id }) => id)).toContain('w-dress-0');
    expect(service.health()).toMatchObject({ ready: true, mode: 'lexical' });
    expect(service.health().reasons[0]).toMatch(/by words only: The model folder .* lacks config\.json/);
    expect(await service.upsert([{ id: 'new', title: 'Hammock' }])).toEqual([
      { id: 'new', status: 'created' },
    ]);
    expect(await idsOf(service, { q: 'hammock' })).toEqual(['new']);
    const filling = service.enrich([{ id: 'x', title: 'red dress' }]);
    await expect(filling).rejects.toThrow(UnavailableError);
    await expect(filling).rejects.toThrow(/without the model: The model folder/);
    await service.close();
  });

  it('lets writes wait while another process holds the store, and answers reads', async () => {
    const where = emptyFolders();
    const service = await open(where, path.join(where.dataDir, 'no-model'));
    await service.upsert([{ id: 'a', title: 'Peg', price: 1 }]);
    const elsewhere = new Sqlite(path.join(where.dataDir, 'store.sqlite'));
    elsewhere.exec('begin immediate');
    let written = false;
    const writes = [2, 3].map((price) =>
      service.patch('a', { price }).then((product) => {
        written = true;
        return product?.price;
      }),
    );
    expect((await service.search(ask({ q: 'peg' }))).hits[0]?.product.price).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([written, service.product('a')?.price]).toEqual([false, 1]);
    elsewhere.exec('rollback');
    elsewhere.close();
    expect(await Promise.all(writes)).toEqual([2, 3]);
    expect((await service.search(ask({ q: 'peg' }))).hits[0]?.product.price).toBe(3);
    await service.close();
  });

  it('tries again where what the last reindex learned could not be read', async () => {
    const where = indexedCatalog();
    const service = await open(where);
    const learned = path.join(where.dataDir, 'enricher.bin');
    await writeFile(learned, 'rubbish');
    const products = [{ id: 'x', title: 'red dress' }];
    await expect(service.enrich(products)).rejects.toThrow(/enricher/);
    await rm(learned);
    expect(await service.enrich(products)).toEqual([{ id: 'x', facts: expect.any(Array) }]);
    await service.close();
  });

  it('has every row of a large write in the next search', async () => {
    const where = emptyFolders();
    const service = await open(where, path.join(where.dataDir, 'no-model'));
    await service.upsert(Array.from({ length: 2600 }, (_, row) => ({ id: `r${row}`, title: 'Peg' })));
    expect((await service.search(ask({ q: 'peg' }))).total).toBe(2600);
    await service.close();
  });

  it('skips a damaged generation and serves the newest undamaged one', async () => {
    const where = indexedCatalog();
    const first = (
      await open(where).then(async (service) => [service.health().generation, await service.close()])
    )[0];
    await cp(where.indexesDir, `${where.indexesDir}-copy`, { recursive: true });
    const second = await rebuild(where);
    await writeFile(path.join(where.indexesDir, second, 'lexical.bin'), 'rubbish');
    const service = await open(where);
    expect(service.health().generation).toBe(first);
    expect(service.health().reasons[0]).toMatch(new RegExp(`${second} is skipped`));
    await service.close();
  });

  it('accepts writes before anything is indexed', async () => {
    const service = await open(emptyFolders());
    expect((await service.search(ask({ q: 'mug' }))).total).toBe(0);
    await service.upsert([{ id: 'm', title: 'Stoneware mug' }]);
    expect(await idsOf(service, { q: 'mug' })).toEqual(['m']);
    expect(await idsOf(service, { q: 'something to drink coffee from' })).toEqual(['m']);
    await service.close();
  });

  it('finds similar products, without the product itself', async () => {
    const where = indexedCatalog();
    const service = await open(where);
    const { hits } = service.similar(similarRequestSchema.parse({ ids: ['w-dress-0'], limit: 5 }));
    expect(hits).toHaveLength(5);
    expect(hits.map(({ id }) => id)).not.toContain('w-dress-0');
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0.5);
    expect(service.similar(similarRequestSchema.parse({ ids: ['nobody'] })).unknown).toEqual(['nobody']);
    await service.close();
    await rm(where.dataDir, { recursive: true });
  });
});
