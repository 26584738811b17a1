import { expect, it, onTestFinished } from 'vitest';
import { storeRows } from '../../src/catalog/storeRows.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('reads the stored products as numbered rows by id, as people read them', async () => {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.transaction(() => {
    for (let at = 0; at < 1100; at++)
      store.products.upsert({ id: `p${String(at).padStart(4, '0')}`, title: `<b>Mug</b> ${at}` });
  });
  const { rows } = storeRows(store);
  const read = [];
  for await (const row of rows()) read.push(row);
  expect(read).toHaveLength(1100);
  expect(read.map(({ line }) => line)).toEqual(read.map((_, place) => place + 1));
  expect(read[700]).toMatchObject({
    ...{ kind: 'product', line: 701, cleared: [], unreadable: [] },
    product: { id: 'p0700', title: 'Mug 700' },
  });
});
