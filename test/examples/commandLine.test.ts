import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyOfDemo } from '../support/demo.js';
import { emptyFolders, indexedCatalog } from '../support/indexedCatalog.js';
import type { Folders } from '../support/rebuild.js';
import { demo } from '../support/sharedDemo.js';
import { smallCatalog } from '../support/smallCatalog.js';
import { outPath, temporaryFolder } from '../support/temporaryFolder.js';
import { runExample, serveFolders } from './runExample.js';

const current = ({ indexesDir }: Folders) => readFileSync(path.join(indexesDir, 'current'), 'utf8').trim();

/** A file of the small catalog, without the products whose id starts with `without`. */
function catalogFile(without = 'none'): string {
  const file = outPath('.jsonl');
  const rows = smallCatalog().filter(({ id }) => !id.startsWith(without));
  writeFileSync(file, rows.map((product) => `${JSON.stringify(product)}\n`).join(''));
  return file;
}

it('enrich-file fills a file and prints each fact with its evidence', async () => {
  const out = outPath('.jsonl');
  const file = catalogFile();
  const run = await runExample('sh', ['examples/enrich-file/enrichFile.sh', file, out], {
    folders: emptyFolders(),
  });
  expect(run.code, run.stderr).toBe(0);
  const lines = run.stdout.trim().split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/^\S+ {2}attributes\.color = \w+ {2}\((applied|suggested), /),
  );
  const [applied, suggested] = lines.at(-1)?.match(/\d+/g)?.map(Number) ?? [];
  const facts = lines.filter((line) => /\((applied|suggested), \d\.\d\d: /.test(line)).length;
  expect(facts).toBe((applied ?? 0) + (suggested ?? 0));
  expect(facts).toBeGreaterThan(0);
});

it('nightly-reindex switches to a new generation, and rolls back if its check fails', async () => {
  const folders = indexedCatalog();
  const before = current(folders);
  const night = (file: string) =>
    runExample('sh', ['examples/nightly-reindex/nightly.sh', file, 'red dress', 'w-dress-0'], { folders });

  const good = await night(catalogFile());
  expect(good.code, good.stderr).toBe(0);
  expect(good.stdout).toContain('ok: "red dress" finds w-dress-0');
  const after = current(folders);
  expect(after).not.toBe(before);

  const bad = await night(catalogFile('w-dress'));
  expect([bad.code, bad.stderr]).toEqual([
    1,
    expect.stringContaining('does not find w-dress-0; rolling back'),
  ]);
  expect(current(folders)).toBe(after);
});

it('rules checks, previews, publishes and rolls back', async () => {
  const run = await runExample('sh', ['examples/rules/publish.sh'], { folders: indexedCatalog() });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toContain('rules.yaml: 0 errors, 0 warnings.');
  expect(run.stdout).toMatch(/found now, .* with these rules \(autumn-coats, in-stock\)\n +1 .*\[w-coat-1\]/);
  expect(run.stdout).toMatch(/Version 1 of the rules is current \(autumn campaign\)/);
  expect(run.stdout).toMatch(/Version 2 of the rules is current \(no rules\)/);
});

it('review-groups accepts groups over HTTP and undoes the last decision', async () => {
  const copy = copyOfDemo(demo, temporaryFolder());
  const folders = { dataDir: path.join(copy, 'data'), indexesDir: path.join(copy, 'indexes') };
  const address = await serveFolders(folders);
  const run = await runExample(
    'node',
    ['examples/review-groups/reviewGroups.mjs', '0.9', 'attributes.color'],
    {
      address,
    },
  );
  expect([run.code, run.stderr]).toEqual([0, '']);
  const lines = run.stdout.trim().split('\n');
  expect(lines[0]).toMatch(/^\d+ groups with a confidence of at least 0\.9$/);
  expect(lines[1]).toMatch(/^ {2}\d+ x attributes\.color = \w+: title says “\w+”, for example /);
  const decided = lines.filter((line) => /^decision \d+: \w+, \d+ products$/.test(line));
  expect(decided).toHaveLength(5);
  expect(lines.at(-1)).toBe('undone: decision 5');
});
