import { describe, expect, it } from 'vitest';
import { correctSpelling, nearestNames, nearestPath, TrigramIndex } from '../../src/text/nearestName.js';

it('nearestNames lists the most similar names', () => {
  const names = ['size', 'color', 'Shoe size', 'collar', 'gender', 'material'];
  expect(nearestNames('colr', names, 2)).toEqual(['color', 'collar']);
  expect(nearestNames('shoe', names, 1)).toEqual(['Shoe size']);
  expect(nearestNames('MATERIAL', names, 1)).toEqual(['material']);
  expect(nearestNames('x', [])).toEqual([]);
});

describe('nearestPath', () => {
  it.each([
    ['blakc', 'Black'],
    ['nvy blue', 'Navy Blue'],
    ['NAVY-BLUE', 'Navy Blue'],
    ['dreses', 'Apparel > Dresses'],
  ])('%s is nearest to %s', (text, name) => {
    expect(nearestPath(text, ['Red', 'Black', 'Navy', 'Navy Blue', 'Apparel > Dresses', 'Apparel'])).toBe(
      name,
    );
  });

  it('is undefined without names, and the first one of equals', () => {
    expect(nearestPath('red', [])).toBeUndefined();
    expect(nearestPath('xyz', ['abc', 'def'])).toBe('abc');
  });
});

it('correctSpelling suggests nothing if two names are equally near', () => {
  expect(correctSpelling('Beigee', ['Beige', 'Black'])).toBe('Beige');
  expect(correctSpelling('gold', ['bold', 'cold'])).toBeUndefined();
  expect(correctSpelling('light navy', ['Navy', 'Red'])).toBe('Navy');
});

it('TrigramIndex finds the most similar spelling, and none without a common trigram', () => {
  const index = new TrigramIndex([
    { name: 'Navy Blue', spelling: 'navy blue' },
    { name: 'Navy Blue', spelling: 'marine' },
    { name: 'Red', spelling: 'red' },
  ]);
  expect(index.nearest('navy')).toEqual({ name: 'Navy Blue', similarity: 0.667 });
  expect(index.nearest('marines')).toMatchObject({ name: 'Navy Blue' });
  expect(index.nearest('zzz')).toBeUndefined();
});
