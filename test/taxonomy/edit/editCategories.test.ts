import { expect, it } from 'vitest';
import { draftVersion } from '../../../src/taxonomy/edit/draftVersion.js';
import type { Edit } from '../../../src/taxonomy/edit/editTaxonomy.js';
import { editTaxonomy } from '../../../src/taxonomy/edit/editTaxonomy.js';
import { TouchCounter } from '../../../src/taxonomy/edit/touchCounter.js';
import { lintTaxonomy } from '../../../src/taxonomy/lint/lint.js';
import { lintMigration } from '../../../src/taxonomy/migrate/lintMigration.js';
import { type Taxonomy, taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const START: Taxonomy = taxonomySchema.parse({
  format: 1,
  version: '1',
  language: 'en',
  owner: 'Kim',
  changelog: [{ version: '1', date: '2026-01-01', changes: ['Started.'] }],
  carried: ['color', 'weight'],
  attributes: [
    {
      id: 'color',
      name: 'Color',
      type: 'enum',
      values: [{ name: 'Red', aliases: ['Crimson'] }, { name: 'Blue' }],
    },
    { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg', min: 0, max: 2 },
  ],
  categories: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'mugs', name: 'Mugs', parent: 'kitchen' },
    { id: 'tall', name: 'Tall mugs', parent: 'mugs' },
    { id: 'living', name: 'Living' },
  ],
});
const edited = (...edits: Edit[]) => edits.reduce(editTaxonomy, START);
const pathOf = (taxonomy: Taxonomy, id: string) => viewTaxonomy(taxonomy).path(id);

it('adds categories with ids of their own, and moves them with all below', () => {
  const next = edited(
    { kind: 'add-category', name: 'Mugs', parent: 'living' },
    { kind: 'add-category', name: 'Für Kinder', parent: 'mugs-2' },
    { kind: 'move-category', category: 'mugs', parent: null },
  );
  expect(pathOf(next, 'mugs-2')).toBe('Living > Mugs');
  expect(next.categories.at(-1)).toMatchObject({ name: 'Für Kinder', parent: 'mugs-2' });
  expect(pathOf(next, 'tall')).toBe('Mugs > Tall mugs');
  expect(lintTaxonomy(next).filter(({ severity }) => severity === 'error')).toEqual([]);
});

it.each<[Edit, RegExp, string]>([
  [{ kind: 'add-category', name: 'Mugs > Tall', parent: null }, /contains ">"/, 'name'],
  [{ kind: 'add-category', name: 'MUGS', parent: 'kitchen' }, /category Mugs in the same place/, 'name'],
  [{ kind: 'add-category', name: 'Cups', parent: 'nowhere' }, /no category nowhere/, 'parent'],
  [{ kind: 'rename-category', category: 'mugs', to: 'A > B' }, /contains ">"/, 'to'],
  [{ kind: 'rename-category', category: 'living', to: 'kitchen' }, /category Kitchen in the same/, 'to'],
  [{ kind: 'category-aliases', category: 'mugs', aliases: ['Cups', '>'] }, /contains ">"/, 'aliases'],
  [{ kind: 'move-category', category: 'kitchen', parent: 'tall' }, /below itself/, 'parent'],
  [{ kind: 'move-category', category: 'mugs', parent: 'mugs' }, /below itself/, 'parent'],
  [{ kind: 'attribute-type', attribute: 'color', type: 'text', unit: 'kg' }, /Only a number/, 'unit'],
  [{ kind: 'attribute-type', attribute: 'weight', type: 'number+unit', unit: 'kg' }, /already/, 'type'],
])('refuses %j at its field', (edit, message, field) => {
  expect(() => edited(edit)).toThrow(message);
  expect(() => edited(edit)).toThrow(expect.objectContaining({ field }));
});

it('changes the unit with the limits, and the type without what is of the old one', () => {
  const [, grams] = edited({
    kind: 'attribute-type',
    attribute: 'weight',
    type: 'number+unit',
    unit: 'g',
  }).attributes;
  expect(grams).toMatchObject({ unit: 'g', min: 0, max: 2000 });
  const [text] = edited({ kind: 'attribute-type', attribute: 'color', type: 'text' }).attributes;
  expect(text).toEqual({ id: 'color', name: 'Color', aliases: [], multiple: false, type: 'text' });
});

it('makes versions with a migration that holds', () => {
  const edits: Edit[] = [
    { kind: 'rename-value', attribute: 'color', value: 'Red', to: 'Ruby' },
    { kind: 'attribute-type', attribute: 'color', type: 'text' },
    { kind: 'move-category', category: 'mugs', parent: 'living' },
    { kind: 'add-category', name: 'Bowls', parent: 'kitchen' },
  ];
  const { taxonomy, migration } = draftVersion(START, edits, { version: '2', date: '2026-02-01' });
  expect(lintMigration(migration, taxonomy, START).filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  expect(taxonomy.changelog.at(-1)?.changes).toEqual([
    'color: Red renamed to Ruby.',
    'Attribute color is now any text.',
    'Category mugs moved into living.',
    'Category Bowls added to kitchen.',
  ]);
});

it('counts the products that each edit is about', () => {
  const counter = new TouchCounter(viewTaxonomy(START), [
    { kind: 'move-category', category: 'mugs', parent: 'living' },
    { kind: 'rename-category', category: 'tall', to: 'High mugs' },
    { kind: 'rename-value', attribute: 'color', value: 'Red', to: 'Ruby' },
    { kind: 'add-alias', attribute: 'color', value: 'Ruby', alias: 'Scarlet' },
    { kind: 'add-value', attribute: 'color', value: 'Teal', aliases: ['Petrol'] },
    { kind: 'attribute-type', attribute: 'weight', type: 'text' },
    { kind: 'add-category', name: 'Bowls', parent: null },
  ]);
  const product = (category: string, attributes: Record<string, string | string[]> = {}) =>
    counter.add({ id: 'p', category, attributes });
  product('Kitchen > Mugs', { color: 'crimson' });
  product('Kitchen > Mugs > Tall mugs', { Color: ['Red', 'Crimson'], weight: '1 kg' });
  product('Kitchen', { color: 'petrol', weight: '' });
  product('Elsewhere', { color: 'Scarlet' });
  counter.add({ id: 'bare' });
  expect(counter.counts).toEqual([2, 1, 2, 3, 1, 1, 0]);
});
