import path from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { listWithCurrent, rollback } from '../../../src/catalog/generations.js';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import type { ReindexReport } from '../../../src/catalog/reindex/reindexOptions.js';
import { eraseProduct, writeProduct } from '../../../src/catalog/writeProduct.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { silent } from '../../../src/domain/progress.js';
import { ValueRules } from '../../../src/index/columns/valueRules.js';
import { currentGeneration } from '../../../src/index/generation/generations.js';
import { ChangeApplier } from '../../../src/opensearch/changeApplier.js';
import { createIndex, listIndexes } from '../../../src/opensearch/generationIndexes.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { describeOpenSearch, foundProducts, settingsOf, sharedEngine } from '../../support/openSearch.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const vectors = new SharedVectors();

describeOpenSearch('reindexing', () => {
  const engine = sharedEngine();
  let store: Store;
  let indexesDir: string;

  beforeEach(async () => {
    const folder = temporaryFolder();
    store = openStore(path.join(folder, 'data'));
    onTestFinished(() => store.close());
    indexesDir = path.join(folder, 'indexes');
    vectors.share(store);
    store.transaction(() => {
      for (const product of smallCatalog()) store.products.upsert(product);
    });
    const { prefix } = engine().connection;
    await engine().ask(z.unknown(), { method: 'DELETE', path: [`${prefix}*`] });
  });

  const run = (onStep = silent, allowShrink = false): Promise<ReindexReport> =>
    reindex({
      ...{ store, indexesDir, modelDir: packagePaths.model, taxonomy: undefined, enrich: false, allowShrink },
      engine: settingsOf(engine()),
      progress: onStep,
    });

  const back = (): Promise<string> => rollback(indexesDir, { engine: engine(), store });
  const list = async (): Promise<string[]> =>
    (await listWithCurrent(indexesDir, engine())).map(({ id }) => id);
  const current = async (): Promise<string | undefined> =>
    (await listWithCurrent(indexesDir, engine())).find((one) => one.current)?.id;

  /** What a search by the alias sees. */
  async function served(): Promise<Map<string, unknown>> {
    const { hits } = await engine().ask(foundProducts, {
      method: 'POST',
      path: [engine().names.current, '_search'],
      body: { size: 1000 },
    });
    return new Map(hits.hits.map(({ _source: { product } }) => [product.id, [product.title, product.price]]));
  }

  function stored(): Map<string, unknown> {
    return new Map([...store.products.each()].map(({ id, title, price }) => [id, [title, price]]));
  }

  it('builds an index, switches to it, keeps three and goes back one', async () => {
    const ids: string[] = [];
    for (let time = 0; time < 4; time++) {
      ids.push((await run()).generation);
      expect(await current()).toBe(ids.at(-1));
    }
    expect(await served()).toEqual(stored());
    expect(await list()).toEqual(ids.slice(1).reverse());
    // What was written since is in the index that serves again.
    store.transaction(() => {
      writeProduct(store, { id: 'new', title: 'Blue Teapot', price: 3 });
      eraseProduct(store, 'k-coat-1');
    });
    expect(await back()).toBe(ids[2]);
    expect(await current()).toBe(ids[2]);
    expect(await currentGeneration(indexesDir)).toBe(ids[2]);
    expect(await served()).toEqual(stored());
    expect(await back()).toBe(ids[1]);
    await expect(back()).rejects.toThrow(/no generation before the one that serves/);
  });

  it('has in the new index what was written while it was built', async () => {
    const { generation } = await run();
    let wrote = 0;
    const columns = () => ({ rules: ValueRules.NONE, sortable: () => undefined });
    const service = new ChangeApplier({ engine: engine(), store, columns });
    await run((step, done) => {
      if (step !== 'index' || done === 0) return;
      store.transaction(() => {
        writeProduct(store, { id: `during-${wrote++}`, title: 'Written Meanwhile' });
        eraseProduct(store, smallCatalog()[wrote]?.id ?? '');
        store.products.patch('w-skirt-0', { price: 500 + wrote });
      });
      void service.sync();
    });
    expect(wrote).toBeGreaterThan(0);
    expect(await current()).not.toBe(generation);
    expect(await served()).toEqual(stored());
    // And so has what is written later, in both.
    store.transaction(() => writeProduct(store, { id: 'later', title: 'Later' }));
    await service.sync();
    expect(await served()).toEqual(stored());
  });

  it('that fails changes nothing that serves, and leaves nothing behind', async () => {
    const serving = (await run()).generation;
    const fail = (step: string): void => {
      if (step === 'index') throw new Error('pulled the plug');
    };
    await expect(run(fail)).rejects.toThrow('pulled the plug');
    expect(await current()).toBe(serving);
    expect(await currentGeneration(indexesDir)).toBe(serving);
    expect(await listIndexes(engine())).toHaveLength(1);
  });

  it('removes what a killed run left', async () => {
    const left = { created: '', taxonomy: '', model: null, products: 1, vectors: 0, complete: false };
    await createIndex(engine(), { ...left, generation: '20261121-110203-7f3a' });
    const { generation } = await run();
    expect((await listIndexes(engine())).map((one) => one.generation)).toEqual([generation]);
  });

  it('does not switch to an index that lost much of the catalog', async () => {
    const serving = (await run()).generation;
    store.transaction(() => {
      for (const { id } of smallCatalog().slice(0, 20)) eraseProduct(store, id);
    });
    await expect(run()).rejects.toThrow(/28 products, the current one 48.*--allow-shrink/);
    // Also where the generations on disk are gone.
    indexesDir = path.join(temporaryFolder(), 'indexes');
    await expect(run()).rejects.toThrow(/28 products, that of the search engine 48.*--allow-shrink/);
    expect(await current()).toBe(serving);
    expect((await run(silent, true)).products).toBe(28);
    expect(await served()).toEqual(stored());
  });

  it('says that the engine does not answer, and changes nothing', async () => {
    const serving = (await run()).generation;
    const settings = { ...settingsOf(engine()), urls: ['http://127.0.0.1:9'] };
    const lost = reindex({
      ...{ store, indexesDir, modelDir: packagePaths.model, taxonomy: undefined, enrich: false },
      ...{ allowShrink: false, engine: settings, progress: silent },
    });
    await expect(lost).rejects.toThrow(/^The search engine at http:\/\/127.0.0.1:9 cannot be reached/);
    expect(await currentGeneration(indexesDir)).toBe(serving);
  });
});
