import { expect, it } from 'vitest';
import { nearestNames } from '../../src/text/nearestNames.js';

it('names what was likeliest meant', () => {
  const names = ['size', 'color', 'Shoe size', 'collar', 'gender', 'material'];
  expect(nearestNames('colr', names, 2)).toEqual(['color', 'collar']);
  expect(nearestNames('shoe', names, 1)).toEqual(['Shoe size']);
  expect(nearestNames('MATERIAL', names, 1)).toEqual(['material']);
  expect(nearestNames('x', [])).toEqual([]);
});
