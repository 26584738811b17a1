import { expect, it } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';
import { emptyFolders } from '../support/indexedCatalog.js';
import { webDir } from './serving.js';

it('lists, previews, applies and undoes spellings, and searches show the change', async () => {
  const service = await openService({ ...emptyFolders(), modelDir: packagePaths.model, workers: 1 });
  const app = await buildApp({ service, webDir, logger: false });
  const get = async (url: string) => (await app.inject({ url })).json();
  const post = async (url: string, payload: object) => {
    const { statusCode, body } = await app.inject({ method: 'POST', url, payload });
    return { status: statusCode, body: JSON.parse(body) };
  };
  const shown = async () => (await get('/v1/products/b')).brand;
  await service.upsert([
    { id: 'a', title: 'Rug', brand: 'Fjord Mill' },
    { id: 'b', title: 'Rug', brand: 'FJORD MILL', attributes: { weave: 'flat' } },
    { id: 'c', title: 'Rug', brand: 'Fjord Mill' },
  ]);
  const cluster = { field: 'brand', value: 'Fjord Mill', count: 1 };
  expect(await get('/v1/spellings')).toMatchObject({ clusters: [cluster], runs: [] });
  expect(await get('/v1/spellings?fields=attributes.weave')).toEqual({ clusters: [], runs: [] });
  const preview = await post('/v1/spellings/apply', { by: 'Kim' });
  expect(preview).toMatchObject({ status: 200, body: { values: 1, products: 1, run: null } });
  expect(await shown()).toBe('FJORD MILL');
  const applied = await post('/v1/spellings/apply', { by: 'Kim', preview: false, kinds: 'spelling' });
  expect(applied).toMatchObject({ status: 200, body: { values: 1, products: 1, run: 1 } });
  expect(await shown()).toBe('Fjord Mill');
  expect((await get('/v1/search?q=rug&filter=id=%27b%27')).hits[0].product.brand).toBe('Fjord Mill');
  expect(await get('/v1/spellings')).toMatchObject({
    clusters: [],
    runs: [{ run: 1, by: 'Kim', changes: 1 }],
  });
  const undone = await post('/v1/spellings/undo', { run: 1 });
  expect(undone).toEqual({ status: 200, body: { run: 1, restored: 1, kept: 0 } });
  expect(await shown()).toBe('FJORD MILL');
  expect(await post('/v1/spellings/undo', { run: 7 })).toMatchObject({ status: 404 });
  expect(await post('/v1/spellings/undo', { run: 1 })).toMatchObject({ status: 400 });
  const changes = [
    { field: 'brand', from: 'Fjord Mill', to: 'Fjordmill' },
    { field: 'brand', from: 'FJORD MILL', to: 'FJORD MILL' },
  ];
  const own = await post('/v1/spellings/apply', { by: 'Kim', changes });
  expect(own).toMatchObject({ status: 200, body: { values: 2, products: 2, run: null } });
  expect((await post('/v1/spellings/apply', { by: 'Kim', changes, preview: false })).body.run).toBe(2);
  expect((await get('/v1/products/a')).brand).toBe('Fjordmill');
  expect(await shown()).toBe('FJORD MILL');
  const { runs } = await get('/v1/spellings/runs');
  expect(runs).toMatchObject([
    { run: 2, undone: null },
    { run: 1, undone: expect.any(String) },
  ]);
  expect(await post('/v1/spellings/undo', { run: 2 })).toMatchObject({ body: { restored: 2, kept: 0 } });
  expect(await post('/v1/spellings/apply', { by: 'Kim', changes: [] })).toMatchObject({ status: 400 });

  expect(await get('/v1/audit')).toEqual({ running: null, latest: null });
  expect(await get('/v1/audit/findings?kind=category')).toEqual({
    ...{ total: 0, page: 1, per_page: 25, findings: [] },
  });
  const corrections = [
    { id: 'a', category: 'Rugs' },
    { id: 'none', category: 'Rugs' },
  ];
  // Neither product has a category that could be wrong.
  const corrected = await post('/v1/audit/categories', { by: 'Kim', corrections });
  expect(corrected).toMatchObject({ status: 200, body: { products: 0, values: 0, run: null } });
  const wrong = await post('/v1/spellings/apply', { by: 'Kim', kinds: ['colour'] });
  expect(wrong).toMatchObject({ status: 400 });
  await app.close();
  await service.close();
});
