import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, it } from 'vitest';
import { readSheet, writeSheet } from '../../src/formats/sheet.js';
import { openStore } from '../../src/store/open.js';
import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { factOf } from '../domain/fact.js';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const TAXONOMY = taxonomySchema.parse({
  ...{ format: 1, version: 't', language: 'en', owner: 'tests', carried: ['color'] },
  changelog: [{ version: 't', date: '2026-11-21', changes: ['first'] }],
  attributes: [{ id: 'color', name: 'Colour', type: 'enum', values: [{ name: 'Red' }, { name: 'Blue' }] }],
});

it('reviews the suggestions of the demo in a spreadsheet, and undoes a decision', async () => {
  const folder = copyOfDemo(demo, temporaryFolder());
  const run = (...args: string[]) => runInProcess([...args, ...whereIn(folder)]);
  const sheet = path.join(folder, 'sheet.csv');
  const exported = await runShelfwright(['review', 'export', '-o', sheet, '--json', ...whereIn(folder)]);
  expect(exported.code).toBe(0);
  const rows: Record<string, string>[] = parse(readFileSync(sheet), { bom: true, columns: true });
  const { groups, suggestions } = JSON.parse(exported.stdout);
  expect(rows).toHaveLength(groups);
  expect(rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(suggestions);
  const black = rows.find(({ value, reason }) => value === 'Black' && reason === 'title says “black”');
  const wrong = rows.find(({ field }) => field === 'category');
  if (black === undefined || wrong === undefined) throw new Error('the demo has no such suggestions');
  black.decision = 'accept';
  wrong.decision = 'approve';
  writeFileSync(sheet, stringify(rows, { header: true, delimiter: ';' }));

  const rehearsed = await run('review', 'apply', sheet, '--dry-run', '--json');
  expect([rehearsed.code, JSON.parse(rehearsed.stdout)]).toMatchObject([3, { dry_run: true }]);
  const applied = await run('review', 'apply', sheet, '--by', 'Dana');
  expect(applied.code).toBe(3);
  expect(applied.stdout).toMatch(new RegExp(`1 decisions settled ${black.count} suggestions`));
  expect(applied.stderr).toMatch(/sheet\.csv, line \d+: the decision 'approve' is unknown; expected accept/);
  const again = await run('review', 'apply', sheet, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ settled: 0, already: 1 });
  const found = async () => {
    const filter = "attributes.color = 'Black'";
    const { stdout } = await run('search', '', '--filter', filter, '--json', '--limit', '250');
    return JSON.parse(stdout).total;
  };
  const withBlack = await found();
  const undone = await run('review', 'undo', '1', '--by', 'Ola');
  expect(undone.stdout).toMatch(/Decision 1 is undone \(decision 2\)/);
  expect(withBlack - (await found())).toBe(Number(black.count));
  expect((await run('review', 'log')).stdout).toMatch(
    /^2 .*Ola {2}undo 1.*\n1 .*Dana {2}accept.*\(undone by 2\)/,
  );
  const twice = await run('review', 'undo', '1');
  expect([twice.code, twice.stderr]).toEqual([
    1,
    expect.stringMatching(/was undone already: Ola took it back/),
  ]);

  const book = path.join(folder, 'sheet.xlsx');
  expect(
    (await run('review', 'export', '-o', book, '--field', 'category', '--category', 'Footwear')).code,
  ).toBe(0);
  const [first] = await readSheet(book, ['decision']);
  if (first === undefined) throw new Error('the sheet is empty');
  const cells = new Map([...first.cells, ['decision', 'reject']]);
  await writeSheet(book, [[...cells.keys()], [...cells.values()]]);
  const done = await run('review', 'apply', book, '--by', 'Dana', '--json');
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([
    0,
    { rows: 1, decisions: [{ action: 'reject', value: expect.stringMatching(/^Footwear/) }] },
  ]);
  expect((await run('review')).stdout).toMatch(/\d+ suggestions wait in \d+ groups/);
});

it('rejects one composed description and corrects one filled value, and undoes both', async () => {
  const folder = temporaryFolder();
  const run = (...args: string[]) => runInProcess([...args, ...whereIn(folder)]);
  const factsNow = () => {
    const store = openStore(path.join(folder, 'data'));
    try {
      return store.facts.stored('m1');
    } finally {
      store.close();
    }
  };
  const store = openStore(path.join(folder, 'data'));
  const origin = { taxonomy: 't', model: 'm', decision: null };
  store.transaction(() => {
    store.settings.set('taxonomy', TAXONOMY);
    store.products.upsert({ id: 'm1', title: 'Mug in red' });
    const quote = { field: 'title', start: 7, end: 10, quote: 'red' };
    const clauses = [{ start: 0, end: 9, field: 'attributes.color' }];
    store.facts.add('m1', { ...factOf('attributes.color', 'Red', { evidence: quote }), ...origin });
    const composed = { method: 'template', evidence: { clauses } } as const;
    store.facts.add('m1', { ...factOf('description', 'A red mug.', composed), ...origin });
  });
  store.close();
  const before = factsNow();
  const rejected = await run('review', 'reject', 'm1', 'description', '--by', 'Dana');
  expect(rejected.stdout).toBe(
    'description of m1 is rejected: A red mug.\nTo take it back: shelfwright review undo 1\n',
  );
  expect(factsNow().find(({ field }) => field === 'description')?.status).toBe('rejected');
  expect((await run('review', 'undo', '1')).stdout).toMatch(/1 products are as before/);
  expect(factsNow()).toEqual(before);
  const corrected = await run('review', 'correct', 'm1', 'attributes.color', 'Blue', '--json');
  expect(JSON.parse(corrected.stdout)).toMatchObject({ action: 'correct', value: 'Red', corrected: 'Blue' });
  expect(factsNow().find(({ status }) => status === 'applied')?.value).toBe('Blue');
  await run('review', 'undo', '3');
  expect(factsNow().find(({ field }) => field === 'attributes.color')).toEqual(
    before.find(({ field }) => field === 'attributes.color'),
  );
  const nothing = await run('review', 'reject', 'm1', 'brand');
  expect([nothing.code, nothing.stderr]).toEqual([
    1,
    expect.stringMatching(/Nothing is suggested for brand of m1/),
  ]);
});

it.each([
  [['undo', 'x'], 2, /<decision> takes a whole number/],
  [['undo', '7'], 1, /no decision 7/],
  [['apply', 'README.md'], 1, /has no column 'decision'/],
  [['export', '-o', 'x.pdf'], 1, /no known extension/],
  [['list', '--min-confidence', '3'], 2, /expected a number from 0 to 1, found '3'/],
])('review %j exits with %i and one sentence', async (args, expected, message) => {
  const folder = temporaryFolder();
  openStore(path.join(folder, 'data')).close();
  const { code, stderr } = await runInProcess(['review', ...args, ...whereIn(folder)]);
  expect(code).toBe(expected);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at |unexpected error/);
});
