import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateSearch } from '../../../src/catalog/evaluate/evaluateSearch.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import type { SearchRequest } from '../../../src/search/searchRequest.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function judgments(...lines: string[]): string {
  const file = path.join(temporaryFolder(), 'judgments.tsv');
  writeFileSync(file, `\uFEFFquery\tproduct_id\tgrade\n${lines.join('\n')}\n`);
  return file;
}

/** A search that answers each query with the ids given for it. */
function searching(ranked: Record<string, readonly string[]>, requests: SearchRequest[] = []) {
  return async (request: SearchRequest): Promise<SearchAnswer> => {
    requests.push(request);
    const ids = ranked[request.q] ?? [];
    return {
      query: request.q,
      total: ids.length,
      page: 1,
      per_page: request.per_page,
      hits: ids.map((id) => ({ id, score: 1, tier: 'all', product: { id } })),
      facets: {},
      understood: { filters: [], corrections: [], synonyms: [], readings: [], relaxed: [] },
      mode: 'hybrid',
      generation: 'g',
      took_ms: requests.length,
    };
  };
}

describe('measuring search', () => {
  it('averages over the queries with a relevant product, and zero hits over all', async () => {
    const file = judgments(
      'a "mug\tm\t2',
      'a "mug\tn\t0',
      'cup\tc\t1',
      'cup\td\t1',
      'junk\tx\t0',
      'void\ty\t1',
    );
    const requests: SearchRequest[] = [];
    const good = searching({ 'a "mug': ['n', 'm'], cup: ['c', 'x'], junk: ['m'] }, requests);
    const found = await evaluateSearch(file, good, searching({}));
    expect(found).toMatchObject({ queries: 4, judged: 3 });
    const ndcg = 1 / Math.log2(3) + 1 / (1 + 1 / Math.log2(3));
    expect(found.hybrid.ndcg_at_10).toBeCloseTo(ndcg / 3, 12);
    expect(found.hybrid).toMatchObject({ mrr: 0.5, recall_at_100: 0.5, zero_hits: 0.25, p95_ms: 4 });
    expect(found.words_only).toMatchObject({ ndcg_at_10: 0, mrr: 0, recall_at_100: 0, zero_hits: 1 });
    expect(requests.map(({ q, per_page }) => [q, per_page])).toEqual(
      ['a "mug', 'cup', 'junk', 'void'].map((query) => [query, 100]),
    );
  });

  it('compares query by query with words only, or with the named configuration', async () => {
    const file = judgments('a\tm\t1', 'b\tm\t1', 'c\tm\t1', 'junk\tx\t0');
    const good = searching({ a: ['m'], b: ['n', 'm'], c: ['m'] });
    const other = searching({ a: ['n', 'm'], b: ['m'], c: ['m'] });
    const second = 1 / Math.log2(3);
    const beside = await evaluateSearch(file, good, other);
    expect(beside.comparisons).toHaveLength(1);
    const [comparison] = beside.comparisons;
    expect(comparison).toMatchObject({
      against: 'words',
      figures: { ndcg_at_10: (2 + second) / 3 },
      difference: { mean: 0, wins: 1, losses: 1, ties: 1 },
      gains: [{ query: 'a', ndcg_at_10: 1, against: second }],
      losses: [{ query: 'b', ndcg_at_10: second, against: 1 }],
    });
    const named = await evaluateSearch(
      file,
      good,
      other,
      new Map([
        ['w.json', searching({})],
        ['words', other],
      ]),
    );
    expect(named.comparisons.map(({ against, difference }) => [against, difference.wins])).toEqual([
      ['w.json', 3],
      ['words', 1],
    ]);
  });

  it('splits the hits and their gain by tier', async () => {
    const file = judgments('a\tm\t2', 'a\tn\t1', 'b\tm\t1');
    const found = await evaluateSearch(file, searching({ a: ['m', 'n'], b: ['x', 'm'] }), searching({}));
    const { all, exact } = found.hybrid.by_tier;
    expect(all).toEqual({ hits: 1, ndcg: expect.closeTo(found.hybrid.ndcg_at_10, 12) });
    expect(exact).toEqual({ hits: 0, ndcg: 0 });
    expect(found.words_only.by_tier.all).toEqual({ hits: 0, ndcg: 0 });
  });

  it('refuses a file without judgments, and averages over nothing where nothing is relevant', async () => {
    await expect(evaluateSearch(judgments(), searching({}), searching({}))).rejects.toThrow(
      /contains no judgments/,
    );
    const found = await evaluateSearch(judgments('mug\tm\t0'), searching({}), searching({}));
    expect(found).toMatchObject({ queries: 1, judged: 0, hybrid: { ndcg_at_10: 0, mrr: 0, zero_hits: 1 } });
  });

  it.each([
    [['mug\tm\t2', 'mug\tm'], /line 3: no usable grade/],
    [['mug\tm\tgood'], /line 2: no usable grade/],
    [['mug\t\t1'], /line 2: no usable product_id/],
    [['mug\tm\t-1'], /line 2: no usable grade/],
  ])('refuses %j with the line', async (lines, message) => {
    await expect(evaluateSearch(judgments(...lines), searching({}), searching({}))).rejects.toThrow(message);
  });

  it('refuses a missing file', async () => {
    await expect(evaluateSearch('none.tsv', searching({}), searching({}))).rejects.toThrow(
      /none\.tsv cannot be read/,
    );
  });
});
