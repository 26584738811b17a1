import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { currentGeneration } from '../../src/index/generation/generations.js';
import { openGeneration } from '../../src/index/generation/openGeneration.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { FloatRows } from '../../src/index/vectors/floatRows.js';
import type { Bundle } from '../../src/opensearch/bundle.js';
import { publishCalibration, readCalibration } from '../../src/opensearch/bundleCalibration.js';
import { BundlePublisher } from '../../src/opensearch/bundlePublisher.js';
import { followBundle } from '../../src/opensearch/followBundle.js';
import { readVocabularyPart } from '../../src/opensearch/readVocabularyPart.js';
import { QueryRelevance } from '../../src/search/relevance/queryRelevance.js';
import { indexedCatalogIn } from '../support/indexedCatalog.js';
import { describeOpenSearch, sharedEngine } from '../support/openSearch.js';
import { sharedTemporaryFolder } from '../support/temporaryFolder.js';

const settings: Bundle['settings'] = {
  rules: { version: 0, text: '' },
  synonyms: [],
  keys: { needed: false, valid: [] },
};

const folder = sharedTemporaryFolder();
let index: LiveIndex;
let catalog: Bundle['catalog'];

beforeAll(async () => {
  const { indexesDir } = indexedCatalogIn(folder);
  index = await openGeneration(indexesDir, (await currentGeneration(indexesDir)) ?? '');
  const { id, created, model } = index.generation;
  catalog = {
    ...{ generation: id, created, index: `x_v1_${id}`, model, taxonomy: null },
    ...{ valueRules: index.columns.rules.toJson(), minCosine: 0.3, relevance: null },
  };
});

afterAll(() => index?.close());

it('counts what the index has, also after changes', async () => {
  index.apply({
    upserts: [{ product: { id: 'new', title: 'Zebra', attributes: { color: 'red', size: '10 cm' } } }],
    deletes: ['w-dress-0'],
    live: [{ id: 'w-dress-1', fields: { price: 999 } }],
  });
  const part = await readVocabularyPart(index, index, 7);
  expect(part).toMatchObject({
    generation: index.generation.id,
    sequence: 7,
    documents: 48,
    allDocuments: 48,
  });
  for (const [at, term] of part.terms.entries())
    expect(part.termDocuments[at]).toBe(index.lexical.postings(term)?.documents);
  expect(part.terms).toContain('zebra');
  for (const [at, word] of part.words.entries())
    expect(part.wordDocuments[at]).toBe(index.lexical.wordDocuments(word));
  expect(part.columns.map(({ name }) => name)).toEqual([...index.columns.names()]);
  for (const { name, spellings, documents } of part.columns) {
    const column = index.columns.field(name);
    const counts = new Map<number, number>();
    for (const [at, spelling] of spellings.entries()) {
      const code = column?.codeOf(spelling) ?? -1;
      counts.set(code, (counts.get(code) ?? 0) + (documents[at] ?? 0));
    }
    for (const [code, count] of counts) expect(count).toBe(column?.documents(code));
  }
  const colors = part.columns.find(({ name }) => name === 'attributes.color');
  expect(colors?.spellings).toEqual(expect.arrayContaining(['Red', 'red']));
});

it('keeps what queries are compared with', () => {
  const rows = (...numbers: number[]) => new FloatRows(Float32Array.from(numbers), 2);
  const relevance = new QueryRelevance(rows(1, 0, 0.6, 0.8), rows(0, 1), { short: 0.3, long: 0.1 });
  const part = publishCalibration({ minCosine: 0.25, relevance });
  const model = { name: 'm', sha256: '', dimension: 2, metric: 'cosine' as const };
  const read = readCalibration({ ...part, model }, undefined);
  expect(publishCalibration(read)).toEqual(part);
  expect(read.minCosine).toBe(0.25);
  expect([...(read.relevance?.unrelated.toArray() ?? [])]).toEqual([...Float32Array.of(1, 0, 0.6, 0.8)]);
});

describeOpenSearch('the bundle', () => {
  const engine = sharedEngine();

  it('is followed, a part stays the same object until it changes, and old parts go', async () => {
    const follower = await followBundle(engine());
    expect(follower.current()).toBeUndefined();
    const vocabulary = await readVocabularyPart(index, index, 7);
    const publisher = new BundlePublisher(engine());
    await publisher.publish({ settings, catalog, vocabulary });
    expect(await follower.poll()).toBe(true);
    const first = follower.current();
    expect(first).toEqual({ settings, catalog, vocabulary });
    expect(await follower.poll()).toBe(false);
    for (let version = 1; version < 6; version++) {
      const rules = { version, text: `rules: [] # ${version}` };
      await new BundlePublisher(engine()).publish({ settings: { ...settings, rules } });
      expect(await follower.poll()).toBe(true);
      expect(follower.current()?.settings.rules).toEqual(rules);
    }
    expect(follower.current()?.vocabulary).toBe(first?.vocabulary);
    expect(follower.problem).toBeUndefined();
    await follower.close();
  });

  it('forgets the parts that were replaced', async () => {
    const publisher = new BundlePublisher(engine());
    for (let version = 1; version < 9; version++)
      await publisher.publish({ settings: { ...settings, rules: { version, text: 'x' } } });
    await engine().ask(z.unknown(), { method: 'POST', path: [engine().names.bundle, '_refresh'] });
    const { hits } = await engine().ask(
      z.object({ hits: z.object({ hits: z.array(z.object({ _id: z.string() })) }) }),
      {
        method: 'POST',
        path: [engine().names.bundle, '_search'],
        body: { size: 100, query: { match_all: {} }, _source: false },
      },
    );
    const kept = hits.hits.filter(({ _id }) => _id.startsWith('settings-'));
    // Those of the publishers of the test before, which ended, and three of this one.
    expect(kept.length).toBeLessThanOrEqual(6 + 3);
    expect(kept.length).toBeGreaterThan(2);
  });

  it('of another version is refused with a sentence', async () => {
    const { bundle } = engine().names;
    await engine().ask(z.unknown(), {
      method: 'PUT',
      path: [bundle, '_doc', 'head'],
      body: { format: 99, parts: {} },
    });
    const follower = await followBundle(engine());
    expect(follower.problem).toMatch(/published a bundle of format 99, this version reads format 1/);
    await follower.close();
  });
});
