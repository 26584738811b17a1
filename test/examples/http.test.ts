import { expect, it } from 'vitest';
import { emptyFolders, indexedCatalog } from '../support/indexedCatalog.js';
import { runExample, serveFolders } from './runExample.js';

it('import-csv imports a file, quarantines a bad row and finds a product', async () => {
  const address = await serveFolders(emptyFolders());
  const run = await runExample('node', ['examples/import-csv/importCsv.mjs'], { address });
  expect(run).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      '6 rows: 5 imported, 1 in quarantine',
      '2 products for "blue mug"',
      '  MUG-1  Enamel mug 350 ml  12.5',
      '  MUG-2  Enamel mug 350 ml  12.5',
      '',
    ].join('\n'),
  });
});

it('price-updates changes prices, which are in the next search, and names an unknown product', async () => {
  const address = await serveFolders(indexedCatalog());
  const run = await runExample('node', ['examples/price-updates/streamPrices.mjs'], {
    address,
    input: 'examples/price-updates/prices.csv',
  });
  expect(run).toEqual({
    code: 0,
    stdout: '3 changed, 1 unknown\n',
    stderr: 'PATCH /v1/products/no-such-product: 404 There is no product with the id "no-such-product".\n',
  });
  const found = await fetch(
    `${address}/v1/search?filter=${encodeURIComponent('price = 24.9 AND stock = 3')}`,
  );
  expect(await found.json()).toMatchObject({ total: 1, hits: [{ id: 'w-dress-0' }] });
});

it('api-keys creates three keys that allow what their scope and filter say', async () => {
  const folders = indexedCatalog();
  const address = await serveFolders(folders);
  const run = await runExample('node', ['examples/api-keys/apiKeys.mjs'], { address, folders });
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(run.stdout.split('\n')).toEqual([
    'web page: search (20 products)',
    'prices: search (48 products), write',
    'operator: search (49 products), write, admin',
    'without a key: GET /v1/search?q=: 401 This needs a key: send it as "authorization: Bearer <key>" or as "x-api-key".',
    '',
  ]);
});
