import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { QueryRecorder } from '../../../src/service/queries/recordQueries.js';
import { openStore } from '../../../src/store/open.js';
import { QueryLog } from '../../../src/store/queryLog.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-02T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const answer: SearchAnswer = {
  query: '',
  total: 2,
  page: 1,
  per_page: 20,
  hits: [],
  facets: {},
  understood: { filters: [], corrections: [], synonyms: [], readings: [], relaxed: [] },
  mode: 'hybrid',
  generation: 'g',
  took_ms: 1,
};

function recording(days = 30) {
  const store = openStore(temporaryFolder());
  store.close();
  const log = new QueryLog(store.path, 0);
  const recorder = new QueryRecorder(log, days);
  onTestFinished(() => log.close());
  return {
    log,
    recorder,
    search: (request: Partial<SearchRequest>, more: Partial<SearchAnswer> = {}) =>
      recorder.record(searchRequestSchema.parse(request), { ...answer, ...more }),
    counts: () => log.asked(100).map(({ query, searches }) => `${query} ${searches}`),
  };
}

describe('recording queries', () => {
  it('writes them folded, after a delay and on close', () => {
    const { recorder, search, counts } = recording();
    search({ q: '  Café  MUG ' });
    expect(counts()).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(counts()).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(counts()).toEqual(['cafe mug 1']);
    search({ q: 'pan' });
    recorder.close();
    expect(counts()).toEqual(['cafe mug 1', 'pan 1']);
  });

  it('drops the steps of typing, and keeps a query that stays for two seconds', () => {
    const { recorder, search, counts } = recording();
    for (const q of ['m', 'mu', 'mug', 'mug ']) {
      search({ q });
      vi.advanceTimersByTime(150);
    }
    vi.advanceTimersByTime(2500);
    search({ q: 'mug red' });
    recorder.close();
    expect(counts()).toEqual(['mug 1', 'mug red 1']);
  });

  it('counts the same query of several people, and drops one step for one longer query', () => {
    const { recorder, search, counts } = recording();
    for (const q of ['mug', 'mug', 'mug', 'mug red']) search({ q });
    recorder.close();
    expect(counts()).toEqual(['mug 2', 'mug red 1']);
  });

  it.each([
    { q: '' },
    { q: ' \u0000 ' },
    { q: 'mug', page: 2 },
    { q: 'a'.repeat(201) },
    { q: 'someone@example.org' },
  ])('does not count %j', (request) => {
    const { recorder, search, counts } = recording();
    search(request);
    recorder.close();
    expect(counts()).toEqual([]);
  });

  it('separates queries that found nothing by their words', () => {
    const { recorder, log, search } = recording();
    search({ q: 'ewer' }, { total: 0 });
    search({ q: 'jug', filter: 'price < 1' }, { total: 0 });
    recorder.close();
    expect(log.empty(10).map(({ query }) => query)).toEqual(['ewer']);
  });

  it('accepts any text', () => {
    const { recorder, search, counts } = recording();
    search({ q: 'mug \ud800 \u0007red' });
    recorder.close();
    expect(counts()).toHaveLength(1);
  });

  it('deletes days that are over at the start and as days pass', () => {
    const { log, search, counts } = recording(2);
    log.add([
      { query: 'old', day: '2026-02-27', mode: 'hybrid', corrected: false, filtered: false, total: 1 },
      { query: 'yesterday', day: '2026-03-01', mode: 'hybrid', corrected: false, filtered: false, total: 1 },
    ]);
    const again = new QueryRecorder(log, 2);
    again.close();
    expect(counts()).toEqual(['yesterday 1']);
    search({ q: 'today' });
    vi.advanceTimersByTime(86_400_000);
    expect(counts()).toEqual(['today 1']);
  });

  it('continues while the store cannot be written, reports it, and catches up', () => {
    const { log, recorder, search, counts } = recording();
    const write = vi.spyOn(log, 'add').mockImplementation(() => {
      throw new Error('database is locked');
    });
    search({ q: 'mug' });
    vi.advanceTimersByTime(4000);
    expect(recorder.problem()).toMatch(/cannot be written \(database is locked\)/);
    write.mockRestore();
    vi.advanceTimersByTime(1000);
    expect(recorder.problem()).toBeUndefined();
    expect(counts()).toEqual(['mug 1']);
  });
});
