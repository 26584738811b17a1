import { expect, test } from 'vitest';
import { categoryTexts, zeroShotHelps } from '../../../src/enrich/learn/embedCategories.js';
import { toyView } from '../toyShop.js';

test('a category is described by its name with aliases, and by its path', () => {
  const lanterns = toyView.category('lanterns');
  if (lanterns === undefined) throw new Error('no lanterns');
  expect(categoryTexts(lanterns, toyView.path('lanterns'))).toEqual([
    'Lanterns, lamps',
    'Outdoor > Lanterns',
  ]);
});

test('zero-shot vectors are not used with many labels', () => {
  expect([0, 100, 1_000, 10_000].map((labelled) => zeroShotHelps(labelled, 100))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(zeroShotHelps(100_000, 100)).toBe(false);
  expect(zeroShotHelps(0, 0)).toBe(false);
});
