import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const entry = (text: string) => ({ at: '2026-11-21T10:00:00.000Z', by: 'Dana', note: '', text });

it('numbers versions from 1 and keeps each unchanged, for every connection', () => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const other = openStore(folder);
  expect([store.published.version('rules'), store.published.list('rules')]).toEqual([0, []]);
  expect(store.transaction(() => store.published.add('rules', entry('one')))).toBe(1);
  expect(other.transaction(() => other.published.add('rules', { ...entry('two'), note: 'corrected' }))).toBe(
    2,
  );
  expect(store.published.version('rules')).toBe(2);
  expect(store.published.get('rules', 1)).toEqual({ version: 1, ...entry('one') });
  expect(store.published.get('rules', 3)).toBeUndefined();
  expect(store.published.list('rules')).toEqual([
    { version: 2, at: '2026-11-21T10:00:00.000Z', by: 'Dana', note: 'corrected' },
    { version: 1, at: '2026-11-21T10:00:00.000Z', by: 'Dana', note: '' },
  ]);
  store.close();
  other.close();
});

it.each([
  "update published set text = 'x'",
  'delete from published',
  "insert or replace into published values ('rules', 1, '', '', '', 'x')",
  "insert into published values ('rules', 0, '', '', '', 'x')",
])('refuses to change published texts: %s', (statement) => {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.transaction(() => store.published.add('rules', entry('one')));
  store.transaction(() => store.published.add('rules', entry('two')));
  const database = new Sqlite(store.path);
  expect(() => database.exec(statement)).toThrow(/append-only|CHECK/);
  database.close();
  expect(store.published.get('rules', 1)?.text).toBe('one');
  store.close();
});
