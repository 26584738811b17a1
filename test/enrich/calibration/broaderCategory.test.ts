import { expect, test } from 'vitest';
import { broaderCategory } from '../../../src/enrich/calibration/broaderCategory.js';
import type { Weighed } from '../../../src/enrich/calibration/reconcile.js';

function weighed(value: string, confidence: number): Weighed {
  return {
    proposal: { method: 'classifier', value, score: confidence, evidence: { rule: 'said' } },
    confidence,
  };
}

test('a guess gives way to a sure category above it', () => {
  expect(broaderCategory(weighed('tents', 0.2), weighed('outdoor', 0.95)).proposal.value).toBe('outdoor');
});

test('a likely leaf stays, and so does a guess where nothing above is sure', () => {
  expect(broaderCategory(weighed('tents', 0.4), weighed('outdoor', 0.99)).proposal.value).toBe('tents');
  expect(broaderCategory(weighed('tents', 0.2), weighed('outdoor', 0.6)).proposal.value).toBe('tents');
  expect(broaderCategory(weighed('tents', 0.2), undefined).proposal.value).toBe('tents');
});
