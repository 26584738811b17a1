import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { LazyEmbedder } from '../../../src/catalog/lazyEmbedder.js';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { type ChecksSettings, checksSchema } from '../../../src/configuration/checks.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { silent } from '../../../src/domain/progress.js';
import { GenerationWriter } from '../../../src/index/generation/generationWriter.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { SharedVectors } from '../../support/sharedVectors.js';
import { smallCatalog } from '../../support/smallCatalog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

afterEach(() => {
  vi.restoreAllMocks();
});

interface Made {
  readonly store: Store;
  readonly indexesDir: string;
  again(checks?: Partial<ChecksSettings>, allowShrink?: boolean): Promise<string>;
}

const vectors = new SharedVectors();

async function indexed(): Promise<Made & { first: string }> {
  const folder = temporaryFolder();
  const indexesDir = path.join(folder, 'indexes');
  const store = openStore(path.join(folder, 'data'));
  vectors.share(store);
  store.transaction(() => {
    for (const product of smallCatalog()) store.products.upsert(product);
  });
  const again = async (checks: Partial<ChecksSettings> = {}, allowShrink = false): Promise<string> => {
    const { generation } = await reindex({
      store,
      indexesDir,
      modelDir: packagePaths.model,
      taxonomy: undefined,
      enrich: false,
      allowShrink,
      checks: { ...checksSchema.parse({}), ...checks },
      progress: silent,
    });
    return generation;
  };
  return { store, indexesDir, again, first: await again() };
}

/** Only the first generation exists, and it is the current one. */
function expectOnly(indexesDir: string, first: string): void {
  expect(readFileSync(path.join(indexesDir, 'current'), 'utf8').trim()).toBe(first);
  expect(readdirSync(indexesDir).filter((name) => name !== 'current' && !name.includes('.lock'))).toEqual([
    first,
  ]);
}

it('refuses a generation with a file damaged on its way to the disk', async () => {
  const { store, indexesDir, again, first } = await indexed();
  store.products.patch('w-dress-0', { price: 1 });
  const { finish } = GenerationWriter.prototype;
  vi.spyOn(GenerationWriter.prototype, 'finish').mockImplementation(async function (
    this: GenerationWriter,
    admit,
  ) {
    return finish.call(this, async (staging, manifest) => {
      const file = path.join(staging, manifest.id, 'columns.bin');
      const bytes = readFileSync(file);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      rmSync(file);
      writeFileSync(file, bytes);
      await admit?.(staging, manifest);
    });
  });
  await expect(again()).rejects.toThrow(
    /old generation still serves, .* check of files, counts and probe queries: .*columns\.bin/,
  );
  expectOnly(indexesDir, first);
  store.close();
});

it('refuses one whose recall against exact search is too low', async () => {
  const { store, indexesDir, again, first } = await indexed();
  await expect(again({ min_probe_recall: 1.01 })).rejects.toThrow(
    /finds 1\.00 of the nearest .* at least 1\.01/,
  );
  expectOnly(indexesDir, first);
  store.close();
});

it('refuses one without vectors for too many products, up to the configured share', async () => {
  const { store, indexesDir, again, first } = await indexed();
  vectors.share(store);
  store.transaction(() => {
    for (let row = 0; row < 6; row++) store.products.upsert({ id: `new-${row}`, title: `Hammock ${row}` });
  });
  const { embed } = LazyEmbedder.prototype;
  vi.spyOn(LazyEmbedder.prototype, 'embed').mockImplementation(async function (this: LazyEmbedder, texts) {
    const embedded = await embed.call(this, texts);
    // A row of zeros is not a vector.
    return embedded.map(({ key, vector }) => ({ key, vector: new Float32Array(vector.length) }));
  });
  await expect(again()).rejects.toThrow(
    /check of products without a vector: 6 of 54 products .* more than 5 %.*checks\.max_without_vector/,
  );
  expectOnly(indexesDir, first);
  expect(await again({ max_without_vector: 0.2 })).not.toBe(first);
  store.close();
});

it('refuses one that lost too many products, unless allowed', async () => {
  const { store, indexesDir, again, first } = await indexed();
  vectors.share(store);
  store.transaction(() => {
    for (const { id } of smallCatalog().slice(0, 20)) store.products.delete(id);
  });
  await expect(again()).rejects.toThrow(
    /check of shrinking: it has 28 products, the current one 48, .*--allow-shrink/,
  );
  expectOnly(indexesDir, first);
  expect(await again({ max_shrink: 0.5 })).not.toBe(first);
  store.close();
});
