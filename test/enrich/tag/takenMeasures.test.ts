import { expect, test } from 'vitest';
import { labelSpans, readQuotes } from '../../../src/enrich/tag/distantSupervision.js';
import { readSpans } from '../../../src/enrich/tag/readSpans.js';
import { takenMeasures } from '../../../src/enrich/tag/takenMeasures.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'sides-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'sides-1', date: '2026-11-30', changes: ['first'] }],
    carried: ['width', 'height', 'weight', 'shelves'],
    attributes: [
      { id: 'width', name: 'Width', type: 'number+unit', unit: 'cm' },
      { id: 'height', name: 'Height', type: 'number+unit', unit: 'cm' },
      { id: 'weight', name: 'Weight', type: 'number+unit', unit: 'kg' },
      { id: 'shelves', name: 'Shelves', type: 'number+unit' },
    ],
  }),
);

/** Ids of the attributes that the text of a row with these values cannot tell. */
function taken(title: string, values: Readonly<Record<string, string>>): string[] {
  const product = { id: 'p', title };
  const text = readSpans(product);
  const quotes = readQuotes(product, text);
  const cells = Object.entries(values).flatMap(([id, value]) => {
    const attribute = view.attribute(id);
    return attribute === undefined
      ? []
      : [{ attribute, spanLabels: labelSpans(quotes, attribute, [value], view) }];
  });
  return takenMeasures(product, text, cells, view.carried(undefined)).map(({ id }) => id);
}

test('a number that is the value of one attribute tells nothing of another', () => {
  expect(taken('Side table 55 cm walnut', { width: '55 cm' })).toEqual(['height']);
  expect(taken('Side table 0.55 m walnut', { width: '55 cm' })).toEqual(['height']);
});

test('a text with another number of the unit, or with none, may tell it', () => {
  expect(taken('Side table 55 cm, 48 cm high', { width: '55 cm' })).toEqual([]);
  expect(taken('Side table walnut', { width: '55 cm' })).toEqual([]);
  expect(taken('Side table 55 cm walnut', {})).toEqual([]);
  expect(taken('Side table 55 cm walnut', { width: '55 cm', height: '55 cm' })).toEqual([]);
});
