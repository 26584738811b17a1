import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { similarRequestSchema } from '../../src/search/similar/similarSchemas.js';
import { suggestRequestSchema } from '../../src/search/suggest/suggestSchemas.js';
import { openReader } from '../../src/service/openReader.js';
import { openService } from '../../src/service/openService.js';
import type { Reader } from '../../src/service/reader.js';
import { openStore } from '../../src/store/open.js';
import { hashFiles } from '../support/hashFiles.js';
import { emptyFolders, indexedCatalog } from '../support/indexedCatalog.js';
import { type Folders, rebuild } from '../support/rebuild.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const open = ({ dataDir, indexesDir }: Folders): Promise<Reader> =>
  openReader({ dataDir, indexesDir, modelDir: packagePaths.model, workers: 1 });
const ids = async (reader: Reader, q: string): Promise<string[]> =>
  (await reader.search(searchRequestSchema.parse({ q }))).hits.map(({ id }) => id);
const hash = ({ dataDir, indexesDir }: Folders) => hashFiles(dataDir, indexesDir);

/** Queues a job and writes a product without a vector, as another process would. */
function writeElsewhere({ dataDir }: Folders): void {
  const store = openStore(dataDir);
  store.transaction(() => {
    store.jobs.add('waiting', 'reindex', { enrich: true, allow_shrink: false });
    store.products.upsert({ id: 'tent', title: 'Two-person tent', price: 90 });
  });
  store.close();
}

describe('a reader', () => {
  it('changes no file, starts no queued job, and keeps vectors that it makes in memory', async () => {
    const folders = indexedCatalog();
    writeElsewhere(folders);
    const before = hash(folders);
    const reader = await open(folders);
    expect(await ids(reader, 'tent')).toContain('tent');
    // By meaning once the vector is made: no word of the query occurs in the product.
    await expect.poll(() => ids(reader, 'camping shelter'), { timeout: 20_000 }).toContain('tent');
    expect(reader.product('tent')).toMatchObject({ title: 'Two-person tent' });
    expect(reader.similar(similarRequestSchema.parse({ ids: ['w-dress-0'] })).hits).not.toEqual([]);
    expect((await reader.suggest(suggestRequestSchema.parse({ q: 'dre' }))).suggestions).not.toEqual([]);
    expect(await reader.synonymSuggestions(5)).toEqual([]);
    const rules = 'format: 1\nrules: []\n';
    expect(reader.rules.lint(rules)).toMatchObject({ rules: 0, errors: 0 });
    const preview = await reader.rules.preview(rules, searchRequestSchema.parse({ q: 'red dress' }));
    expect(preview.changes).toEqual({ in: [], out: [], moved: [] });
    // Longer than the intervals at which a service looks for jobs, records queries and probes the store.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(reader.health()).toMatchObject({ ready: true, mode: 'hybrid', products: 49, reasons: [] });
    await reader.close();
    expect(hash(folders)).toEqual(before);
    const store = openStore(folders.dataDir);
    expect(store.jobs.get('waiting')).toMatchObject({ state: 'queued', attempts: 0, started: null });
    store.close();
  });

  it('sees what a running service has written, and what it writes and switches to later', async () => {
    const folders = indexedCatalog();
    const service = await openService({ ...folders, modelDir: packagePaths.model, workers: 1 });
    await service.upsert([{ id: 'tent', title: 'Two-person tent' }]);
    const reader = await open(folders);
    expect((await ids(reader, 'camping shelter'))[0]).toBe('tent');
    await service.upsert([{ id: 'jug', title: 'Stoneware jug' }]);
    expect((await ids(reader, 'stoneware jug'))[0]).toBe('jug');
    const generation = await rebuild(folders);
    await expect.poll(() => reader.health().generation, { timeout: 20_000 }).toBe(generation);
    expect((await reader.generations()).find(({ current }) => current)?.id).toBe(generation);
    await service.close();
    expect((await ids(reader, 'stoneware jug'))[0]).toBe('jug');
    await reader.close();
  });

  it('answers by words where the model is missing', async () => {
    const folders = indexedCatalog();
    writeElsewhere(folders);
    const before = hash(folders);
    const modelDir = path.join(temporaryFolder(), 'none');
    const reader = await openReader({ ...folders, modelDir, workers: 1 });
    const answer = await reader.search(searchRequestSchema.parse({ q: 'tent' }));
    expect([answer.mode, answer.hits[0]?.id]).toEqual(['lexical', 'tent']);
    expect(reader.health().reasons[0]).toMatch(/by words only: The model folder .* lacks config\.json/);
    await reader.close();
    expect(hash(folders)).toEqual(before);
  });

  it('reads the catalog from the store where nothing is indexed, and makes no generation', async () => {
    const folders = emptyFolders();
    writeElsewhere(folders);
    const before = hash(folders);
    let reader = await open(folders);
    expect(await ids(reader, 'tent')).toEqual(['tent']);
    expect(reader.health().reasons[0]).toMatch(/Nothing was indexed yet.*shelfwright reindex/);
    await reader.close();
    expect([hash(folders), existsSync(folders.indexesDir)]).toEqual([before, false]);
    reader = await open(folders);
    const generation = await rebuild(folders);
    await expect.poll(() => reader.health().generation, { timeout: 20_000 }).toBe(generation);
    await reader.close();
  });

  it('makes no folder where there is none', async () => {
    const folders = emptyFolders();
    const reader = await open(folders);
    onTestFinished(() => reader.close());
    expect(await ids(reader, 'mug')).toEqual([]);
    expect([existsSync(folders.dataDir), existsSync(folders.indexesDir)]).toEqual([false, false]);
  });

  it('offers no way to write', async () => {
    const reader = await open(indexedCatalog());
    onTestFinished(() => reader.close());
    for (const write of ['upsert', 'patch', 'remove', 'enrich', 'activate', 'jobs', 'imports', 'monitor'])
      expect(reader).not.toHaveProperty(write);
    const { rules } = reader;
    if (!('publish' in rules) || typeof rules.publish !== 'function') return;
    const { publish } = rules;
    expect(() => publish('format: 1\nrules: []\n', { by: 'anna' })).toThrow(UnavailableError);
  });
});
