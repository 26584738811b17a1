import { expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { broaderCategory, decide, waitForCategory } from '../../../src/enrich/calibration/decide.js';
import type { CalibratedProposal } from '../../../src/enrich/calibration/reconcile.js';

test('decides on applied, suggested, or nothing', () => {
  const policy = { applyFrom: 0.9, suggestFrom: 0.4 };
  expect(decide(0.9, policy)).toBe('applied');
  expect(decide(0.89, policy)).toBe('suggested');
  expect(decide(0.39, policy)).toBeUndefined();
  expect(decide(1, { applyFrom: undefined, suggestFrom: 0 })).toBe('suggested');
});

function weighed(value: string, confidence: number): CalibratedProposal {
  return {
    proposal: { method: 'classifier', value, score: confidence, evidence: { rule: 'said' } },
    confidence,
  };
}

test('a sure broader category replaces a guess', () => {
  expect(broaderCategory(weighed('tents', 0.2), weighed('outdoor', 0.95)).proposal.value).toBe('outdoor');
});

test('a likely leaf stays, and so does a guess without a sure broader category', () => {
  expect(broaderCategory(weighed('tents', 0.4), weighed('outdoor', 0.99)).proposal.value).toBe('tents');
  expect(broaderCategory(weighed('tents', 0.2), weighed('outdoor', 0.6)).proposal.value).toBe('tents');
  expect(broaderCategory(weighed('tents', 0.2), undefined).proposal.value).toBe('tents');
});

function fact(field: string, status: Fact['status']): Fact {
  const evidence = { field: 'title', start: 0, end: 4, quote: 'Pump' };
  return { field, value: 'x', status, confidence: 0.97, source: 'model', method: 'lookup', evidence };
}

const everywhere = () => new Set(['attributes.color']);
const statuses = (facts: readonly Fact[]): string[] =>
  waitForCategory(facts, everywhere).map(({ status }) => status);
const heel = fact('attributes.heel', 'applied');
const color = fact('attributes.color', 'applied');

test('attributes wait with a suggested category, except for those that every product has', () => {
  expect(statuses([fact('category', 'suggested'), heel, color])).toEqual([
    'suggested',
    'suggested',
    'applied',
  ]);
});

test('attributes apply under an applied category and under the merchant’s own', () => {
  expect(statuses([fact('category', 'applied'), heel])).toEqual(['applied', 'applied']);
  expect(statuses([heel, color])).toEqual(['applied', 'applied']);
});
