import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { silent } from '../../src/domain/progress.js';
import { currentGeneration } from '../../src/index/generation/generations.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { buildIndex } from '../../src/opensearch/buildGeneration.js';
import { writeProducts } from '../../src/opensearch/bulk.js';
import { checkIndex } from '../../src/opensearch/checkIndex.js';
import type { Engine } from '../../src/opensearch/engine.js';
import {
  currentIndex,
  type IndexMeta,
  listIndexes,
  markComplete,
  refreshIndexes,
  removeIndexes,
  switchTo,
} from '../../src/opensearch/generationIndexes.js';
import { productDocument } from '../../src/opensearch/productDocument.js';
import { indexedCatalogIn } from '../support/indexedCatalog.js';
import { describeOpenSearch, sharedEngine } from '../support/openSearch.js';
import { sharedTemporaryFolder } from '../support/temporaryFolder.js';

describeOpenSearch('a generation', () => {
  const folder = sharedTemporaryFolder();
  const opened = sharedEngine();
  let engine: Engine;
  let source: LiveIndex;
  let meta: IndexMeta;

  beforeAll(async () => {
    engine = opened();
    const { indexesDir } = indexedCatalogIn(folder);
    source = await openGeneration(indexesDir, (await currentGeneration(indexesDir)) ?? '');
    meta = await buildIndex(engine, source, silent);
  });

  afterAll(() => source?.close());

  it('has every product with its vector, and passes its check', async () => {
    expect(meta).toMatchObject({ products: 48, vectors: 48, complete: false });
    expect(await checkIndex(engine, source, meta, 0.9)).toMatchObject({
      products: 48,
      vectors: 48,
      probes: 20,
    });
  });

  it('serves only when it is complete', async () => {
    await expect(switchTo(engine, meta.generation)).rejects.toThrow(/has no complete index of generation/);
    await markComplete(engine, meta);
    await switchTo(engine, meta.generation);
    expect(await currentIndex(engine)).toBe(engine.names.index(meta.generation));
    expect(await listIndexes(engine)).toEqual([
      { ...meta, complete: true, index: engine.names.index(meta.generation), current: true },
    ]);
    await expect(switchTo(engine, '20261121-110203-7f3a')).rejects.toThrow(/has no index of generation/);
    await expect(switchTo(engine, '*')).rejects.toThrow(/is no generation id/);
  });

  it('is not removed while it serves', async () => {
    await removeIndexes(engine, [meta.generation, '20261121-110203-7f3a']);
    expect(await listIndexes(engine)).toHaveLength(1);
  });

  it('that lost a product fails its check', async () => {
    const { id } = source.document(0);
    const index = engine.names.index(meta.generation);
    const version = source.generation.sequence + 1;
    await writeProducts(engine, [{ index, id, version, document: undefined }]);
    await refreshIndexes(engine, [index]);
    await expect(checkIndex(engine, source, meta, 0.9)).rejects.toThrow(
      /has 47 products where 48 were written/,
    );
    // An older write does not bring it back, a newer one does, without its vector.
    const document = productDocument(source.document(0), undefined, source.columns);
    await writeProducts(engine, [{ index, id, version: version - 1, document }]);
    await refreshIndexes(engine, [index]);
    await expect(checkIndex(engine, source, meta, 0.9)).rejects.toThrow(/has 47 products/);
    await writeProducts(engine, [{ index, id, version: version + 1, document }]);
    await refreshIndexes(engine, [index]);
    await expect(checkIndex(engine, source, meta, 0.9)).rejects.toThrow(
      /has 47 vectors where 48 were written/,
    );
  });

  it('names what the engine does not take, and takes the rest', async () => {
    const index = engine.names.index(meta.generation);
    const document = productDocument({ id: 'new', title: 'new' }, undefined, source.columns);
    const refused = await writeProducts(engine, [
      { index, id: 'bad', version: 9e6, document: { ...document, id: 'bad', terms: ['x'.repeat(40_000)] } },
      { index, id: 'new', version: 9e6, document },
    ]);
    expect(refused).toEqual([{ id: 'bad', reason: expect.stringContaining('immense term') }]);
    const found = await engine.ask(z.object({ found: z.boolean() }), {
      method: 'GET',
      path: [index, '_doc', 'new'],
    });
    expect(found.found).toBe(true);
  });
});
