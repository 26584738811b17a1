import { expect, test } from 'vitest';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { draft } from '../draft.js';

const rules = (changes: Record<string, unknown>): string[] =>
  lintTaxonomy(draft(changes)).map(({ severity, rule, where }) => `${severity} ${rule} ${where}`);

const category = (id: string, more: Record<string, unknown> = {}) => ({ id, name: id, ...more });
const text = (id: string, more: Record<string, unknown> = {}) => ({ id, name: id, type: 'text', ...more });
const list = (...values: unknown[]) => [{ id: 'color', name: 'Colour', type: 'enum', values }];
const bare = { categories: [] };

test('a valid taxonomy has no findings', () => {
  expect(lintTaxonomy(draft())).toEqual([]);
});

test('messages say what to do', () => {
  expect(lintTaxonomy(draft({ carried: ['color', 'size'] }))).toEqual([
    {
      severity: 'error',
      rule: 'unknown-attribute',
      where: 'carried',
      message: 'the attribute size does not exist; define it, or remove it here',
    },
  ]);
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['a version older than the changelog', { version: '2026-10' }, ['error version-without-entry version']],
  ['a blank owner', { owner: '  ' }, ['error no-owner owner']],
  ['an unassigned owner', { owner: 'Unassigned: say who' }, ['warning unassigned-owner owner']],
  ['a placeholder as the owner', { owner: 'n/a' }, ['warning unassigned-owner owner']],
  [
    'placeholders as values and names',
    {
      attributes: list({ name: 'Red', aliases: ['#N/A'] }, { name: 'N/A' }, { name: 'None' }),
      categories: [category('a', { name: 'unknown', attributes: ['color'] })],
      carried: [],
    },
    [
      'warning placeholder categories.a',
      'warning placeholder attributes.color.values.Red',
      'warning placeholder attributes.color.values.N/A',
    ],
  ],
  ['a version without an entry', { version: '2027' }, ['error version-without-entry version']],
  [
    'a text instead of a date',
    { changelog: [{ version: '2026-11', date: 'last week', changes: ['x'] }] },
    ['error changelog-date changelog[0]'],
  ],
  [
    'a date that does not exist',
    { changelog: [{ version: '2026-11', date: '2026-02-30', changes: ['x'] }] },
    ['error changelog-date changelog[0]'],
  ],
  [
    'an unknown parent',
    { categories: [category('a', { parent: 'b', attributes: ['heel', 'waterproof', 'fit'] })] },
    ['error unknown-parent categories.a'],
  ],
  [
    'a cycle, reported once',
    {
      categories: [
        category('a', { parent: 'c', attributes: ['heel', 'waterproof', 'fit'] }),
        category('b', { parent: 'a' }),
        category('c', { parent: 'b' }),
        category('d', { parent: 'c' }),
      ],
    },
    ['error category-cycle categories.a'],
  ],
  [
    'two categories with the same id',
    {
      categories: [category('a', { attributes: ['heel', 'waterproof', 'fit'] }), { id: 'a', name: 'other' }],
    },
    ['error duplicate-category-id categories.a'],
  ],
  [
    'siblings with the same normalised name',
    {
      categories: [
        category('a', { name: 'T-Shirts', attributes: ['heel', 'waterproof', 'fit'] }),
        category('b', { name: 't shirts' }),
        category('c', { name: 'T-Shirts', parent: 'a' }),
      ],
    },
    ['error duplicate-sibling-name categories.b'],
  ],
  [
    'a name that contains a path separator',
    { categories: [category('a', { name: 'A > B', attributes: ['heel', 'waterproof', 'fit'] })] },
    ['error category-name categories.a'],
  ],
  [
    "an alias that is another category's name",
    {
      categories: [
        category('a', { aliases: ['B'], attributes: ['heel', 'waterproof', 'fit'] }),
        category('b'),
      ],
    },
    ['error ambiguous-category-alias categories.a'],
  ],
  [
    'an alias of two categories',
    {
      categories: [
        category('a', { aliases: ['tees'], attributes: ['heel', 'waterproof', 'fit'] }),
        category('b', { aliases: ['Tees'] }),
      ],
    },
    ['error ambiguous-category-alias categories.b'],
  ],
  [
    'no finding for an alias of two categories with the same name',
    {
      categories: [
        category('men', { attributes: ['heel', 'waterproof', 'fit'] }),
        category('women'),
        category('a', { name: 'T-Shirts', parent: 'men', aliases: ['tees'] }),
        category('b', { name: 'T-Shirts', parent: 'women', aliases: ['tees'] }),
      ],
    },
    [],
  ],
  [
    'a repeated alias',
    { categories: [category('a', { aliases: ['x', 'X'], attributes: ['heel', 'waterproof', 'fit'] })] },
    ['warning repeated-alias categories.a'],
  ],
  [
    'two attributes with the same id',
    { carried: ['a'], attributes: [text('a'), text('a', { name: 'other' })], ...bare },
    ['error duplicate-attribute-id attributes.a'],
  ],
  [
    'a blank attribute name',
    { carried: ['a'], attributes: [text('a', { name: ' ' })], ...bare },
    ['error attribute-name attributes.a'],
  ],
  ['an enum without values', { attributes: list(), ...bare }, ['error enum-without-values attributes.color']],
  [
    'values with the same normalised name',
    { attributes: list({ name: 'Off-White' }, { name: 'off white' }), ...bare },
    ['error duplicate-value attributes.color.values.off white'],
  ],
  [
    'a value listed twice',
    { attributes: list({ name: 'Red' }, { name: 'Red' }), ...bare },
    ['error duplicate-value attributes.color.values.Red'],
  ],
  [
    'an alias of two values',
    { attributes: list({ name: 'Red', aliases: ['wine'] }, { name: 'Purple', aliases: ['Wine'] }), ...bare },
    ['error ambiguous-value-alias attributes.color.values.Purple'],
  ],
  [
    'an alias that is another value',
    { attributes: list({ name: 'Navy', aliases: ['blue'] }, { name: 'Blue' }), ...bare },
    ['error ambiguous-value-alias attributes.color.values.Navy'],
  ],
  [
    'the same spelling of a value as its alias, but not another spelling',
    { attributes: list({ name: 'Red', aliases: ['RED', 'Red'] }), ...bare },
    ['warning repeated-alias attributes.color.values.Red'],
  ],
  ['a blank value', { attributes: list({ name: ' ' }), ...bare }, ['error blank-value attributes.color']],
  [
    'an unknown unit',
    { carried: ['a'], attributes: [text('a', { type: 'number+unit', unit: 'furlong' })], ...bare },
    ['error unknown-unit attributes.a'],
  ],
  [
    'a minimum greater than the maximum',
    { carried: ['a'], attributes: [text('a', { type: 'number+unit', min: 2, max: 1 })], ...bare },
    ['error min-above-max attributes.a'],
  ],
  [
    'a word that means both true and false',
    { carried: ['a'], attributes: [text('a', { type: 'boolean', true: ['Dry'], false: ['dry'] })], ...bare },
    ['error word-says-both attributes.a'],
  ],
  [
    'ids that do not exist',
    {
      carried: ['color'],
      attributes: list({ name: 'Red' }),
      categories: [category('a', { attributes: ['x'], required: ['y'] })],
    },
    ['error unknown-attribute categories.a.attributes', 'error unknown-attribute categories.a.required'],
  ],
  [
    'an attribute that is required but not carried',
    {
      categories: [
        category('a', { required: ['heel'] }),
        category('b', { attributes: ['heel', 'waterproof', 'fit'] }),
      ],
    },
    ['error required-not-carried categories.a.required'],
  ],
  [
    'an attribute that no category carries',
    { carried: [], attributes: list({ name: 'Red' }), ...bare },
    ['warning attribute-not-carried attributes.color'],
  ],
  [
    'a name shared by attributes of one category',
    {
      carried: ['a', 'b'],
      attributes: [text('a', { name: 'Size' }), text('b', { aliases: ['size'] })],
      ...bare,
    },
    ['error ambiguous-attribute-name attributes.b'],
  ],
  [
    'a name shared by attributes of different categories',
    {
      carried: [],
      attributes: [text('a', { name: 'Size' }), text('b', { name: 'size' })],
      categories: [category('x', { attributes: ['a'] }), category('y', { attributes: ['b'] })],
    },
    ['warning ambiguous-attribute-name attributes.b'],
  ],
])('%s', (_, changes, expected) => {
  expect(rules(changes)).toEqual(expected);
});
