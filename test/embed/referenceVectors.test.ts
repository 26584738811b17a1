import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { readVocabulary } from '../../src/embed/readVocabulary.js';
import { readReferenceVectors, writeReferenceVectors } from '../../src/embed/referenceVectors.js';
import { UNRELATED_PHRASES, UNRELATED_SENTENCES } from '../../src/search/relevance/unrelatedTexts.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('come with the bundled model for every unrelated text, as the model makes them', async () => {
  const vectors = await readReferenceVectors(await openModel(packagePaths.model));
  const texts = [...UNRELATED_PHRASES, ...UNRELATED_SENTENCES];
  expect(texts.filter((text) => !vectors.has(text))).toEqual([]);
  const sample = texts.filter((_, at) => at % 97 === 0);
  const embedder = await startEmbedder(await openModel(packagePaths.model), 1);
  const made = await embedder.embed(sample);
  await embedder.close();
  for (const [at, text] of sample.entries()) {
    const kept = vectors.get(text) ?? new Float32Array();
    const cosine = kept.reduce((sum, number, i) => sum + number * (made[at]?.[i] ?? 0), 0);
    expect(cosine, text).toBeGreaterThan(0.999);
  }
});

it('are those of one revision', async () => {
  const model = { ...(await openModel(packagePaths.model)), dir: temporaryFolder(), dimension: 2 };
  expect((await readReferenceVectors(model)).size).toBe(0);
  await writeReferenceVectors(model, new Map([['sofa', Float32Array.of(0.6, -0.8)]]));
  const [kept] = [...(await readReferenceVectors(model)).values()];
  expect(kept?.[0]).toBeCloseTo(0.6, 2);
  expect(kept?.[1]).toBeCloseTo(-0.8, 2);
  expect((await readReferenceVectors({ ...model, revision: 'other' })).size).toBe(0);
});

it('the vocabulary holds whole words, not pieces', async () => {
  const model = await openModel(packagePaths.model);
  const words = await readVocabulary(model);
  for (const word of ['nike', 'weather', 'horse']) expect(words.has(word)).toBe(true);
  for (const word of ['runing', '##ing', '[cls]', 'headphnes']) expect(words.has(word)).toBe(false);
  const dir = temporaryFolder();
  expect((await readVocabulary({ ...model, dir })).size).toBe(0);
  cpSync(path.join(model.dir, 'config.json'), path.join(dir, 'tokenizer.json'));
  expect((await readVocabulary({ ...model, dir })).size).toBe(0);
});
