import type { Database } from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { BusyError, DiskFullError } from '../../../src/domain/errors.js';
import { StoreHealth } from '../../../src/service/writes/storeHealth.js';
import { openStore } from '../../../src/store/open.js';
import { Sqlite } from '../../../src/store/sqlite.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function opened(): { writing: StoreHealth; connection: Database } {
  const pragma = vi.spyOn(Sqlite.prototype, 'pragma');
  const store = openStore(temporaryFolder());
  const connection = pragma.mock.contexts[0];
  pragma.mockRestore();
  if (!(connection instanceof Sqlite)) throw new Error('no connection was opened');
  const writing = new StoreHealth(store);
  onTestFinished(() => {
    writing.close();
    store.close();
  });
  return { writing, connection };
}

it('refuses writes while the disk is full, reports it, and recovers by itself', async () => {
  const { writing, connection } = opened();
  const { store } = writing;
  const max = Number(connection.pragma('max_page_count', { simple: true }));
  connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 2}`);
  const large = (): void => {
    for (let row = 0; row < 100; row++)
      store.products.upsert({ id: `p${row}`, description: 'x'.repeat(5000) });
  };
  expect(() => store.transaction(large)).toThrow(DiskFullError);
  expect(store.products.count()).toBe(0);
  expect(writing.problems()).toEqual([expect.stringMatching(/Writes are refused: The disk is full/)]);
  connection.pragma(`max_page_count = ${max}`);
  await expect.poll(() => writing.problems(), { timeout: 5000 }).toEqual([]);
  store.transaction(large);
  expect(store.products.count()).toBe(100);
});

it('does not report another process that writes for a long time', () => {
  const { writing, connection } = opened();
  const elsewhere = new Sqlite(connection.name);
  connection.pragma('busy_timeout = 0');
  elsewhere.exec('begin immediate');
  expect(() => writing.store.transaction(() => undefined)).toThrow(BusyError);
  expect(writing.problems()).toEqual([]);
  elsewhere.close();
});
