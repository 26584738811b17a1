import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('creates its folder, and lets another process read while it writes', () => {
  const folder = path.join(temporaryFolder(), 'deep', 'data');
  const writer = openStore(folder);
  const reader = openStore(folder);
  expect(writer.path).toBe(path.join(folder, 'store.sqlite'));
  const seen = writer.transaction(() => {
    writer.products.upsert({ id: 'a' });
    return reader.products.count();
  });
  expect(seen).toBe(0);
  expect(reader.products.count()).toBe(1);
  writer.close();
  reader.close();
});

it('lets only its owner read the files of the store', () => {
  const umask = process.umask(0o022);
  onTestFinished(() => void process.umask(umask));
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.products.upsert({ id: 'a' });
  const names = readdirSync(folder);
  expect(names).toEqual(expect.arrayContaining(['store.sqlite', 'store.sqlite-wal']));
  for (const name of names) expect([name, statSync(path.join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  store.close();
});

it('says which store could not be opened', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openStore(file)).toThrow(UserError);
  expect(() => openStore(file)).toThrow(/The store .*file.store\.sqlite could not be opened/);
});

it('commits durably against power failure', () => {
  const pragma = vi.spyOn(Sqlite.prototype, 'pragma');
  onTestFinished(() => pragma.mockRestore());
  const store = openStore(temporaryFolder());
  const connection = pragma.mock.contexts[0];
  if (!(connection instanceof Sqlite)) throw new Error('no connection was opened');
  expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  // 2 is FULL, 3 EXTRA; NORMAL may lose the last commits in WAL mode.
  expect(connection.pragma('synchronous', { simple: true })).toBeGreaterThanOrEqual(2);
  store.close();
});
