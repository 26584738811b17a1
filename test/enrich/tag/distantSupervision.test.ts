import { expect, test } from 'vitest';
import { labelSpans, readQuotes } from '../../../src/enrich/tag/distantSupervision.js';
import { readSpans } from '../../../src/enrich/tag/readSpans.js';
import { attributesOf, toyView } from '../toyShop.js';

function found(id: string, title: string, ...values: (string | number)[]): string[][] {
  const product = { id: '1', title };
  const read = readQuotes(product, readSpans(product));
  const attribute = toyView.attribute(id) ?? attributesOf([{ id, name: id, type: 'text' }])[0];
  if (attribute === undefined) throw new Error('no attribute');
  const labels = labelSpans(read, attribute, values, toyView);
  return values.map((_, i) => read.quotes.filter((_, x) => labels[x] === i));
}

test('labels a value as written, inflected, by an alias, or as the same measure', () => {
  expect(found('pattern', 'STRIPED shelter, striped inside', 'Striped')).toEqual([['STRIPED', 'striped']]);
  expect(found('for', "Men's kettles", 'Man', 'Kettle')).toEqual([[], ['kettles']]);
  expect(found('color', 'Kettle in navy', 'Navy Blue')).toEqual([['navy']]);
  expect(found('weight', 'Tent 1500 g, 1.5 kg', '1.5 kg')).toEqual([['1500 g', '1.5 kg']]);
});

test('otherwise labels the same letters with other marks, or a word that begins with the value', () => {
  expect(found('model', 'Peeler AB-1200-X', 'AB1200X')).toEqual([['AB-1200-X']]);
  expect(found('pattern', 'Printed canopy', 'Print')).toEqual([['Printed']]);
  expect(found('pattern', 'Printed canopy with a print', 'Print')).toEqual([['print']]);
});

test('labels nothing for a value that is not in the text', () => {
  expect(found('pattern', 'Plain canopy', 'Print', 'Pl')).toEqual([[], []]);
  expect(found('weight', 'Tent 2 kg', '1.5 kg')).toEqual([[]]);
});
