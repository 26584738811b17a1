import { expect, it } from 'vitest';
import {
  type ClosedAttribute,
  supportedValue,
  supportedValues,
} from '../../../src/formats/feed/googleValues.js';

it.each<[ClosedAttribute, string, string | undefined]>([
  ['availability', 'In Stock', 'in_stock'],
  ['availability', 'https://schema.org/OutOfStock', 'out_of_stock'],
  ['availability', 'PRE-ORDER', 'preorder'],
  ['availability', 'maybe', undefined],
  ['condition', 'Pre-owned', 'used'],
  ['condition', 'http://schema.org/NewCondition', 'new'],
  ['gender', 'Women’s', 'female'],
  ['gender', 'all', 'unisex'],
  ['age_group', 'Babies', 'infant'],
  ['age_group', 'male', undefined],
  ['gender', '', undefined],
])('%s: %j means %j', (attribute, word, value) => {
  expect(supportedValue(attribute, word)).toBe(value);
});

it('lists the supported values, and understands each of them', () => {
  expect(supportedValues('availability')).toEqual(['in_stock', 'out_of_stock', 'preorder', 'backorder']);
  for (const attribute of ['availability', 'condition', 'gender', 'age_group'] as const)
    for (const value of supportedValues(attribute)) expect(supportedValue(attribute, value)).toBe(value);
});
