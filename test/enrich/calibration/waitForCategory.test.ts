import { expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { waitForCategory } from '../../../src/enrich/calibration/waitForCategory.js';

function fact(field: string, status: Fact['status']): Fact {
  const evidence = { field: 'title', start: 0, end: 4, quote: 'Pump' };
  return { field, value: 'x', status, confidence: 0.97, source: 'model', method: 'lookup', evidence };
}

const everywhere = () => new Set(['attributes.color']);
const statuses = (facts: readonly Fact[]): string[] =>
  waitForCategory(facts, everywhere).map(({ status }) => status);
const heel = fact('attributes.heel', 'applied');
const color = fact('attributes.color', 'applied');

test('attributes wait with their category, but for those that every product has', () => {
  expect(statuses([fact('category', 'suggested'), heel, color])).toEqual([
    'suggested',
    'suggested',
    'applied',
  ]);
});

test('they apply under a category that applies, and under one that the merchant gave', () => {
  expect(statuses([fact('category', 'applied'), heel])).toEqual(['applied', 'applied']);
  expect(statuses([heel, color])).toEqual(['applied', 'applied']);
});
