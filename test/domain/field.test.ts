import { expect, it } from 'vitest';
import { attributeField, attributeName, fieldValue, withField } from '../../src/domain/field.js';
import { isBlank } from '../../src/domain/isBlank.js';
import type { Product } from '../../src/domain/product.js';

const lamp: Product = {
  id: 'l',
  title: 'Lamp',
  brand: '  ',
  price: 0,
  tags: ['new', 2],
  maker: { name: 'x' },
  mixed: ['a', { b: 1 }],
  attributes: { color: 'Red', dimmable: false, sizes: [], 'a.b': 1 },
};

it('converts attribute names to fields and back', () => {
  expect(attributeName(attributeField('a.b'))).toBe('a.b');
  expect(attributeName('attributes')).toBeUndefined();
  expect(attributeName('title')).toBeUndefined();
});

it.each([
  ['title', 'Lamp'],
  ['price', 0],
  ['tags', ['new', 2]],
  ['attributes.color', 'Red'],
  ['attributes.dimmable', false],
  ['attributes.a.b', 1],
  ['brand', undefined],
  ['attributes.sizes', undefined],
  ['attributes.none', undefined],
  ['none', undefined],
  ['maker', undefined],
  ['mixed', undefined],
])('reads %s as %j', (field, value) => {
  expect(fieldValue(lamp, field)).toEqual(value);
});

it('counts empty values as blank, but not 0 or false', () => {
  for (const blank of [undefined, null, '', ' \t', '\u00a0', [], ['', ' ']])
    expect(isBlank(blank)).toBe(true);
  for (const filled of [0, false, 'x', ['', 'x'], {}]) expect(isBlank(filled)).toBe(false);
});

it('sets a field on a copy', () => {
  const before = structuredClone(lamp);
  expect(withField(lamp, 'brand', 'Acme')).toEqual({ ...lamp, brand: 'Acme' });
  expect(withField(lamp, 'attributes.size', 'S').attributes).toEqual({ ...lamp.attributes, size: 'S' });
  expect(withField({ id: 'x' }, 'attributes.size', ['S'])).toEqual({ id: 'x', attributes: { size: ['S'] } });
  expect(lamp).toEqual(before);
});
