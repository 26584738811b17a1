import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reindex } from '../../../src/catalog/reindex/reindex.js';
import { engineSchema } from '../../../src/configuration/engine.js';
import { packagePaths } from '../../../src/configuration/packagePaths.js';
import { silent } from '../../../src/domain/progress.js';
import { buildSearchApp } from '../../../src/http/searchApp.js';
import { openService } from '../../../src/service/openService.js';
import { openSearchNode, type SearchNode } from '../../../src/service/searchNode/searchNode.js';
import type { Service } from '../../../src/service/service.js';
import { openStore } from '../../../src/store/open.js';
import { indexedCatalogIn } from '../../support/indexedCatalog.js';
import { describeOpenSearch, settingsOf, sharedEngine } from '../../support/openSearch.js';
import { sharedTemporaryFolder } from '../../support/temporaryFolder.js';

it('needs an engine', async () => {
  await expect(
    openSearchNode({ engine: engineSchema.parse({}), modelDir: packagePaths.model }),
  ).rejects.toThrow(/--role search needs a search engine: set engine.kind to opensearch/);
});

describeOpenSearch('a search node', () => {
  const folder = sharedTemporaryFolder();
  const engine = sharedEngine();
  let service: Service | undefined;
  let node: SearchNode;
  let app: Awaited<ReturnType<typeof buildSearchApp>>;

  beforeAll(async () => {
    node = await openSearchNode({ engine: settingsOf(engine()), modelDir: packagePaths.model, workers: 1 });
    app = await buildSearchApp({ node, logger: false });
  });

  afterAll(async () => {
    await app?.close();
    await node?.close();
    await service?.close();
  });

  const get = async (url: string, key?: string) =>
    app.inject({ url, ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }) });

  async function eventually(isSo: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 200 && !(await isSo()); tries++) await wait(50);
    expect(await isSo()).toBe(true);
  }

  it('is not ready, and lets nobody in, until something is published', async () => {
    const { statusCode, body } = await get('/health/ready');
    expect([statusCode, body]).toEqual([503, expect.stringContaining('Nothing is published')]);
    expect((await get('/v1/search?q=dress')).statusCode).toBe(401);
  });

  it('answers as soon as the writer has published, and finds what is written', {
    timeout: 120_000,
  }, async () => {
    const folders = indexedCatalogIn(folder);
    const store = openStore(folders.dataDir);
    await reindex({
      ...{ store, indexesDir: folders.indexesDir, modelDir: packagePaths.model, taxonomy: undefined },
      ...{ enrich: false, allowShrink: false, progress: silent, engine: settingsOf(engine()) },
    });
    store.close();
    service = await openService({
      ...folders,
      modelDir: packagePaths.model,
      workers: 1,
      engine: settingsOf(engine()),
    });
    await eventually(async () => (await get('/health/ready')).statusCode === 200);
    const answer = (await get('/v1/search?q=red+dress')).json();
    expect(answer).toMatchObject({ mode: 'hybrid', query_id: expect.any(String) });
    expect(answer.hits[0].product.title).toMatch(/dress/);
    await service.upsert([{ id: 'new', title: 'Zirconium Teapot' }]);
    await eventually(async () => (await get('/v1/search?q=zirconium')).json().hits[0]?.id === 'new');
    const many = await app.inject({
      method: 'POST',
      url: '/v1/multi-search',
      payload: { searches: [{ q: 'coat' }, { q: 'teapot' }] },
    });
    expect(many.json().results).toHaveLength(2);
    expect((await get('/metrics')).body).toContain('shelfwright_searches_total');
  });

  it('knows a key within a second, and a revoked one no longer; others than searches it does not answer', async () => {
    if (service === undefined) throw new Error('the test before opens it');
    const { token, key } = service.keys.create({ name: 'shop', scope: 'search', filter: undefined });
    await eventually(async () => (await get('/v1/search?q=dress')).statusCode === 401);
    expect((await get('/v1/search?q=dress', token)).statusCode).toBe(200);
    const limited = service.keys.create({ name: 'some', scope: 'search', filter: "brand = 'Fernhill'" });
    await eventually(async () => (await get('/v1/search?q=dress', limited.token)).statusCode === 400);
    expect((await get('/v1/search?q=dress', limited.token)).body).toContain('send the request to the writer');
    expect((await get('/v1/jobs', token)).statusCode).toBe(404);
    service.keys.revoke(key.id);
    await eventually(async () => (await get('/v1/search?q=dress', token)).statusCode === 401);
  });

  it('goes on while the writer is down', async () => {
    const { token } = service?.keys.create({ name: 'later', scope: 'search', filter: undefined }) ?? {
      token: '',
    };
    await eventually(async () => (await get('/v1/search?q=dress', token)).statusCode === 200);
    await service?.close();
    service = undefined;
    const answer = (await get('/v1/search?q=zirconium', token)).json();
    expect(answer.hits[0].id).toBe('new');
  });
});
