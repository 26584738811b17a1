import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyOfDemo, whereIn } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('lints, previews, publishes, lists, shows and rolls back on the demo catalog', async () => {
  const folder = copyOfDemo(demo, temporaryFolder());
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runInProcess([...args, ...whereIn(folder)]);
    return { code, stdout, stderr };
  };
  const search = async (): Promise<{ total: number; hits: { id: string }[]; rules?: string[] }> =>
    JSON.parse((await run('search', 'rain jacket', '--json')).stdout);
  const before = await search();
  const [first, second] = before.hits.map(({ id }) => id);
  const file = path.join(folder, 'rules.yaml');
  const text = `format: 1\nrules:\n  - id: swap\n    when: { query: rain jackets }\n    then:\n      pin: { id: ${second}, position: 1 }\n      hide: [nobody]\n`;
  writeFileSync(file, text.replace('position', 'positon'));

  const bad = await run('rules', 'lint', file);
  expect([bad.code, bad.stdout]).toEqual([
    1,
    `error  ${file}:6: rules.swap.then.pin.positon: this key is unknown here; the nearest is position, known are id, position (unknown-key)\n${file}: 1 errors, 0 warnings.\n`,
  ]);
  const refused = await runShelfwright(['rules', 'publish', file, ...whereIn(folder)]);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining('The rules have an error to correct first:'),
  ]);

  writeFileSync(file, text);
  const linted = await run('rules', 'lint', file, '--json');
  expect([linted.code, JSON.parse(linted.stdout)]).toMatchObject([
    0,
    { rules: 1, errors: 0, warnings: 1, findings: [{ kind: 'unknown-product', line: 7 }] },
  ]);
  const previewed = await run('rules', 'preview', file, 'rain jacket', '--limit', '3');
  expect(previewed.stdout).toContain(`${before.total} found now, ${before.total} with these rules (swap)`);
  expect(previewed.stdout).toMatch(
    new RegExp(`   1  was 2 .*\\[${second}\\]  \\(swap\\)\n   2  was 1 .*\\[${first}\\]\n   3 `),
  );
  expect((await search()).rules).toBeUndefined();

  const published = await run(
    'rules',
    'publish',
    file,
    '--by',
    'Dana',
    '--note',
    'trial',
    '--if-version',
    '0',
  );
  expect([published.code, published.stdout]).toEqual([
    0,
    expect.stringContaining('Version 1 of the rules is current (trial).'),
  ]);
  const after = await search();
  expect([after.hits[0]?.id, after.rules, after.total]).toEqual([second, ['swap'], before.total]);
  const late = await run('rules', 'publish', file, '--if-version', '0');
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('Version 1 of the rules is current')]);

  expect((await run('rules', 'rollback', '0', '--by', 'Eve')).code).toBe(0);
  expect((await search()).hits).toEqual(before.hits);
  expect((await run('rules', 'list')).stdout).toMatch(
    /^\* 2 {2}\S+ {2}Eve {2}no rules\n {2}1 {2}\S+ {2}Dana {2}trial\n$/,
  );
  expect((await run('rules', 'show', '1')).stdout).toBe(text);
  expect((await run('rules', 'show')).stdout).toBe('format: 1\nrules: []\n');
  expect((await run('rules', 'show', '3')).stderr).toContain('There is no version 3 of the rules');
  expect((await run('rules', 'lint', path.join(folder, 'none.yaml'))).stderr).toContain(
    'name a YAML or JSON file of rules',
  );
});
