import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('migrations', () => {
  it.each(MIGRATIONS.map((_, version) => version))('migrate from version %i to the newest', (version) => {
    const database = new Sqlite(':memory:');
    for (const statements of MIGRATIONS.slice(0, version)) database.exec(statements);
    database.pragma(`user_version = ${version}`);
    migrate(database);
    migrate(database);
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    const tables = database
      .prepare<[], string>("select name from sqlite_master where type = 'table'")
      .pluck()
      .all();
    expect(tables).toEqual(expect.arrayContaining(['products', 'facts', 'vectors', 'changes', 'settings']));
    database.close();
  });

  it('refuses a store of a newer version', () => {
    const folder = temporaryFolder();
    openStore(folder).close();
    const database = new Sqlite(`${folder}/store.sqlite`);
    database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    database.close();
    expect(() => openStore(folder)).toThrow(/reads up to version .* use the Shelfwright that wrote it/);
  });

  it('refuses a file that is not a store', async () => {
    const folder = temporaryFolder();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      `${folder}/store.sqlite`,
      'not a database, but long enough to be taken for one'.repeat(50),
    );
    expect(() => openStore(folder)).toThrow(/could not be opened/);
  });
});
