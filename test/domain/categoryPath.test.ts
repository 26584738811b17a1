import { expect, it } from 'vitest';
import { categoryLevels, joinLevels, otherCategories } from '../../src/domain/categoryPath.js';

it('splits a path into levels whatever its spacing, and joins levels in one form', () => {
  expect(categoryLevels('Apparel > Topwear')).toEqual(['Apparel', 'Topwear']);
  expect(categoryLevels(' Apparel>  Top wear >> ')).toEqual(['Apparel', 'Top wear']);
  expect(categoryLevels(' ')).toEqual([]);
  expect(joinLevels(['Apparel', 'Topwear'])).toBe('Apparel > Topwear');
});

it('knows the other categories of a product that has several', () => {
  const categories = ['Wear > Hats', 'Sale', 4, ' '];
  expect(otherCategories({ category: 'Wear>Hats', categories })).toEqual(['Sale']);
  expect(otherCategories({ category: 'Wear > Caps', categories })).toEqual([]);
  expect(otherCategories({ categories })).toEqual([]);
  expect(otherCategories({ category: 'Sale', categories: 'Sale' })).toEqual([]);
});
