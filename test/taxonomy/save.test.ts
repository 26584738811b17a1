import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { loadTaxonomy } from '../../src/taxonomy/load.js';
import { saveTaxonomy } from '../../src/taxonomy/save.js';
import { type Attribute, taxonomySchema } from '../../src/taxonomy/schema.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { draft } from './draft.js';

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});

test('writes three files, which load as the same taxonomy', async () => {
  const taxonomy = draft();
  await saveTaxonomy(taxonomy, join(dir, 'new', '2026-11'));
  expect((await readdir(join(dir, 'new', '2026-11'))).sort()).toEqual([
    'attributes.yaml',
    'categories.yaml',
    'taxonomy.yaml',
  ]);
  expect(await loadTaxonomy(join(dir, 'new', '2026-11'))).toEqual(taxonomy);
});

test('rejects a file in place of the folder', async () => {
  const file = join(dir, 'note.txt');
  await writeFile(file, 'mine');
  await expect(saveTaxonomy(draft(), file)).rejects.toThrow(UserError);
  await expect(saveTaxonomy(draft(), file)).rejects.toThrow(`${file} is a file: name a new or empty folder`);
  await expect(saveTaxonomy(draft(), join(file, 'deep'))).rejects.toThrow(/deep cannot be written \(ENOTDIR/);
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test('omits default values', async () => {
  await saveTaxonomy(draft({ carried: [], attributes: [], categories: [{ id: 'a', name: 'A' }] }), dir);
  expect(await readFile(join(dir, 'categories.yaml'), 'utf8')).toBe('categories:\n  - id: a\n    name: A\n');
});

test('replaces its own files, and rejects a folder with another YAML file', async () => {
  await saveTaxonomy(draft(), dir);
  await saveTaxonomy(draft({ owner: 'someone else' }), dir);
  expect((await loadTaxonomy(dir)).owner).toBe('someone else');
  await writeFile(join(dir, 'old.yml'), '');
  await expect(saveTaxonomy(draft(), dir)).rejects.toThrow(/already contains old\.yml.*empty folder/);
});

const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1',
    '1.0',
    '2026-11-21',
    '0x1F',
    ' a ',
    '- b',
    'c: d',
    '# e',
    "'",
    '"',
    '…\n\n ',
    '\u0085',
    '<<',
    '*a',
    '&b',
  ),
);
const base = { id: text, name: text, aliases: fc.array(text, { maxLength: 2 }), multiple: fc.boolean() };
const some = { requiredKeys: [] };
const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  fc.record({
    ...base,
    type: fc.constant('enum' as const),
    values: fc.array(fc.record({ name: text, aliases: fc.array(text, { maxLength: 2 }) }), { maxLength: 3 }),
  }),
  fc
    .tuple(
      fc.record({ ...base, type: fc.constant('number+unit' as const) }),
      fc.record(
        {
          unit: text,
          joined: fc.boolean(),
          min: fc.double({ noNaN: true, noDefaultInfinity: true }),
          max: fc.integer(),
        },
        some,
      ),
    )
    .map(([head, more]) => ({ ...head, ...more })),
  fc.record({
    ...base,
    type: fc.constant('boolean' as const),
    true: fc.array(text, { maxLength: 2 }),
    false: fc.array(text, { maxLength: 2 }),
  }),
  fc.record({ ...base, type: fc.constant('text' as const) }),
);

test('round-trips any taxonomy', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(attribute, { maxLength: 4 }),
      fc.array(text, { maxLength: 4 }),
      text,
      async (attributes, names, owner) => {
        const categories = names.map((name) => ({
          id: name,
          name,
          parent: name,
          aliases: [name],
          attributes: [name],
          required: [],
        }));
        const taxonomy = taxonomySchema.parse(
          draft({ attributes, categories, owner: `${owner} x`, carried: names }),
        );
        await saveTaxonomy(taxonomy, dir);
        expect(await loadTaxonomy(dir)).toEqual(taxonomy);
      },
    ),
    { numRuns: 60 },
  );
});
