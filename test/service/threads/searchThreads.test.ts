import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { UserError } from '../../../src/domain/errors.js';
import { openGeneration } from '../../../src/index/generation/openGeneration.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { openReader } from '../../../src/service/openReader.js';
import { openReaderParts, type ReaderParts } from '../../../src/service/openReaderParts.js';
import { openService } from '../../../src/service/openService.js';
import type { CatalogReader, Reader } from '../../../src/service/reader.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { indexedCatalog } from '../../support/indexedCatalog.js';
import { type Folders, foldersIn, indexSmallCatalog, rebuild } from '../../support/rebuild.js';

const THREADS = { count: 2, minProducts: 0 };
const START = { timeout: 60_000 };
const request = (input: object): SearchRequest => searchRequestSchema.parse(input);

const REQUESTS = [
  { q: 'red dress' },
  { q: 'red dress', explain: true },
  { q: 'somthing wram for wimen' },
  { q: 'coat', facets: ['brand', 'attributes.color'], per_page: 5, page: 2 },
  { q: 'blue', filter: "category = 'Clothing'", sort: ['price:desc'] },
  { q: '', facets: ['category'], per_page: 50 },
  { q: 'w-dress-0' },
  { q: 'winter clothes', refine: "brand = 'Fernhill'", status: 'all' },
  { q: 'dress', filter: 'price <' },
  { q: 'dress under 20' },
  { q: 'quantum chromodynamics' },
].map(request);

/** An answer without what is another in each run; of one that is refused, the sentence. */
async function answered(reader: CatalogReader, one: SearchRequest): Promise<unknown> {
  try {
    const { took_ms, parts, ...answer } = await reader.search(one);
    return answer;
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message, field: error.field };
    throw error;
  }
}

describe('searching threads', () => {
  let folder: string;
  let folders: Folders;
  let store: Store;
  let parts: ReaderParts;
  let alone: Reader;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-threads-'));
    await indexSmallCatalog(folder);
    folders = foldersIn(folder);
    store = openStore(folders.dataDir);
    const common = { ...folders, modelDir: packagePaths.model, workers: 1 };
    const settings = { store, queryDays: 0, createGeneration: true, searchThreads: THREADS };
    parts = await openReaderParts({ ...common, ...settings });
    alone = await openReader(common);
    await vi.waitFor(() => expect(parts.searchThreads?.ready).toBe(2), START);
  });
  afterAll(async () => {
    await alone.close();
    await parts.reader.close();
    store.close();
    rmSync(folder, { recursive: true });
  });

  /** Both threads, because each takes the searches that the other is busy with. */
  async function bothAnswer(one: SearchRequest): Promise<unknown[]> {
    const answers = await Promise.all([0, 1, 2, 3].map(() => parts.searchThreads?.search([one], 0)));
    return answers.map((given) => {
      const [answer] = given ?? [];
      if (answer === undefined) throw new Error('no thread answered');
      if (answer instanceof UserError) return { refused: answer.message, field: answer.field };
      const { took_ms, parts: times, ...rest } = answer;
      return rest;
    });
  }

  it('give the answers of the main thread', async () => {
    for (const one of REQUESTS) {
      const expected = await answered(alone, one);
      expect(await bothAnswer(one)).toEqual([expected, expected, expected, expected]);
      expect(await answered(parts.reader, one)).toEqual(expected);
    }
  });

  it('answer many searches at once, of which some cannot be read', async () => {
    const many = await parts.reader.searchMany(REQUESTS);
    const others = await alone.searchMany(REQUESTS);
    const totals = (answers: typeof many) =>
      answers.map((answer) => (answer instanceof UserError ? answer.message : answer.total));
    expect(totals(many)).toEqual(totals(others));
  });

  it('show what another connection wrote, in the next search of each', async () => {
    for (let round = 0; round < 5; round++) {
      store.transaction(() => {
        store.products.upsert({ id: 'kayak', title: `Inflatable kayak ${round}`, price: round });
        store.products.patch('w-dress-0', { price: 1000 + round });
      });
      const answers = await bothAnswer(request({ q: `kayak ${round}`, filter: `price = ${round}` }));
      expect(answers).toEqual(Array(4).fill(expect.objectContaining({ total: 1 })));
      const prices = await bothAnswer(request({ q: 'w-dress-0', filter: `price = ${1000 + round}` }));
      expect(prices).toEqual(Array(4).fill(expect.objectContaining({ total: 1 })));
    }
    const one = request({ q: 'kayak', facets: ['price'] });
    // Each reader embeds what another process wrote when it gets to it.
    await vi.waitFor(
      async () => expect(await bothAnswer(one)).toEqual(Array(4).fill(await answered(alone, one))),
      START,
    );
  });

  it('switch together to the next generation', async () => {
    const id = await rebuild(folders);
    await parts.catalog.reloadIfSwitched(true);
    const answers = await bothAnswer(request({ q: 'red dress' }));
    expect(answers).toEqual(Array(4).fill(expect.objectContaining({ generation: id })));
    // The other reader, which the next test compares with, switches by itself.
    await expect.poll(() => alone.health().generation, START).toBe(id);
  });

  it('are replaced when they die, and no search fails meanwhile', async () => {
    const { searchThreads } = parts;
    if (searchThreads === undefined) throw new Error('there are no threads');
    const broken = await openGeneration(folders.indexesDir, parts.catalog.index().generation.id);
    const searches = REQUESTS.map((one, place) => answered(parts.reader, { ...one, per_page: 20 + place }));
    // They cannot open this one, and end.
    const { memory } = broken;
    if (memory === undefined) throw new Error('the generation is not in memory');
    const files = new Map([...memory.files, ['columns.bin', new Uint8Array(64)]]);
    await searchThreads.prepareSwitch({ live: broken.live, memory: { ...memory, files } });
    expect(searchThreads.ready).toBe(0);
    expect(parts.reader.health().reasons).toEqual([
      expect.stringMatching(/^0 of 2 threads answer searches, the others are started again: .*columns\.bin/),
    ]);
    expect(await Promise.all(searches)).toEqual(
      await Promise.all(REQUESTS.map((one, place) => answered(alone, { ...one, per_page: 20 + place }))),
    );
    expect(await searchThreads.search([request({ q: 'coat' })], 0)).toBeUndefined();
    expect(await answered(parts.reader, request({ q: 'coat' }))).toMatchObject({ total: 11 });
    broken.close();
    await expect.poll(() => searchThreads.ready, START).toBe(2);
    expect(await bothAnswer(request({ q: 'coat' }))).toHaveLength(4);
    expect(parts.reader.health().reasons).toEqual([]);
  });
});

it('shows an acknowledged write in every search that comes after', async () => {
  const folders = indexedCatalog();
  const service = await openService({
    ...folders,
    modelDir: packagePaths.model,
    workers: 1,
    searchThreads: THREADS,
  });
  onTestFinished(() => service.close());
  await expect.poll(() => service.figures().searchThreads, START).toBe(2);
  const find = (q: string, per_page: number): Promise<unknown> => answered(service, request({ q, per_page }));
  const seen = async (q: string, total: number): Promise<void> => {
    // Of different sizes, so that none is answered from the cache.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, size) => find(q, size + 1)));
    expect(answers).toEqual(Array(12).fill(expect.objectContaining({ total })));
  };
  for (let round = 0; round < 6; round++) {
    const id = `canoe${round}`;
    await service.upsert([{ id, title: `Canoe ${id}`, price: 5 }]);
    await seen(id, 1);
    await service.patch(id, { price: 7 });
    expect(await answered(service, request({ q: id, filter: 'price = 7' }))).toMatchObject({ total: 1 });
    await service.remove(id);
    await seen(id, 0);
  }
});

it('leaves small catalogs to the main thread', async () => {
  const folders = indexedCatalog();
  const store = openStore(folders.dataDir);
  const { reader, searchThreads } = await openReaderParts({
    ...{ ...folders, store, modelDir: packagePaths.model, workers: 1 },
    ...{ queryDays: 0, createGeneration: true, searchThreads: { count: 2, minProducts: 1000 } },
  });
  expect(await searchThreads?.search([request({ q: 'coat' })], 0)).toBeUndefined();
  expect(await answered(reader, request({ q: 'coat' }))).toMatchObject({ total: 11 });
  await reader.close();
  store.close();
});
