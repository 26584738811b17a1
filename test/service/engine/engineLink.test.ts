import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { silent } from '../../../src/domain/progress.js';
import { currentGeneration } from '../../../src/index/generation/generations.js';
import type { Bundle, BundleFollower } from '../../../src/opensearch/bundle.js';
import { followBundle } from '../../../src/opensearch/followBundle.js';
import { currentIndex, switchTo } from '../../../src/opensearch/generationIndexes.js';
import { openService } from '../../../src/service/openService.js';
import type { Service } from '../../../src/service/service.js';
import { openStore } from '../../../src/store/open.js';
import { type BreakableProxy, breakableProxy } from '../../support/breakableProxy.js';
import { indexedCatalogIn } from '../../support/indexedCatalog.js';
import { describeOpenSearch, foundProducts, settingsOf, sharedEngine } from '../../support/openSearch.js';
import type { Folders } from '../../support/rebuild.js';
import { sharedTemporaryFolder } from '../../support/temporaryFolder.js';

describeOpenSearch('a service', () => {
  const folder = sharedTemporaryFolder();
  const engine = sharedEngine();
  let folders: Folders;
  let proxy: BreakableProxy;
  let service: Service;
  let follower: BundleFollower;
  let ids: readonly string[];

  beforeAll(async () => {
    folders = indexedCatalogIn(folder);
    proxy = await breakableProxy(engine().connection.urls[0] ?? '');
    ids = [await build(), await build()];
    service = await open();
    follower = await followBundle(engine());
  });

  afterAll(async () => {
    await follower?.close();
    await service?.close();
    await proxy?.break();
  });

  const settings = () => ({ ...settingsOf(engine()), urls: [proxy.url] });
  const open = (): Promise<Service> =>
    openService({ ...folders, modelDir: packagePaths.model, workers: 1, engine: settings() });

  async function build(): Promise<string> {
    const store = openStore(folders.dataDir);
    try {
      const { generation } = await reindex({
        ...{ store, indexesDir: folders.indexesDir, modelDir: packagePaths.model, taxonomy: undefined },
        ...{ enrich: false, allowShrink: false, progress: silent, engine: settings() },
      });
      return generation;
    } finally {
      store.close();
    }
  }

  async function served(): Promise<Map<string, unknown>> {
    const { hits } = await engine().ask(foundProducts, {
      method: 'POST',
      path: [engine().names.current, '_search'],
      body: { size: 1000 },
    });
    return new Map(hits.hits.map(({ _source: { product } }) => [product.id, product.price]));
  }

  /** Waits until the bundle is so; fails with what it is. */
  async function bundle(isSo: (found: Bundle) => boolean): Promise<Bundle> {
    for (let tries = 0; tries < 200; tries++) {
      await follower.poll();
      const found = follower.current();
      if (found !== undefined && isSo(found)) return found;
      await wait(50);
    }
    throw new Error(`The bundle is ${JSON.stringify(follower.current())?.slice(0, 2000)}`);
  }

  it('has a write in the next search of the engine', async () => {
    await service.upsert([{ id: 'new', title: 'Blue Teapot', price: 3 }]);
    expect((await served()).get('new')).toBe(3);
    await service.patch('new', { price: 4 });
    expect((await served()).get('new')).toBe(4);
    await service.merge([{ id: 'new', price: 5 }]);
    expect((await served()).get('new')).toBe(5);
    await Promise.all([
      service.remove('new'),
      service.remove('w-coat-0'),
      service.patch('w-coat-1', { price: 9 }),
    ]);
    const found = await served();
    expect([found.has('new'), found.has('w-coat-0'), found.get('w-coat-1')]).toEqual([false, false, 9]);
    expect(service.health().reasons).toEqual([]);
  });

  it('publishes what search nodes need, and what changes of it', async () => {
    const first = await bundle(({ catalog }) => catalog.generation === ids[1]);
    expect(first.catalog).toMatchObject({ index: engine().names.index(ids[1] ?? '') });
    expect(first.catalog.taxonomy?.categories.length).toBeGreaterThan(6);
    expect(first.settings.keys).toEqual({ needed: false, valid: [] });
    await service.upsert([{ id: 'zebra', title: 'Zebra' }]);
    await bundle(({ vocabulary }) => vocabulary.terms.includes('zebra'));
    const { key } = service.keys.create({ name: 'shop', scope: 'search', filter: undefined });
    const { settings: changed } = await bundle(({ settings }) => settings.keys.needed);
    expect(changed.keys.valid).toEqual([{ key, hash: expect.any(String) }]);
    service.keys.revoke(key.id);
    await bundle(({ settings: { keys } }) => keys.needed && keys.valid.length === 0);
  });

  it('applies what other processes write', async () => {
    const store = openStore(folders.dataDir);
    store.transaction(() => writeProduct(store, { id: 'other', title: 'Written Elsewhere', price: 1 }));
    store.close();
    for (let tries = 0; tries < 200 && !(await served()).has('other'); tries++) await wait(50);
    expect((await served()).get('other')).toBe(1);
  });

  it('goes back to another generation with everything that was written', async () => {
    const [before = '', after = ''] = ids;
    await service.activate(before);
    expect(await currentIndex(engine())).toBe(engine().names.index(before));
    expect(await currentGeneration(folders.indexesDir)).toBe(before);
    expect((await served()).get('other')).toBe(1);
    expect((await service.generations()).map(({ id, current }) => [id, current])).toEqual([
      [after, false],
      [before, true],
    ]);
    await bundle(
      ({ catalog, vocabulary }) => catalog.generation === before && vocabulary.generation === before,
    );
    await service.patch('other', { price: 2 });
    expect((await served()).get('other')).toBe(2);
  });

  it('follows the engine where a process was killed between the two switches', async () => {
    const [, after = ''] = ids;
    await switchTo(engine(), after);
    for (let tries = 0; tries < 200 && service.health().generation !== after; tries++) await wait(50);
    expect(await currentGeneration(folders.indexesDir)).toBe(after);
    await bundle(({ catalog }) => catalog.generation === after);
    expect((await served()).get('other')).toBe(2);
  });

  it('loses no write while the engine does not answer, also not those of a service that ends then', async () => {
    await proxy.break();
    await service.patch('other', { price: 77 });
    expect(service.product('other')?.price).toBe(77);
    for (let tries = 0; tries < 200 && service.health().reasons.length === 0; tries++) await wait(50);
    expect(service.health().reasons.join(' ')).toMatch(
      /What was written last is not in the search engine yet: The search engine at http:.* cannot be reached/,
    );
    await service.close();
    expect((await served()).get('other')).toBe(2);
    await proxy.restore();
    service = await open();
    await service.upsert([{ id: 'later', title: 'Later', price: 6 }]);
    const found = await served();
    expect([found.get('other'), found.get('later')]).toEqual([77, 6]);
  });

  it('finds a product by its vector once that is made', async () => {
    const count = async (): Promise<number> => {
      const query = { bool: { filter: [{ exists: { field: 'vector' } }, { term: { id: 'plain' } }] } };
      const path = [engine().names.current, '_count'];
      return (await engine().ask(z.object({ count: z.number() }), { method: 'POST', path, body: { query } }))
        .count;
    };
    const store = openStore(folders.dataDir);
    // Without a vector, as by `shelfwright import`.
    store.transaction(() => writeProduct(store, { id: 'plain', title: 'A Plain Porcelain Plate' }));
    store.close();
    for (let tries = 0; tries < 200 && (await count()) === 0; tries++) await wait(50);
    expect(await count()).toBe(1);
  });
});
