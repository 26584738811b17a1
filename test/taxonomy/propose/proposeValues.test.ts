import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { proposeValues } from '../../../src/taxonomy/propose/proposeValues.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { draft } from '../draft.js';

const view = viewTaxonomy(draft());
const rows = (...cells: (string | string[])[]): Product[] =>
  cells.map((color, index) => ({ id: `p${index}`, attributes: { Farbe: color, fit: 'slim', color: '' } }));

test('proposes frequent unlisted values, the most frequent first, with the most similar listed value', async () => {
  const proposals = await proposeValues(
    rows(
      'Navy',
      'navy',
      'Navy',
      ['Teal', 'Red'],
      'teal',
      'TEAL',
      'Teal',
      'Once',
      'marine',
      'red',
      'Red / Navy-Blue',
      'Teal',
    ),
    view,
  );
  expect(proposals).toEqual([
    {
      attribute: 'color',
      value: 'Teal',
      count: 5,
      examples: ['p3', 'p4', 'p5', 'p6', 'p11'],
      nearest: undefined,
    },
    {
      attribute: 'color',
      value: 'Navy',
      count: 3,
      examples: ['p0', 'p1', 'p2'],
      nearest: { value: 'Navy Blue', similarity: 0.667 },
    },
  ]);
});

test('counts a product once, and omits values below the minimum', async () => {
  expect(await proposeValues(rows(['Teal', 'teal'], 'Teal'), view)).toEqual([]);
  expect(await proposeValues(rows(['Teal', 'teal'], 'Teal'), view, { min: 2 })).toMatchObject([
    { value: 'Teal', count: 2 },
  ]);
});
