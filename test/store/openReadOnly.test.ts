import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UnavailableError, UserError } from '../../src/domain/errors.js';
import { MIGRATIONS } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/open.js';
import { openReadOnly } from '../../src/store/openReadOnly.js';
import { QueryLog } from '../../src/store/queryLog.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { hashFiles } from '../support/hashFiles.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

function storeWith(...ids: readonly string[]): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.transaction(() => {
    for (const id of ids) store.products.upsert({ id, title: 'Mug' });
  });
  store.close();
  return folder;
}

/** Writes a product in a process that is killed before it can close the store. */
function writeAndDie(folder: string, id: string): void {
  const open = new URL('../../src/store/open.js', import.meta.url);
  const script = `const { openStore } = await import(${JSON.stringify(open.href)});
    const store = openStore(${JSON.stringify(folder)});
    store.transaction(() => store.products.upsert({ id: ${JSON.stringify(id)} }));
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.dirname(pathToFileURL(process.cwd()).pathname),
  });
  expect(signal).toBe('SIGKILL');
}

describe('a store opened for reading', () => {
  it('reads, refuses writes, and leaves every file as it was', async () => {
    const folder = storeWith('a', 'b');
    const before = hashFiles(folder);
    const store = openReadOnly(folder);
    expect([...store.products.eachId()]).toEqual(['a', 'b']);
    expect(store.readOnly).toMatch(/only reads/);
    const log = new QueryLog(store.path, 0, { readonly: true });
    expect(log.asked(10)).toEqual([]);
    log.close();
    expect(() => store.transaction(() => store.products.upsert({ id: 'c' }))).toThrow(UnavailableError);
    expect(() => store.products.upsert({ id: 'c' })).toThrow(/readonly/);
    await expect(store.transactionAsync(() => undefined)).rejects.toThrow(UnavailableError);
    store.close();
    expect(hashFiles(folder)).toEqual(before);
  });

  it('shows what another process has written and not yet checkpointed, and what it writes later', () => {
    const folder = storeWith('a');
    const writer = openStore(folder);
    writer.transaction(() => writer.products.upsert({ id: 'b' }));
    const reader = openReadOnly(folder);
    expect([...reader.products.eachId()]).toEqual(['a', 'b']);
    writer.transaction(() => writer.products.upsert({ id: 'c' }));
    expect([...reader.products.eachId()]).toEqual(['a', 'b', 'c']);
    writer.close();
    reader.close();
    const next = openStore(folder);
    expect(next.products.count()).toBe(3);
    next.close();
    expect(readdirSync(folder)).toEqual(['store.sqlite']);
  });

  it('reads the log that a killed process left, and leaves it', () => {
    const folder = storeWith('a');
    writeAndDie(folder, 'b');
    const before = hashFiles(folder);
    expect(Object.keys(before)).toEqual(['store.sqlite', 'store.sqlite-shm', 'store.sqlite-wal']);
    const store = openReadOnly(folder);
    expect([...store.products.eachId()]).toEqual(['a', 'b']);
    store.close();
    // SQLite makes the -shm file, an index of the log, again for the first process that reads it.
    expect({ ...hashFiles(folder), 'store.sqlite-shm': '' }).toEqual({ ...before, 'store.sqlite-shm': '' });
  });

  it('is empty if there is none, and creates no folder', () => {
    const folder = path.join(temporaryFolder(), 'data');
    const store = openReadOnly(folder);
    expect([store.products.count(), store.jobs.list(10)]).toEqual([0, []]);
    store.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('of an older version is read from a migrated copy', () => {
    const folder = temporaryFolder();
    const database = new Sqlite(path.join(folder, 'store.sqlite'));
    database.pragma('journal_mode = WAL');
    for (const statements of MIGRATIONS.slice(0, 1)) database.exec(statements);
    database.pragma('user_version = 1');
    database.close();
    const before = hashFiles(folder);
    const store = openReadOnly(folder);
    expect(store.jobs.list(10)).toEqual([]);
    const copy = path.dirname(store.path);
    expect(copy).not.toBe(folder);
    store.close();
    expect([hashFiles(folder), existsSync(copy)]).toEqual([before, false]);
  });

  it('of a newer version is refused by its own name', () => {
    const folder = storeWith('a');
    const database = new Sqlite(path.join(folder, 'store.sqlite'));
    database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    database.close();
    expect(() => openReadOnly(folder)).toThrow(UserError);
    expect(() => openReadOnly(folder)).toThrow(`The store ${path.join(folder, 'store.sqlite')} has version`);
  });
});
