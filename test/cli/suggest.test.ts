import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { openService } from '../../src/service/openService.js';
import { QueryLog } from '../../src/store/queryLog.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('shelfwright suggest', () => {
  it('completes from the catalog and a file of popular queries, and names the invalid rows of the file', async () => {
    const folder = copyOfDemo(demo, temporaryFolder());
    writeFileSync(
      path.join(folder, 'data', 'queries.tsv'),
      'query\tpopularity\ndress\t9\nzzzzz\t90\nshoe\tx\n',
    );
    const { code, stdout, stderr } = await runShelfwright(['suggest', 'dre', '--json', ...whereIn(folder)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).suggestions[0]).toMatchObject({ kind: 'query', text: 'dress' });
    expect(stderr).toMatch(/queries\.tsv, line 4: found the popularity 'x'/);
    const plain = await runInProcess(['suggest', '--limit', '3', ...whereIn(folder)]);
    expect(plain.stdout).toMatch(/^3 suggestions/);
    expect(plain.stdout).not.toMatch(/zzzzz/);
    expect((await runInProcess(['suggest', 'a', '--limit', '0', ...whereIn(folder)])).code).toBe(2);
  });
});

describe('shelfwright queries', () => {
  it('lists frequent queries and queries without hits, and clears them', async () => {
    const folder = copyOfDemo(demo, temporaryFolder());
    const [dataDir, indexesDir] = [path.join(folder, 'data'), path.join(folder, 'indexes')];
    for (const queryDays of [30, 0]) {
      const shop = await openService({
        dataDir,
        indexesDir,
        modelDir: packagePaths.model,
        workers: 1,
        queryDays,
      });
      await shop.search(searchRequestSchema.parse({ q: 'Dress' }));
      await shop.search(searchRequestSchema.parse({ q: 'dress', page: 2 }));
      await shop.close();
    }
    const log = new QueryLog(path.join(dataDir, 'store.sqlite'), 1000);
    const day = '2026-03-02';
    log.add([{ query: 'ewer', day, mode: 'hybrid', corrected: false, filtered: false, total: 0 }]);
    log.close();
    const list = await runShelfwright(['queries', 'list', '--json', ...whereIn(folder)]);
    expect(JSON.parse(list.stdout).queries).toEqual([
      { query: 'dress', searches: 1, total: expect.any(Number), last_day: expect.any(String) },
      { query: 'ewer', searches: 1, total: 0, last_day: day },
    ]);
    const zero = await runInProcess(['queries', 'zero', ...whereIn(folder)]);
    expect(zero.stdout).toBe(`       1  ewer  (0 found, last on ${day})\n`);
    expect((await runInProcess(['queries', 'clear', ...whereIn(folder)])).stdout).toBe(
      '2 queries deleted.\n',
    );
    const after = await runInProcess(['queries', 'list', ...whereIn(folder)]);
    expect(after.stdout).toBe('The query log is empty.\n');
  });
});
