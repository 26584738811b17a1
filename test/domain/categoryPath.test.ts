import { expect, it } from 'vitest';
import { categoryLevels, joinLevels } from '../../src/domain/categoryPath.js';

it('splits a path into levels whatever its spacing, and joins levels in one form', () => {
  expect(categoryLevels('Apparel > Topwear')).toEqual(['Apparel', 'Topwear']);
  expect(categoryLevels(' Apparel>  Top wear >> ')).toEqual(['Apparel', 'Top wear']);
  expect(categoryLevels(' ')).toEqual([]);
  expect(joinLevels(['Apparel', 'Topwear'])).toBe('Apparel > Topwear');
});
