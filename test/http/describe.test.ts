import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { webDir } from './serving.js';

const COMPOSED = /^(?:This|These) .+ by Fernhill .+ in (?:red|blue|green|black)\.$/u;

it('composes descriptions by command, shows and decides about them over HTTP, and follows the option of a job', async () => {
  const folder = temporaryFolder();
  const run = async (...args: string[]) =>
    JSON.parse((await runInProcess([...args, '--json', ...whereIn(folder)])).stdout);
  const file = path.join(folder, 'shop.jsonl');
  const rows = [...smallCatalog(), { id: 'own', title: 'Red hat', description: 'Knitted by us.' }];
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  await run('import', file);
  expect(await run('reindex', '--no-enrich')).not.toHaveProperty('descriptions');
  const { descriptions } = await run('reindex', '--describe', '--no-enrich');
  expect(descriptions.composed).toBeGreaterThanOrEqual(30);
  expect(await run('reindex', '--no-enrich')).toMatchObject({
    descriptions: { composed: 0, withdrawn: 0, kept: descriptions.composed },
  });

  const where = { dataDir: path.join(folder, 'data'), indexesDir: path.join(folder, 'indexes') };
  const service = await openService({ ...where, modelDir: packagePaths.model, workers: 1 });
  const app = await buildApp({ service, webDir, logger: false });
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  const get = async (url: string) => (await app.inject({ url })).json();
  const product = (id = 'w-dress-0') => get(`/v1/products/${id}`);
  const decide = (decision: object) =>
    app.inject({
      method: 'POST',
      url: '/v1/suggestions/decide',
      payload: { decisions: [decision], by: 'Dana' },
    });
  expect((await product('own')).description).toBe('Knitted by us.');
  const before = await product();
  const fact = before._shelfwright.facts.find(({ field }: { field: string }) => field === 'description');
  expect(fact).toMatchObject({ value: before.description, status: 'applied', method: 'template' });
  expect(fact.evidence.clauses.map(({ field }: { field: string }) => field)).toEqual([
    'category',
    'brand',
    'attributes.color',
  ]);
  const inHit = async () => {
    const answer = await get('/v1/search?q=red%20dress%20for%20women');
    return answer.hits.find(({ id }: { id: string }) => id === 'w-dress-0').product.description;
  };
  expect(await inHit()).toMatch(COMPOSED);
  const rejected = await decide({ action: 'reject', product: 'w-dress-0', field: 'description' });
  expect(rejected.statusCode).toBe(200);
  expect(await product()).not.toHaveProperty('description');
  expect(await inHit()).toBeUndefined();

  const reindexed = async (body: object) => {
    const started = await app.inject({ method: 'POST', url: '/v1/reindex', payload: body });
    for (;;) {
      const job = await get(`/v1/jobs/${started.json().id}`);
      if (job.finished !== null) return job;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const kept = await reindexed({ enrich: false });
  expect(kept).toMatchObject({ state: 'done', report: { descriptions: { composed: 0, withdrawn: 0 } } });
  expect(await product()).not.toHaveProperty('description');
  const { decisions } = rejected.json();
  await decide({ action: 'undo', decision: decisions[0].decision });
  expect((await product()).description).toBe(before.description);
  expect(await inHit()).toBe(before.description);
  const none = await reindexed({ enrich: false, describe: false });
  expect(none.report.descriptions).toMatchObject({ composed: 0, kept: 0, withdrawn: descriptions.composed });
  expect(await product()).not.toHaveProperty('description');
});
