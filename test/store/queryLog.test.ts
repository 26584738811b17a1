import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { type LoggedSearch, QueryLog } from '../../src/store/queryLog.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

function opened(): { log: QueryLog; file: string } {
  const store = openStore(temporaryFolder());
  store.close();
  const log = new QueryLog(store.path, 0);
  onTestFinished(() => log.close());
  return { log, file: store.path };
}

const search = (query: string, more: Partial<LoggedSearch> = {}): LoggedSearch => ({
  query,
  day: '2026-03-02',
  mode: 'hybrid',
  corrected: false,
  filtered: false,
  total: 3,
  ...more,
});

it('counts searches by query, most first, with the result of the last day', () => {
  const { log } = opened();
  log.add([
    search('mug'),
    search('mug', { day: '2026-03-01', total: 9 }),
    search('pan'),
    search('mug', { corrected: true }),
  ]);
  log.add([search('mug', { total: 4 }), search('ewer', { total: 0 })]);
  expect(log.asked(2)).toEqual([
    { query: 'mug', searches: 4, total: expect.any(Number), last_day: '2026-03-02' },
    { query: 'ewer', searches: 1, total: 0, last_day: '2026-03-02' },
  ]);
});

it('separates popular queries from those whose words never found anything', () => {
  const { log } = opened();
  log.add([
    search('mug'),
    search('mug', { total: 0 }),
    search('ewer', { total: 0 }),
    search('ewer', { total: 0 }),
  ]);
  log.add([
    search('pan', { total: 0, filtered: true }),
    search('jug', { total: 0 }),
    search('jug', { filtered: true }),
  ]);
  expect(log.popular(2, 10).map(({ query }) => query)).toEqual(['jug', 'mug']);
  expect(log.empty(10)).toEqual([
    { query: 'ewer', searches: 2, total: 0, last_day: '2026-03-02' },
    { query: 'jug', searches: 1, total: 0, last_day: '2026-03-02' },
  ]);
});

it('deletes old days', () => {
  const { log } = opened();
  log.add([search('old', { day: '2026-01-31' }), search('new', { day: '2026-02-01' })]);
  expect(log.prune('2026-02-01')).toBe(1);
  expect(log.asked(10).map(({ query }) => query)).toEqual(['new']);
});

it('leaves nothing readable on disk after it is cleared', () => {
  const { log, file } = opened();
  log.add([search('unmistakable wheelbarrow'), search('mug')]);
  expect(log.clear()).toBe(2);
  log.vacuum();
  expect(log.asked(10)).toEqual([]);
  for (const each of [file, `${file}-wal`]) expect(readFileSync(each).includes('wheelbarrow')).toBe(false);
});

it('writes all searches or none, and fails at once if another process writes', () => {
  const { log, file } = opened();
  const other = new QueryLog(file, 0);
  onTestFinished(() => other.close());
  const started = performance.now();
  const store = openStore(file.replace(/\/store.sqlite$/, ''));
  store.transaction(() => {
    expect(() => other.add([search('mug')])).toThrow(/locked/);
  });
  store.close();
  expect(performance.now() - started).toBeLessThan(5000);
  expect(log.asked(10)).toEqual([]);
});
