import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { lintMigration } from '../../../src/taxonomy/migrate/lintMigration.js';
import { loadMigration, migrationSchema } from '../../../src/taxonomy/migrate/migration.js';
import type { Taxonomy } from '../../../src/taxonomy/schema.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { draft } from '../draft.js';

const old = draft();
const NEXT = '2027-01';

/** The next version without some categories, attributes and values. */
function next(less: { categories?: string[]; attributes?: string[]; values?: string[] } = {}): Taxonomy {
  return draft({
    version: NEXT,
    categories: old.categories.filter(({ id }) => less.categories?.includes(id) !== true),
    attributes: old.attributes
      .filter(({ id }) => less.attributes?.includes(id) !== true)
      .map((one) =>
        one.type === 'enum'
          ? { ...one, values: one.values.filter(({ name }) => less.values?.includes(name) !== true) }
          : one,
      ),
  });
}

const rules = (steps: Record<string, unknown>, to: Taxonomy, from: Taxonomy | undefined = old): string[] =>
  lintMigration(migrationSchema.parse({ format: 1, from: '2026-11', to: NEXT, ...steps }), to, from).map(
    ({ severity, rule, where }) => `${severity} ${rule} ${where}`,
  );

test.each<[string, Record<string, unknown>, Taxonomy, string[]]>([
  ['no removals and no steps', {}, next(), []],
  ['another target version', { to: '2028' }, next(), ['error migration-version migration.to']],
  [
    'a step for each removal',
    {
      categories: [{ deprecate: 'pocket', replacement: 'watches' }],
      attributes: [{ drop: 'fit' }],
      values: [{ attribute: 'color', merge: ['Red'], to: 'Navy Blue' }],
    },
    next({ categories: ['pocket'], attributes: ['fit'], values: ['Red'] }),
    [],
  ],
  [
    'removals without steps',
    {},
    next({ categories: ['pocket'], attributes: ['fit'], values: ['Red'] }),
    [
      'error removed-without-replacement migration.categories',
      'error removed-without-replacement migration.values',
      'error removed-without-replacement migration.attributes',
    ],
  ],
  [
    'a source that does not exist',
    { categories: [{ drop: 'hats' }] },
    next(),
    ['error unknown-source migration.categories[0]'],
  ],
  [
    'a target that does not exist',
    { categories: [{ rename: 'pocket', to: 'hats' }] },
    next({ categories: ['pocket'] }),
    ['error unknown-target migration.categories[0]'],
  ],
  [
    'a cycle of replacements',
    {
      categories: [
        { rename: 'pocket', to: 'pumps' },
        { deprecate: 'pumps', replacement: 'pocket' },
      ],
    },
    next(),
    ['error replacement-cycle migration.categories[0]', 'error replacement-cycle migration.categories[1]'],
  ],
  [
    'two steps for one source',
    { categories: [{ drop: 'pocket' }, { drop: 'pocket' }] },
    next(),
    ['error decided-twice migration.categories[1]'],
  ],
  [
    'a split without conditions, and conditions with unknown names',
    {
      categories: [
        {
          split: 'watches',
          into: [
            { to: 'pocket' },
            { to: 'pumps', when: { attribute: 'size', is: ['8'] } },
            { to: 'pumps', when: { attribute: 'color', is: ['Green'] } },
            { to: 'shoes', category: ['hats'], words: ['shoe'] },
          ],
        },
      ],
    },
    next(),
    [
      'error split-without-rule migration.categories[0]',
      'error unknown-rule migration.categories[0]',
      'error unknown-rule migration.categories[0]',
      'error unknown-rule migration.categories[0]',
    ],
  ],
  [
    'values of an attribute without a list',
    { values: [{ attribute: 'fit', drop: 'Slim' }] },
    next(),
    ['error unknown-attribute migration.values[0]', 'error unknown-source migration.values[0]'],
  ],
  [
    'a renamed value without its old name as an alias',
    { values: [{ attribute: 'color', rename: 'Red', to: 'Crimson' }] },
    draft({
      version: NEXT,
      attributes: old.attributes.map((one) =>
        one.id === 'color' && one.type === 'enum'
          ? { ...one, values: [one.values[0], { name: 'Crimson' }] }
          : one,
      ),
    }),
    ['warning old-name-not-alias attributes.color.values.Crimson'],
  ],
  [
    'a renamed category without its old name as an alias',
    {},
    {
      ...next(),
      categories: old.categories.map((one) => (one.id === 'pumps' ? { ...one, name: 'Heels' } : one)),
    },
    ['warning old-name-not-alias categories.pumps'],
  ],
])('%s', (_, steps, to, expected) => {
  expect(rules(steps, to)).toEqual(expected);
});

test('checks what it can without the previous version', () => {
  const steps = { categories: [{ drop: 'x' }, { rename: 'pocket', to: 'hats' }] };
  const migration = migrationSchema.parse({ format: 1, from: '2026-11', to: NEXT, ...steps });
  expect(lintMigration(migration, next(), undefined).map(({ rule }) => rule)).toEqual([
    'unknown-target',
    'version-not-at-hand',
  ]);
});

describe('migration.yaml', () => {
  const load = (text: string): ReturnType<typeof loadMigration> => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'migration.yaml'), text);
    return loadMigration(folder);
  };

  it('is optional', async () => {
    expect(await loadMigration(temporaryFolder())).toBeUndefined();
  });

  it.each([
    ['format: 2\nfrom: a\nto: b\n', /migration format 2, but this version of Shelfwright reads format 1/],
    ['format: 1\nfrom: a\n', /migration\.yaml: to: /],
    [
      'format: 1\nfrom: a\nto: b\ncategories:\n  - { drop: x }\n  - { move: x }\n',
      /migration\.yaml:6: categories\.1: expected one of rename/,
    ],
    ['format: [', /not readable YAML/],
  ])('is rejected with file and line', async (text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });
});
