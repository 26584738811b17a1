import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { eraseProduct, writeProduct } from '../../src/catalog/writeProduct.js';
import { identityText } from '../../src/domain/identityText.js';
import { silent } from '../../src/domain/progress.js';
import { vectorKey } from '../../src/embed/embeddingCache.js';
import { currentGeneration } from '../../src/index/generation/generations.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { buildIndex } from '../../src/opensearch/buildGeneration.js';
import { ChangeApplier } from '../../src/opensearch/changeApplier.js';
import type { Engine } from '../../src/opensearch/engine.js';
import { openStore, type Store } from '../../src/store/open.js';

import { indexedCatalogIn } from '../support/indexedCatalog.js';
import { describeOpenSearch, foundProducts, sharedEngine } from '../support/openSearch.js';
import { sharedTemporaryFolder } from '../support/temporaryFolder.js';

describeOpenSearch('changes of the store', () => {
  const folder = sharedTemporaryFolder();
  const opened = sharedEngine();
  let engine: Engine;
  let source: LiveIndex;
  let store: Store;

  beforeAll(async () => {
    engine = opened();
    const { dataDir, indexesDir } = indexedCatalogIn(folder);
    source = await openGeneration(indexesDir, (await currentGeneration(indexesDir)) ?? '');
    store = openStore(dataDir);
    await buildIndex(engine, source, silent);
    await applier().followed.follow(source.generation.id);
  });

  afterAll(() => {
    source?.close();
    store?.close();
  });

  const applier = (): ChangeApplier => new ChangeApplier({ engine, store, columns: () => source.columns });

  /** The titles and prices that a search sees, by id. */
  async function shown(): Promise<Map<string, unknown>> {
    const { hits } = await engine.ask(foundProducts, {
      method: 'POST',
      path: [engine.names.index(source.generation.id), '_search'],
      body: { size: 1000, query: { match_all: {} } },
    });
    return new Map(hits.hits.map(({ _source: { product } }) => [product.id, [product.title, product.price]]));
  }

  function stored(): Map<string, unknown> {
    return new Map([...store.products.each()].map(({ id, title, price }) => [id, [title, price]]));
  }

  it('are in the next search, once they are applied', async () => {
    const one = applier();
    store.transaction(() => {
      writeProduct(store, { id: 'new', title: 'Blue Teapot', price: 3 });
      store.products.patch('w-dress-0', { price: 99 });
      eraseProduct(store, 'k-coat-1');
    });
    await one.sync();
    const found = await shown();
    expect(found.get('new')).toEqual(['Blue Teapot', 3]);
    expect(found.get('w-dress-0')).toEqual(['red dress for women', 99]);
    expect(found.has('k-coat-1')).toBe(false);
    expect(found).toEqual(stored());
    expect(await one.followed.sequence(source.generation.id)).toBe(store.changes.last());
  });

  it('lose nothing where the process that applies them ends at any time', async () => {
    // What it wrote last is not recorded yet: the next one writes it again.
    store.transaction(() => store.products.patch('w-dress-0', { price: 98 }));
    await applier().catchUp(source.generation.id);
    store.transaction(() => {
      writeProduct(store, { id: 'late', title: 'Late Lamp', price: 1 });
      eraseProduct(store, 'new');
    });
    await Promise.all([applier().sync(), applier().sync()]);
    expect(await shown()).toEqual(stored());
  });

  it('reach a product without a vector again when its vector is made', async () => {
    const counted = async (): Promise<number> => {
      const { count } = await engine.ask(z.object({ count: z.number() }), {
        method: 'POST',
        path: [engine.names.index(source.generation.id), '_count'],
        body: { query: { bool: { filter: [{ exists: { field: 'vector' } }, { term: { id: 'plain' } }] } } },
      });
      return count;
    };
    const one = applier();
    store.transaction(() => writeProduct(store, { id: 'plain', title: 'Plain Plate' }));
    await one.sync();
    expect(one.missing).toBeGreaterThan(0);
    expect(await counted()).toBe(0);
    const { model } = source.generation;
    const key = vectorKey(
      { revision: model?.sha256 ?? '' },
      identityText({ id: 'plain', title: 'Plain Plate' }),
    );
    const vector = new Float32Array(model?.dimension ?? 0).fill(0.05);
    store.transaction(() => store.vectors.set(key, vector));
    // Another process, which did not see it without one.
    await applier().sync();
    expect(await counted()).toBe(1);
  });

  it('give what the store holds, whatever is written in whatever order', { timeout: 120_000 }, async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), id, title: fc.string({ maxLength: 8 }) }),
      fc.record({ kind: fc.constant('price' as const), id, price: fc.nat(50) }),
      fc.record({ kind: fc.constant('delete' as const), id }),
      fc.record({ kind: fc.constant('sync' as const) }),
      fc.record({ kind: fc.constant('restart' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 25 }), async (steps) => {
        let one = applier();
        const running: Promise<void>[] = [];
        for (const step of steps) {
          if (step.kind === 'sync') running.push(one.sync());
          else if (step.kind === 'restart') one = applier();
          else
            store.transaction(() => {
              if (step.kind === 'write') writeProduct(store, { id: step.id, title: step.title });
              else if (step.kind === 'price') store.products.patch(step.id, { price: step.price });
              else eraseProduct(store, step.id);
            });
        }
        await one.sync();
        await Promise.all(running);
        expect(await shown()).toEqual(stored());
      }),
      { numRuns: 15 },
    );
  });
});
