import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { silent } from '../../../src/domain/progress.js';
import { prepareTrainingData } from '../../../src/enrich/learn/prepareTrainingData.js';
import { runTaggerWorkers } from '../../../src/enrich/learn/runTaggerWorkers.js';
import { splitHoldout } from '../../../src/enrich/learn/splitHoldout.js';
import type { TaggerParts } from '../../../src/enrich/tag/tagger.js';
import { toyExamples, toyProducts, toyView } from '../toyShop.js';

function hashed(parts: TaggerParts | undefined) {
  if (parts === undefined) return undefined;
  const { weights, ...rest } = parts;
  return { ...rest, weights: createHash('sha256').update(new Uint8Array(weights.buffer)).digest('hex') };
}

it('trains the same taggers in worker threads and in this thread', async () => {
  const data = await prepareTrainingData(toyExamples(toyProducts(60, 1)), toyView, 1);
  const splits = splitHoldout(
    data.products.map(({ id }) => id),
    1,
  );
  const seen: string[] = [];
  const here = await runTaggerWorkers(
    data,
    splits,
    toyView,
    1,
    (step, done) => seen.push(`${step} ${done}`),
    0,
  );
  expect(here.parts.map((parts) => parts !== undefined)).toEqual(splits.map(() => true));
  expect(seen).toEqual(Array.from({ length: splits.length + 1 }, (_, done) => `tag ${done}`));
  const threaded = await runTaggerWorkers(data, splits, toyView, 1, silent, 2);
  // Compared as hashes, because comparing millions of weights one by one takes minutes.
  expect(threaded.parts.map(hashed)).toEqual(here.parts.map(hashed));
  expect(threaded.isOff).toBe(here.isOff);
});
