import { expect, test } from 'vitest';
import { categoryTexts, zeroShotShare } from '../../../src/enrich/propose/zeroshot.js';
import { toyView } from '../toyShop.js';

test('a category is known by its name with its aliases, and by its path', () => {
  const lanterns = toyView.category('lanterns');
  if (lanterns === undefined) throw new Error('no lanterns');
  expect(categoryTexts(lanterns, toyView.path('lanterns'))).toEqual([
    'Lanterns, lamps',
    'Outdoor > Lanterns',
  ]);
});

test('its weight falls with the labels, to nothing', () => {
  const shares = [10, 100, 1_000, 5_000, 100_000].map((labelled) => zeroShotShare(labelled, 100));
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares[0]).toBeGreaterThan(0.7);
  expect(shares.at(-1)).toBe(0);
});
