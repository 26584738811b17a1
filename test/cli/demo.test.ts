import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { copyOfDemo, demoTruth, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo, demoCommand } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('the demo catalog through the command line', () => {
  it('answers "summer dress for outdoor wedding" with dresses, although no product has these words', async () => {
    const query = 'summer dress for outdoor wedding';
    const catalog = readFileSync('catalogs/demo.jsonl', 'utf8').toLowerCase();
    expect(catalog).not.toContain(query);
    const { stdout, code } = await runInProcess(['search', query, '--json', ...whereIn(demo)]);
    expect(code).toBe(0);
    const truth = demoTruth();
    const { hits, mode }: { hits: { id: string }[]; mode: string } = JSON.parse(stdout);
    expect(mode).toBe('hybrid');
    for (const { id } of hits.slice(0, 5)) expect(truth.get(id)?.category).toMatch(/^Apparel > Dresses/);
  });

  it('lists its generation and evaluates its enrichment against the gold data', async () => {
    const listed = await runInProcess(['generations', '--json', ...whereIn(demo)]);
    const products = readFileSync('catalogs/demo.jsonl', 'utf8').trim().split('\n').length;
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { current: true, products, taxonomy: '2026-11', model: 'all-MiniLM-L6-v2' },
    ]);
    const gold = 'test/data/demo-gold.jsonl';
    const { stdout } = await runShelfwright([
      'evaluate',
      'enrichment',
      '--gold',
      gold,
      '--json',
      ...whereIn(demo),
    ]);
    const found: { category: { blanks: number; answered: number; accuracy: number } } = JSON.parse(stdout);
    expect(found.category.blanks).toBeGreaterThan(200);
    expect(found.category.answered).toBe(found.category.blanks);
    expect(found.category.accuracy).toBeGreaterThan(0.7);
  });

  it('lints the starter taxonomy without an error', async () => {
    const { stdout, code } = await runInProcess(['taxonomy', 'lint', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ errors: 0 });
    expect(code).toBe(0);
  });

  it('rolls back to the previous generation', async () => {
    const copy = copyOfDemo(demo, temporaryFolder());
    const first = JSON.parse((await runInProcess(['generations', '--json', ...whereIn(copy)])).stdout)[0].id;
    const second = JSON.parse((await runShelfwright(['reindex', '--json', ...whereIn(copy)])).stdout);
    expect(second).toMatchObject({ embedded: 0 });
    expect(second.generation).not.toBe(first);
    const { stdout, code } = await runShelfwright(['generations', 'rollback', '--json', ...whereIn(copy)]);
    expect([code, JSON.parse(stdout)]).toEqual([0, { generation: first }]);
    const again = await runInProcess(['generations', 'rollback', ...whereIn(copy)]);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/no generation before/);
  });

  it('is indexed and served by one command, and stops on a signal', () => {
    const { answer, page, code } = demoCommand;
    const { hits }: { hits: { product: { category?: string } }[] } = JSON.parse(answer);
    expect(hits.map(({ product }) => product.category)).toEqual([
      expect.stringContaining('Dresses'),
      expect.stringContaining('Dresses'),
      expect.stringContaining('Dresses'),
    ]);
    expect(page).toContain('<title>');
    expect(code).toBe(0);
  });
});
