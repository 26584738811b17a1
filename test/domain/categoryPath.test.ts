import { expect, it } from 'vitest';
import { categoryLevels, joinLevels } from '../../src/domain/categoryPath.js';

it('parts a path into levels however it is spaced, and joins them in one way', () => {
  expect(categoryLevels('Apparel > Topwear')).toEqual(['Apparel', 'Topwear']);
  expect(categoryLevels(' Apparel>  Top wear >> ')).toEqual(['Apparel', 'Top wear']);
  expect(categoryLevels(' ')).toEqual([]);
  expect(joinLevels(['Apparel', 'Topwear'])).toBe('Apparel > Topwear');
});
