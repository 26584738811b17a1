import { beforeEach, expect, it } from 'vitest';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { selectFields } from '../../../src/search/present/selectFields.js';
import { indexOf } from '../indexOf.js';

const product = {
  id: 'a',
  title: 'Red dress',
  brand: 'Fernhill',
  price: 30,
  attributes: { color: 'Red', size: 'M' },
  notes: { supplier: 'x' },
  _shelfwright: { facts: [] },
};
let index: LiveIndex;
beforeEach(async () => {
  index = await indexOf([product]);
});
const picked = (...fields: string[]) => selectFields(index, fields).pick(product);

it('selects top-level fields and attributes, and always the id', () => {
  expect(picked('title', 'attributes.color')).toEqual({
    id: 'a',
    title: 'Red dress',
    attributes: { color: 'Red' },
  });
  expect(picked('attributes')).toEqual({ id: 'a', attributes: product.attributes });
  expect(picked('id', 'notes')).toEqual({ id: 'a', notes: { supplier: 'x' } });
  expect(product.attributes).toEqual({ color: 'Red', size: 'M' });
});

it('selects what the enricher noted only by name', () => {
  const { _shelfwright: facts, ...rest } = product;
  expect(picked('*')).toEqual(rest);
  expect(picked('*', '_shelfwright')).toEqual(product);
  expect(picked('_shelfwright')).toEqual({ id: 'a', _shelfwright: facts });
  expect(selectFields(index, undefined).pick(product)).toEqual(product);
});

it('refuses a field that no product has, and suggests one', () => {
  expect(() => picked('titel')).toThrow("fields: no product has the field 'titel'; there is title");
  expect(() => picked('attributes.colour')).toThrow(/there is attributes\.color/);
  expect(() => picked('__proto__')).toThrow(/no product has the field/);
});
