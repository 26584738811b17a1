import { expect, it } from 'vitest';
import { nearestName } from '../../src/taxonomy/nearestName.js';

it.each([
  ['blakc', 'Black'],
  ['nvy blue', 'Navy Blue'],
  ['NAVY-BLUE', 'Navy Blue'],
  ['dreses', 'Apparel > Dresses'],
])('%s is nearest to %s', (text, name) => {
  expect(nearestName(text, ['Red', 'Black', 'Navy', 'Navy Blue', 'Apparel > Dresses', 'Apparel'])).toBe(name);
});

it('knows none where there is none, and takes the first of equals', () => {
  expect(nearestName('red', [])).toBeUndefined();
  expect(nearestName('xyz', ['abc', 'def'])).toBe('abc');
});
