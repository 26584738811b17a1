import { expect, it } from 'vitest';
import { rereadValue } from '../../../src/taxonomy/migrate/rereadValue.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'test',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'test', date: '2026-01-01', changes: ['made'] }],
    categories: [],
    attributes: [
      { id: 'color', name: 'Colour', type: 'enum', values: [{ name: 'Navy', aliases: ['NVY'] }] },
      { id: 'series', name: 'Series', type: 'enum', open: true, values: [{ name: 'Alpha' }] },
      { id: 'reach', name: 'Reach', type: 'number+unit', unit: 'cm', max: 100 },
      { id: 'lined', name: 'Lined', type: 'boolean', true: ['with lining'] },
      { id: 'note', name: 'Note', type: 'text' },
    ],
  }),
);

it.each([
  ['color', 'nvy', 'Navy'],
  ['color', 'Mint', undefined],
  ['series', 'alpha', 'Alpha'],
  ['series', 'Beta', 'Beta'],
  ['reach', '400 mm', '40 cm'],
  ['reach', '2 m', undefined],
  ['reach', '40', undefined],
  ['lined', 'With lining', true],
  ['lined', 'maybe', undefined],
  ['note', 7, '7'],
])('%s converts %s to %s', (id, value, expected) => {
  const attribute = view.attribute(id);
  if (attribute === undefined) throw new Error(`no attribute ${id}`);
  expect(rereadValue(value, attribute, view)).toBe(expected);
});
