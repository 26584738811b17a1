import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('keeps the latest imports and sums up all of them', () => {
  const store = openStore(temporaryFolder());
  expect(store.imports.list(5)).toEqual([]);
  expect(store.imports.totals()).toEqual({ rows: 0, quarantined: 0 });
  const counts = { imported: 7, updated: 1, unchanged: 0, deleted: 2, cleared: { price: 1 } };
  for (let n = 1; n <= 130; n++) store.imports.add({ ...counts, rows: 10, quarantined: 2 }, `at ${n}`);
  expect(store.imports.totals()).toEqual({ rows: 1300, quarantined: 260 });
  expect(store.imports.list(1000)).toHaveLength(100);
  expect(store.imports.list(2)).toEqual([
    { ...counts, rows: 10, quarantined: 2, at: 'at 130' },
    { ...counts, rows: 10, quarantined: 2, at: 'at 129' },
  ]);
  store.close();
});
