import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BusyError } from '../../src/domain/errors.js';
import { GroupCommit } from '../../src/store/groupCommit.js';
import { openStore } from '../../src/store/open.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

function opened(longestWait?: number) {
  const file = path.join(temporaryFolder(), 'a.sqlite');
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table t (n integer)');
  onTestFinished(() => {
    database.close();
  });
  const rows = () => database.prepare<[], number>('select n from t').pluck().all();
  const insert = (n: number) => () => {
    database.prepare('insert into t values (?)').run(n);
    return n;
  };
  return { file, database, rows, insert, aside: new GroupCommit(database, file, 1000, longestWait) };
}

it('runs transactions one at a time in order; a failing one changes nothing and blocks none', async () => {
  const { rows, insert, aside, database } = opened();
  const failing = aside.run(() => {
    insert(9)();
    throw new RangeError('no');
  }, true);
  const writes = [1, 2, 3].map((n) => aside.run(insert(n), true));
  await expect(failing).rejects.toThrow(RangeError);
  expect(await Promise.all(writes)).toEqual([1, 2, 3]);
  expect(rows()).toEqual([1, 2, 3]);
  // A blocking write flushes by itself and waits as long as before.
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('busy_timeout', { simple: true })).toBe(1000);
});

it('has acknowledged writes in the log, where other processes read them', async () => {
  const { file, insert, aside } = opened();
  for (let n = 0; n < 5; n++) {
    await aside.run(insert(n), true);
    const copy = path.join(temporaryFolder(), 'a.sqlite');
    for (const ending of ['', '-wal']) {
      if (existsSync(file + ending)) writeFileSync(copy + ending, readFileSync(file + ending));
    }
    const after = new Sqlite(copy);
    expect(after.prepare('select count(*) from t').pluck().get()).toBe(n + 1);
    after.close();
  }
});

it('lets other work continue while another process writes, and reports a timeout', async () => {
  const { file, rows, insert, aside } = opened(60);
  const other = new Sqlite(file);
  other.exec('begin immediate');
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await expect(aside.run(insert(1), true)).rejects.toThrow(BusyError);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  const next = aside.run(insert(2), true);
  other.exec('rollback');
  other.close();
  expect(await next).toBe(2);
  expect(rows()).toEqual([2]);
});

it('serves the async transactions of a store', async () => {
  const store = openStore(temporaryFolder());
  const writes = Array.from({ length: 20 }, (_, n) =>
    store.transactionAsync(() => store.products.upsert({ id: `p${n}` }), n % 2 === 0),
  );
  expect(await Promise.all(writes)).toEqual(Array.from({ length: 20 }, () => 'inserted'));
  expect(store.products.count()).toBe(20);
  store.close();
});
