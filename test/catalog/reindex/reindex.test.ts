import { readdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listWithCurrent, rollback } from '../../../src/catalog/generations.js';
import { readCompletenessHistory } from '../../../src/catalog/reindex/completenessHistory.js';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import type { ReindexReport } from '../../../src/catalog/reindex/reindexOptions.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { silent } from '../../../src/domain/progress.js';
import { FILES } from '../../../src/index/generation/generationFiles.js';
import { readManifest } from '../../../src/index/generation/manifest.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const vectors = new SharedVectors();

interface Bench {
  readonly store: Store;
  readonly indexesDir: string;
  run(options?: {
    enrich?: boolean;
    allowShrink?: boolean;
    onStep?: (step: string) => void;
  }): Promise<ReindexReport>;
  current(): Promise<string | undefined>;
}

function bench(shared = vectors): Bench {
  const folder = temporaryFolder();
  const store = openStore(path.join(folder, 'data'));
  const indexesDir = path.join(folder, 'indexes');
  shared.share(store);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  return {
    store,
    indexesDir,
    run: ({ enrich = false, allowShrink = false, onStep } = {}) =>
      reindex({
        store,
        indexesDir,
        modelDir: packagePaths.model,
        taxonomy: undefined,
        enrich,
        allowShrink,
        progress: onStep ?? silent,
      }),
    current: async () => (await listWithCurrent(indexesDir)).find(({ current }) => current)?.id,
  };
}

describe('reindexing', () => {
  it('embeds each distinct text once, nothing the second time, and nothing for a new price', async () => {
    const { store, run } = bench(new SharedVectors());
    const first = await run();
    expect(first).toMatchObject({ products: 48, embedded: 48, reused: 0, changed: {} });
    expect(await run()).toMatchObject({ products: 48, embedded: 0, reused: 48 });
    store.products.patch('w-dress-0', { price: 1 });
    expect((await run()).embedded).toBe(0);
    store.products.upsert({ id: 'w-dress-0', title: 'something else entirely' });
    const last = await run();
    expect(last.embedded).toBe(1);
    // Each run adds how complete the catalog was.
    const history = readCompletenessHistory(store);
    expect(history).toHaveLength(4);
    expect(history[0]).toMatchObject({ generation: first.generation, products: 48 });
    expect(history[3]?.generation).toBe(last.generation);
    expect(history[0]?.before).toBeGreaterThan(history[3]?.before ?? 1);
    expect(history[3]?.after).toBe(history[3]?.before);
    store.close();
  });

  it('learns from filled rows, fills blanks with evidence, and changes no filled cell', async () => {
    const { store, run } = bench();
    await run({ enrich: true });
    const before = new Map(smallCatalog().map((product) => [product.id, product]));
    let filled = 0;
    for (const product of store.products.each()) {
      expect(product).toEqual(before.get(product.id));
      for (const fact of store.facts.get(product.id)) {
        expect(fact.field === 'category' ? product.category : product.attributes?.color).toBeUndefined();
        if ('quote' in fact.evidence) {
          const text = String(product[fact.evidence.field]);
          expect(text.slice(fact.evidence.start, fact.evidence.end)).toBe(fact.evidence.quote);
        }
        filled++;
      }
    }
    expect(filled).toBeGreaterThan(16);
    store.close();
  });

  it('enriches again only where a text has changed', async () => {
    const { store, run } = bench();
    const steps = new Set<string>();
    const enriched = async (): Promise<boolean> => {
      steps.clear();
      await run({ enrich: true, onStep: (step) => steps.add(step) });
      return steps.has('enrich');
    };
    expect(await enriched()).toBe(true);
    expect(await enriched()).toBe(false);
    store.products.patch('w-dress-0', { price: 1 });
    expect(await enriched()).toBe(false);
    store.products.delete('w-dress-0');
    expect(await enriched()).toBe(true);
    store.close();
  });

  it('copies the generation where nothing has changed, and builds it where something has', async () => {
    const { store, indexesDir, run } = bench();
    const filesOf = async (id: string) => (await readManifest(path.join(indexesDir, id))).files;
    const first = await run({ enrich: true });
    const copied = await run({ enrich: true });
    expect(copied.steps).toHaveProperty('copy');
    expect(copied).toMatchObject({ products: 48, embedded: 0, reused: 48 });
    expect(copied.generation).not.toBe(first.generation);
    expect(await filesOf(copied.generation)).toEqual(await filesOf(first.generation));
    store.products.patch('w-dress-0', { price: 1 });
    const priced = await run({ enrich: true });
    expect(priced.steps).not.toHaveProperty('copy');
    expect(await filesOf(priced.generation)).not.toEqual(await filesOf(first.generation));
    await rollback(indexesDir);
    expect((await run({ enrich: true })).steps).not.toHaveProperty('copy');
    store.close();
  });

  it('builds a generation where the one to copy is damaged', async () => {
    const { store, indexesDir, run } = bench();
    const { generation } = await run();
    await truncate(path.join(indexesDir, generation, FILES.documents), 10);
    const report = await run();
    expect(report).toMatchObject({ products: 48 });
    expect(report.steps).not.toHaveProperty('copy');
    store.close();
  });

  it('keeps the last three generations and goes back one', async () => {
    const { store, indexesDir, run, current } = bench();
    const ids: string[] = [];
    for (let time = 0; time < 5; time++) ids.push((await run()).generation);
    expect((await listWithCurrent(indexesDir)).map(({ id }) => id)).toEqual(ids.slice(2).reverse());
    expect(await rollback(indexesDir)).toBe(ids[3]);
    expect(await current()).toBe(ids[3]);
    store.close();
  });

  it.each(['embed', 'write'])(
    'that fails at the step %s changes nothing that serves and leaves nothing behind',
    async (failing) => {
      const { store, indexesDir, run, current } = bench();
      const serving = (await run()).generation;
      store.transaction(() => {
        for (let more = 0; more < 1200; more++)
          store.products.upsert({ id: `new-${more}`, title: `new thing ${more % 40}` });
      });
      const fail = (step: string): void => {
        if (step === failing) throw new Error('pulled the plug');
      };
      await expect(run({ onStep: fail })).rejects.toThrow('pulled the plug');
      expect(await current()).toBe(serving);
      expect(
        (await readdir(indexesDir)).filter((name) => name !== 'current' && !name.endsWith('.lock')),
      ).toEqual([serving]);
      expect((await run()).products).toBe(1248);
      store.close();
    },
  );

  it('refuses to run twice at once', async () => {
    const { store, run } = bench(new SharedVectors());
    const first = run();
    await expect(run()).rejects.toThrow(/already building a generation/);
    await first;
    await expect(run()).resolves.toMatchObject({ products: 48 });
    store.close();
  });

  it('does not switch to a generation that lost much of the catalog, except with --allow-shrink', async () => {
    const { store, indexesDir, run, current } = bench();
    const serving = (await run()).generation;
    for (const { id } of smallCatalog().slice(0, 20)) store.products.delete(id);
    await expect(run()).rejects.toThrow(/28 products, the current one 48.*--allow-shrink/);
    expect(await current()).toBe(serving);
    expect(await listWithCurrent(indexesDir)).toHaveLength(1);
    expect((await run({ allowShrink: true })).products).toBe(28);
    store.close();
  });
});
