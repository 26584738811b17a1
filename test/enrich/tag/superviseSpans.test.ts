import { expect, test } from 'vitest';
import { readSpans } from '../../../src/enrich/tag/readSpans.js';
import { readSupervised, superviseSpans } from '../../../src/enrich/tag/superviseSpans.js';
import { attributesOf, toyView } from '../toyShop.js';

function found(id: string, title: string, ...values: (string | number)[]): string[][] {
  const product = { id: '1', title };
  const read = readSupervised(product, readSpans(product));
  const attribute = toyView.attribute(id) ?? attributesOf([{ id, name: id, type: 'text' }])[0];
  if (attribute === undefined) throw new Error('no attribute');
  const gold = superviseSpans(read, attribute, values, toyView);
  return values.map((_, place) => read.quotes.filter((_, x) => gold[x] === place));
}

test('a value stands where it is written, inflected, by an alias or as the same measure', () => {
  expect(found('pattern', 'STRIPED shelter, striped inside', 'Striped')).toEqual([['STRIPED', 'striped']]);
  expect(found('for', "Men's kettles", 'Man', 'Kettle')).toEqual([[], ['kettles']]);
  expect(found('color', 'Kettle in navy', 'Navy Blue')).toEqual([['navy']]);
  expect(found('weight', 'Tent 1500 g, 1.5 kg', '1.5 kg')).toEqual([['1500 g', '1.5 kg']]);
});

test('where it does not, the same letters with other marks do, or a word that begins with it', () => {
  expect(found('model', 'Peeler AB-1200-X', 'AB1200X')).toEqual([['AB-1200-X']]);
  expect(found('pattern', 'Printed canopy', 'Print')).toEqual([['Printed']]);
  expect(found('pattern', 'Printed canopy with a print', 'Print')).toEqual([['print']]);
});

test('what does not stand in the text marks nothing', () => {
  expect(found('pattern', 'Plain canopy', 'Print', 'Pl')).toEqual([[], []]);
  expect(found('weight', 'Tent 2 kg', '1.5 kg')).toEqual([[]]);
});
