import { expect, test } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { ColumnNotation } from '../../src/enrich/columnNotation.js';
import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: '1',
    language: 'en',
    owner: 'Test',
    changelog: [{ version: '1', date: '2026-01-01', changes: ['First.'] }],
    attributes: [{ id: 'load', name: 'Load', type: 'number+unit', unit: 'kg' }],
  }),
);

function written(cells: readonly string[], value: string, quote: string): unknown {
  const notation = new ColumnNotation(view);
  for (const [i, load] of cells.entries()) notation.observe({ id: `${i}`, attributes: { load } });
  const fact: Fact = {
    ...{ field: 'attributes.load', value, status: 'applied', confidence: 1, source: 'model' },
    ...{ method: 'measure', evidence: { field: 'title', start: 0, end: quote.length, quote } },
  };
  return notation.apply(fact).written;
}

test.each([
  ['as the same measure is written', ['400g', '400g', '0.4 kg', '2 kg'], '0.4 kg', '400 g', '400g'],
  [
    'in the unit of the text, joined as the column joins it',
    ['250g', '700g', '2 kg'],
    '0.35 kg',
    '350 g',
    '350g',
  ],
  [
    'in the unit of the column, whatever the text says',
    ['250g', '700g', '90g'],
    '0.35 kg',
    '0.35 kg',
    '350g',
  ],
  ["with the shop's word for the unit", ['250 grams', '700 grams'], '0.35 kg', '350g', '350 grams'],
  ['as the taxonomy writes it if the column does too', ['1 kg', '2 kg'], '0.35 kg', '350g', undefined],
  [
    'as the taxonomy writes it if the number would be rounded',
    ['1 lb', '2 lb'],
    '0.35 kg',
    '350g',
    undefined,
  ],
  ['as the taxonomy writes it if the column has no measure', ['heavy', ''], '0.35 kg', '350g', undefined],
])('a filled measure is written %s', (_, cells, value, quote, expected) => {
  expect(written(cells, value, quote)).toBe(expected);
});
