import { expect, test } from 'vitest';
import { fitHeadFactors } from '../../../src/enrich/learn/fitHeadFactors.js';

function outcomes(situation: string, score: number, right: number, wrong: number) {
  return [
    ...Array.from({ length: right }, () => ({ situation, score, right: true })),
    ...Array.from({ length: wrong }, () => ({ situation, score, right: false })),
  ];
}

test('a factor makes the scores as many as the right answers', () => {
  const factors = fitHeadFactors(outcomes('unseen beside', 0.95, 20, 80));
  expect(factors.get('unseen beside')).toBeCloseTo((20 + 2) / (95 + 4), 5);
});

test('no factor raises a score, and heads of the category keep theirs', () => {
  const factors = fitHeadFactors([
    ...outcomes('other for', 0.5, 50, 0),
    ...outcomes('own', 0.9, 1, 99),
    ...outcomes('none', 0.9, 1, 99),
    ...outcomes('unseen parted', 0.9, 1, 99),
    ...outcomes('unseen apart', 0.9, 1, 99),
  ]);
  expect([...factors]).toEqual([['other for', 1]]);
});

test('few outcomes leave a factor near one half', () => {
  expect(fitHeadFactors(outcomes('accessory beside', 1, 1, 0)).get('accessory beside')).toBeCloseTo(0.6, 5);
});
