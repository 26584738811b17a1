import { expect, test } from 'vitest';
import { source } from './source.js';

interface Shape {
  readonly words: string;
  readonly paths: readonly unknown[];
}
const { shapeOf }: { shapeOf(category: string): Shape } = await source('storefront/drawings/shapeOf.ts');

test.each([
  ['Clothing > Jackets > Denim jackets', 'jacket'],
  ['Clothing > T-Shirts', 'tshirt'],
  ['Clothing > Baby clothing', 'clothing'],
  ['Camping > Sleeping bags', 'tent'],
  ['Luggage > Bags', 'bag'],
  ['Kitchen > Knives & more > Cups with lids', 'cup'],
  ['Computers > Notebooks', 'laptop'],
  ['Office > Stationery > Notebooks', 'book'],
  ['Electronics > Consoles & games', 'console'],
  ['Toys > Puzzles & board games', 'puzzle'],
  ['Furniture > Desks', 'table'],
  ['Pets > Dog toys', 'toy'],
  ['Pets > Dogs', 'dog'],
])('the picture of %s is the one of a %s', (category, word) => {
  expect(shapeOf(category).words.split(' ')).toContain(word);
});

test('a category that no drawing stands for, and none at all, is a parcel', () => {
  expect(shapeOf('Insurance').words).toBe('');
  expect(shapeOf('')).toEqual(shapeOf('Insurance'));
  expect(shapeOf('').paths.length).toBeGreaterThan(0);
});
