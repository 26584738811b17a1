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
