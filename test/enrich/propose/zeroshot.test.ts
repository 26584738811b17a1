import { expect, test } from 'vitest';
import { categoryTexts, wordsTell } from '../../../src/enrich/propose/zeroshot.js';
import { toyView } from '../toyShop.js';

test('a category is known by its name with its aliases, and by its path', () => {
  const lanterns = toyView.category('lanterns');
  if (lanterns === undefined) throw new Error('no lanterns');
  expect(categoryTexts(lanterns, toyView.path('lanterns'))).toEqual([
    'Lanterns, lamps',
    'Outdoor > Lanterns',
  ]);
});

test('categories’ words are done without where labels are many', () => {
  expect([0, 100, 1_000, 10_000].map((labelled) => wordsTell(labelled, 100))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(wordsTell(100_000, 100)).toBe(false);
  expect(wordsTell(0, 0)).toBe(false);
});
