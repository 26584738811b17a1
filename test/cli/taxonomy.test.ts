import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { expect, it } from 'vitest';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const STARTER = 'taxonomy/2026-11';

async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runInProcess([...args, '--json']);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  const result: Record<string, unknown> = JSON.parse(stdout);
  return result;
}

it('proposes and accepts values, compares versions, migrates a store and undoes the migration', async () => {
  const folder = temporaryFolder();
  const where = whereIn(copyOfDemo(demo, folder));
  const rows = [1, 2, 3].map((id) => JSON.stringify({ id: `n${id}`, attributes: { color: 'Duck Egg' } }));
  const input = path.join(folder, 'in.jsonl');
  writeFileSync(input, rows.join('\n'));
  const proposed = await json(['taxonomy', 'propose', input, '--taxonomy', STARTER]);
  expect(proposed).toMatchObject({
    taxonomy: '2026-11',
    proposals: [{ attribute: 'color', value: 'Duck Egg', count: 3 }],
  });
  const proposals = path.join(folder, 'proposals.json');
  writeFileSync(proposals, JSON.stringify(proposed));
  const next = path.join(folder, '2027-01');
  const accept = ['taxonomy', 'accept', proposals, '--taxonomy', STARTER, '-o', next, '--as', '2027-01'];
  await json([...accept, '--value', 'color=Gray<Grey', '--value', 'color=greige=Beige']);
  cpSync(STARTER, path.join(folder, '2026-11'), { recursive: true });
  expect(await json(['taxonomy', 'lint', next])).toMatchObject({ errors: 0, warnings: 0 });
  expect(await json(['taxonomy', 'diff', STARTER, next])).toMatchObject({
    values: [
      {
        attribute: 'color',
        added: [{ name: 'Duck Egg' }],
        removed: [],
        renamed: [{ from: 'Grey', to: 'Gray' }],
      },
    ],
  });
  const dry = await json(['taxonomy', 'migrate', next, ...where]);
  expect(dry).toMatchObject({ applied: false, from: '2026-11', to: '2027-01' });
  expect(await json(['taxonomy', 'migrate', next, '--apply', ...where])).toEqual({ ...dry, applied: true });
  const again = await runInProcess(['taxonomy', 'migrate', next, '--apply', ...where]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/governs this store already/)]);
  const { facts } = JSON.parse(JSON.stringify(dry));
  expect(await json(['taxonomy', 'migrate', '--undo', ...where])).toMatchObject({
    restored: facts.before,
    removed: 0,
  });
});

it('lint reports errors of a version and its migration with file and line', async () => {
  const folder = temporaryFolder();
  const dir = path.join(folder, 'next');
  cpSync(STARTER, dir, { recursive: true });
  const head = path.join(dir, 'taxonomy.yaml');
  writeFileSync(head, readFileSync(head, 'utf8').replace('version: "2026-11"', 'version: "2027-01"'));
  writeFileSync(
    path.join(dir, 'migration.yaml'),
    'format: 1\nfrom: "2026-11"\nto: "2027-01"\ncategories:\n  - { drop: nowhere }\n',
  );
  const { code, stdout } = await runShelfwright(['taxonomy', 'lint', dir, '--against', STARTER]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/error {2}.*taxonomy\.yaml:4: version: version 2027-01 is not the newest entry/);
  expect(stdout).toMatch(
    /error {2}.*migration\.yaml:5: migration\.categories\[0\]: nowhere is not in the previous version/,
  );
});

it('infers a taxonomy without placeholders, from the sheet and the header row that the flags name', async () => {
  const folder = temporaryFolder();
  const fits = ['Slim', 'Wide', '#N/A', '-', 'n/a', 'keiner'];
  const rows = Array.from({ length: 60 }, (_, row) => [`s${row}`, 'Shirt', 'Shirts', fits[row % 6]]);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Read me']]), 'Notes');
  const table = [['id', 'name'], ['id', 'name', 'category', 'fit'], ...rows];
  utils.book_append_sheet(book, utils.aoa_to_sheet(table), 'Shirts');
  const file = path.join(folder, 'shirts.xlsx');
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }));
  const configuration = path.join(folder, 'shelfwright.yaml');
  writeFileSync(configuration, 'import:\n  placeholders: ["#N/A", "n/a", "-", keiner]\n');
  const out = path.join(folder, 'out');
  const place = ['--sheet', 'shirts', '--header-row', '2', '--config', configuration];
  await json(['taxonomy', 'infer', file, '-o', out, ...place, ...whereIn(folder)]);
  const attributes = readFileSync(path.join(out, 'attributes.yaml'), 'utf8');
  expect(attributes).toMatch(/Slim[\s\S]*Wide/);
  expect(attributes).not.toMatch(/#?N\/A|keiner|value: -|name: -|id: null/i);
});

it('imports a public taxonomy from a file', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'taxonomy-with-ids.en-US.txt');
  writeFileSync(file, '# Google_Product_Taxonomy_Version: 2031-01-01\n1 - Paint\n7 - Paint > Varnish\n');
  const out = path.join(folder, 'out');
  expect(await json(['taxonomy', 'import', '--from', 'google', file, '-o', out])).toMatchObject({
    categories: 2,
  });
  expect(await json(['taxonomy', 'lint', out])).toMatchObject({ version: 'google-2031-01-01', errors: 0 });
});

it.each([
  [['migrate']],
  [['migrate', STARTER, '--undo']],
  [['accept', '--taxonomy', STARTER, '-o', 'x', '--as', 'y']],
  [['accept', '--taxonomy', STARTER, '-o', 'x', '--as', 'y', '--value', 'color']],
  [['import', 'x', '--from', 'elsewhere', '-o', 'y']],
])('usage error: taxonomy %j', async (args) => {
  const { code, stderr } = await runInProcess(['taxonomy', ...args, ...whereIn(temporaryFolder())]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^shelfwright: /);
});

it('a version without a migration is refused with a message', async () => {
  const { code, stderr } = await runInProcess([
    'taxonomy',
    'migrate',
    STARTER,
    ...whereIn(temporaryFolder()),
  ]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/holds no migration\.yaml: write one/)]);
});
