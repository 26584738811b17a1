import { expect, test } from 'vitest';
import type { AttributeValue } from '../../../src/domain/product.js';
import { canonicalValue, readLabels, sameValue } from '../../../src/enrich/features/labels.js';
import { toyView } from '../toyShop.js';

function canonical(id: string, cell: AttributeValue): AttributeValue | undefined {
  const attribute = toyView.attribute(id);
  if (attribute === undefined) throw new Error(`no attribute ${id}`);
  return canonicalValue(attribute, cell, toyView);
}

test('cells are read in canonical form', () => {
  expect(canonical('color', 'NAVY')).toBe('Navy Blue');
  expect(canonical('weight', '500g')).toBe('0.5 kg');
  expect(canonical('weight', 2)).toBe('2 kg');
  expect(canonical('waterproof', 'Yes')).toBe(true);
  expect(canonical('color', ['Red'])).toBe('Red');
});

test('invalid cells give no label', () => {
  expect(canonical('color', 'Extra Large')).toBeUndefined();
  expect(canonical('weight', '3 litres')).toBeUndefined();
  expect(canonical('weight', true)).toBeUndefined();
  expect(canonical('waterproof', 'maybe')).toBeUndefined();
});

test('only attributes that the category carries are labels', () => {
  const attributes = { waterproof: true, Colour: 'red', unheard: 'of' };
  const tent = readLabels({ id: '1', category: 'Outdoor > Tents', attributes }, toyView);
  expect(tent).toEqual({
    category: 'tents',
    explicitlyEmpty: new Set(),
    values: new Map<string, AttributeValue>([
      ['color', 'Red'],
      ['waterproof', true],
    ]),
  });
  const kettle = readLabels({ id: '2', category: 'kettles', attributes }, toyView);
  expect(kettle.values.has('waterproof')).toBe(false);
  expect(readLabels({ id: '3', category: 'Elsewhere' }, toyView).category).toBeUndefined();
});

test('measures are equal within half a percent, lists in any order', () => {
  const weight = toyView.attribute('weight');
  const color = toyView.attribute('color');
  if (weight === undefined || color === undefined) throw new Error('toy attributes are missing');
  expect(sameValue(weight, '1 kg', '1.004 kg')).toBe(true);
  expect(sameValue(weight, '1 kg', '1.1 kg')).toBe(false);
  expect(sameValue(color, ['Red', 'Blue'], ['Blue', 'Red'])).toBe(true);
  expect(sameValue(color, ['Red', 'Blue'], 'Red')).toBe(false);
});

test('words are equal in any case and with any joining marks', () => {
  const color = toyView.attribute('color');
  if (color === undefined) throw new Error('toy attributes are missing');
  expect(sameValue(color, 'NAVY-BLUE', 'Navy Blue')).toBe(true);
  expect(sameValue(color, ['Red', 'NAVY BLUE'], ['navy blue', 'red'])).toBe(true);
  expect(sameValue(color, 'Navy Blue', 'Navy')).toBe(false);
});
