import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LazyEmbedder } from '../../src/catalog/lazyEmbedder.js';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import * as model from '../../src/embed/model.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

vi.mock('../../src/embed/model.js', { spy: true });

it('opens the model only once, because that hashes all of it', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const embedder = new LazyEmbedder(packagePaths.model, store, 1);
  await embedder.model();
  await embedder.run(['mug']);
  await embedder.embed(['jug']);
  await embedder.close();
  expect(model.openModel).toHaveBeenCalledTimes(1);
});

it('puts the model’s prefix before queries, and before texts that are compared as queries', async () => {
  const folder = path.join(temporaryFolder(), 'prefixed');
  await cp(packagePaths.model, folder, { recursive: true });
  const settings = { version: 1, pooling: 'mean', query_prefix: 'query: ', dimension: 384 };
  await writeFile(path.join(folder, 'embedding.json'), JSON.stringify(settings));
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const embedder = new LazyEmbedder(folder, store, 1);
  const [plain, prefixed] = await embedder.run(['mug', 'query: mug']);
  expect(await embedder.runQueries(['mug'])).toEqual([prefixed]);
  expect(await embedder.embedReference(['mug'])).toEqual([plain]);
  expect(await embedder.embedReference(['mug'], true)).toEqual([prefixed]);
  expect(prefixed).not.toEqual(plain);
  await embedder.close();
});
