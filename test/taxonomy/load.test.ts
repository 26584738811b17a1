import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { loadTaxonomy } from '../../src/taxonomy/load.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'taxonomy-'));
});
afterEach(() => rm(dir, { recursive: true }));

const HEAD = `format: 1
version: 2026-11
language: en
owner: us
changelog:
  - { version: 2026-11, date: 2026-11-20, changes: [first] }
`;

async function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return loadTaxonomy(dir);
}

async function refusal(files: Record<string, string>): Promise<string> {
  const error: unknown = await load(files).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error.message.replaceAll(dir, 'DIR');
}

test('concatenates files in name order and applies defaults', async () => {
  const taxonomy = await load({
    'taxonomy.yaml': HEAD,
    'b.yml': 'categories: [{ id: b, name: B, parent: a }]\nattributes:\n',
    'a.yaml':
      'categories: [{ id: a, name: A }]\nattributes: [{ id: x, name: X, type: boolean, true: [yes] }]',
    'empty.yaml': '# nothing yet\n',
    'notes.md': 'not: read',
  });
  expect(taxonomy.categories).toEqual([
    { id: 'a', name: 'A', parent: null, aliases: [], attributes: [], required: [] },
    { id: 'b', name: 'B', parent: 'a', aliases: [], attributes: [], required: [] },
  ]);
  expect(taxonomy.attributes).toEqual([
    { id: 'x', name: 'X', aliases: [], multiple: false, type: 'boolean', true: ['yes'], false: [] },
  ]);
  expect(taxonomy.carried).toEqual([]);
});

test('reports file, line, path and expected value of a schema error', async () => {
  const files = {
    'a.yaml': 'attributes: [{ id: x, name: X, type: text }]',
    'b.yaml':
      'attributes:\n  - id: size\n    name: Size\n    type: enum\n    values:\n      - name: S\n      - name: 10\n',
    'taxonomy.yaml': HEAD,
  };
  expect(await refusal(files)).toBe(
    'DIR/b.yaml:7: attributes[0].values[1].name: expected a string, found 10; put it in quotes',
  );
});

test.each([
  [
    'type: enumeration',
    /DIR\/a\.yaml:\d: attributes\[0\]\.type: expected one of enum, number\+unit, boolean, text, found "enumeration"/,
  ],
  ['type: enum', /DIR\/a\.yaml:\d: attributes\[0\]\.values: expected a list, found nothing/],
  ['type: text\n    unit: cm', /DIR\/a\.yaml:\d: attributes\[0\]: unknown key unit/],
])('rejects an attribute with %s', async (rest, message) => {
  expect(
    await refusal({ 'taxonomy.yaml': HEAD, 'a.yaml': `attributes:\n  - id: x\n    name: X\n    ${rest}\n` }),
  ).toMatch(message);
});

test('rejects an unknown format before it validates the rest', async () => {
  expect(await refusal({ 'taxonomy.yaml': HEAD.replace('format: 1', 'format: 2\nnew: thing') })).toBe(
    'DIR/taxonomy.yaml has taxonomy format 2, but this version of Shelfwright reads format 1: update Shelfwright, or rewrite the taxonomy in format 1',
  );
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    'a missing key',
    { 'taxonomy.yaml': HEAD.replace('owner: us\n', '') },
    /^DIR: owner is missing.*taxonomy\.yaml/,
  ],
  ['a missing format', { 'taxonomy.yaml': HEAD.replace('format: 1\n', '') }, /^DIR: format is missing/],
  [
    'an unknown key',
    { 'taxonomy.yaml': `${HEAD}colour: red` },
    /^DIR\/taxonomy\.yaml: unknown key colour; the known keys are format, version/,
  ],
  [
    'a key in two files',
    { 'taxonomy.yaml': HEAD, 'z.yaml': 'owner: me' },
    /^DIR\/z\.yaml: owner is already defined in DIR\/taxonomy\.yaml/,
  ],
  [
    'an object instead of a list',
    { 'taxonomy.yaml': `${HEAD}categories: { id: a }` },
    /^DIR\/taxonomy\.yaml: categories: expected a list, found an object with id/,
  ],
  [
    'a file without keys',
    { 'taxonomy.yaml': HEAD, 'z.yaml': '- a' },
    /^DIR\/z\.yaml: expected keys such as format.*found a list of 1/,
  ],
  [
    'invalid YAML',
    { 'taxonomy.yaml': HEAD, 'z.yaml': 'a: [' },
    /^DIR\/z\.yaml, line 1: not readable YAML: .*correct it/,
  ],
  ['a folder without files', {}, /^found no \.yaml or \.yml file in DIR/],
  [
    'several errors',
    { 'taxonomy.yaml': `${HEAD}categories: [{ id: a }, { id: b }]` },
    /categories\[0\]\.name: .*\(and 1 more\)$/,
  ],
])('rejects %s', async (_, files, message) => {
  expect(await refusal(files)).toMatch(message);
});

test('rejects a missing folder with a sentence', async () => {
  await expect(loadTaxonomy(join(dir, 'gone'))).rejects.toThrow(
    /^cannot read the taxonomy folder .*name a folder/,
  );
});
