import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Sqlite } from '../../src/store/sqlite.js';

it('loads one copy of SQLite, and no module of the program loads another', () => {
  const database = new Sqlite(':memory:');
  expect(database.prepare('select 1').pluck().get()).toBe(1);
  database.close();

  const loading = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /^import (?!type\b).*'better-sqlite3|require\('better-sqlite3/m.test(
        readFileSync(path.join('src', file), 'utf8'),
      ),
    );
  expect(loading).toEqual([path.join('store', 'sqlite.ts')]);
});
