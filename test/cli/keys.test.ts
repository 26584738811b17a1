import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

test('keys can be created, listed without their secret, and revoked', async () => {
  const data = path.join(temporaryFolder(), 'data');
  const keys = (...args: string[]) => runInProcess(['keys', ...args, '--data', data]);
  expect((await keys()).stdout).toMatch(/No key yet/);
  const made = JSON.parse((await keys('create', '--scope', 'write', '--name', 'till', '--json')).stdout);
  expect(made).toMatchObject({ scope: 'write', name: 'till', filter: null });
  expect(made.key).toMatch(/^sw_[0-9a-f]{12}_[\w-]{43}$/);
  const listed = (await keys('list')).stdout;
  expect(listed).toContain(`${made.id}  write  till`);
  expect(listed).not.toContain(made.key.slice(-43));
  expect((await keys('create', '--scope', 'everything')).code).toBe(2);
  const odd = await keys('create', '--filter', 'price <');
  expect(odd.code).toBe(2);
  expect(odd.stderr).toMatch(/filter, character/);
  expect((await keys('revoke', made.id)).stdout).toMatch(/is revoked\.\n.*last valid key.*keys reopen/);
  expect((await keys('list')).stdout).toMatch(/revoked 20/);
  expect((await keys('revoke', made.id)).code).toBe(1);
  const status = async () => (await runInProcess(['status', '--data', data])).stdout;
  expect(await status()).toMatch(/^keys +none valid, and one is required/m);
  expect((await keys('reopen')).stdout).toMatch(/^1 revoked keys deleted/);
  expect(await status()).toMatch(/^keys +none: loopback only$/m);
});

test('a filter on a field that no product has is refused, with the nearest fields', async () => {
  const data = path.join(temporaryFolder(), 'data');
  const rows = '{"id":"a","title":"Lamp","availability":"in stock","attributes":{"colour":"red"}}\n';
  await runInProcess(['import', fileOf('.jsonl', rows), '--data', data]);
  const create = (filter: string) => runInProcess(['keys', 'create', '--filter', filter, '--data', data]);
  const refused = await create("availabilty != 'out of stock'");
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(
      /^shelfwright: filter: no product has the field 'availabilty'; there is availability/,
    ),
  ]);
  expect((await create("availability = 'in stock' AND NOT attributes.colour = 'blue'")).code).toBe(0);
});

test('a mistyped folder is not an empty store', async () => {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  for (const command of [
    ['backup', path.join(folder, 'backup')],
    ['reindex'],
    ['keys', 'revoke', 'a'],
    ['jobs', 'cancel', '1'],
    ['review', 'undo', '1'],
  ]) {
    const { code, stderr } = await runInProcess([...command, '--data', data]);
    expect([command, code, stderr]).toEqual([
      command,
      1,
      `shelfwright: There is no store in ${data}: name its folder with --data, or run shelfwright import <file> first.\n`,
    ]);
  }
  expect(readdirSync(folder)).toEqual([]);
  const { stderr } = await runShelfwright(['keys', 'create', '--data', data]);
  expect(stderr).toBe(`There was no store in ${data}: a new one was created.\n`);
});
