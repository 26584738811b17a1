import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PopularQueries } from '../../../src/service/queries/popularQueries.js';
import { readQueryFile } from '../../../src/service/queries/readQueryFile.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('a file of popular queries', () => {
  it('is read by its header, with any further columns', () => {
    const read = readQueryFile(
      'q.tsv',
      '\ufeffPopularity\tnote\tQuery\r\n5\t"x\tmug\r\n\r\n0\t\tred pan\r\n',
    );
    expect(read).toEqual({
      queries: [
        { text: 'mug', popularity: 5 },
        { text: 'red pan', popularity: 0 },
      ],
      problems: [],
    });
  });

  it('reports the rows that are skipped, and keeps the others', () => {
    const { queries, problems } = readQueryFile(
      'q.tsv',
      `query\tpopularity\nmug\tmany\n\t4\npan\t3\n${'a'.repeat(201)}\t1\njug\t-1\nbowl\n${'cup\t?\n'.repeat(3)}`,
    );
    expect(queries).toEqual([{ text: 'pan', popularity: 3 }]);
    expect(problems).toEqual([
      "q.tsv, line 2: found the popularity 'many', expected a number of at least 0; the row is skipped.",
      'q.tsv, line 3: no query; the row is skipped.',
      'q.tsv, line 5: a query of 201 characters, expected at most 200; the row is skipped.',
      "q.tsv, line 6: found the popularity '-1', expected a number of at least 0; the row is skipped.",
      "q.tsv, line 7: found the popularity '', expected a number of at least 0; the row is skipped.",
      'q.tsv: 3 more rows were skipped.',
    ]);
  });

  it.each(['', 'mug\t4\n', '\u0000'])('without its header is reported and not fatal: %j', (text) => {
    const { queries, problems } = readQueryFile('q.tsv', text);
    expect(queries).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('expected the column names query and popularity')]);
  });
});

describe('popular queries', () => {
  it('come from the current file and from the log', () => {
    const dir = temporaryFolder();
    const file = path.join(dir, 'queries.tsv');
    let now = 0;
    const log = { popular: () => [{ query: 'pan', searches: 4, total: 1, last_day: '2026-03-02' }] };
    const popular = new PopularQueries(dir, log, () => now);
    expect(popular.known().size).toBe(1);
    writeFileSync(file, 'query\tpopularity\nmug\t1\nPan\t1\nbad\t\n');
    expect(popular.known().size).toBe(1);
    now += 1000;
    expect(popular.known().size).toBe(2);
    expect(popular.problems()).toHaveLength(1);
    expect(popular.known()).toBe(popular.known());
    writeFileSync(file, 'query\tpopularity\nmug\t1\nrow\t1\n');
    utimesSync(file, 5, 5);
    now += 1000;
    expect(popular.known().size).toBe(3);
    // For keys that may not know what others search for.
    expect(popular.listed().size).toBe(2);
    expect(popular.problems()).toEqual([]);
    rmSync(file);
    now += 1000;
    expect(popular.known().size).toBe(1);
  });
});
