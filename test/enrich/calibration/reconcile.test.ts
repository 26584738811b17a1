import { expect, test } from 'vitest';
import type { FactMethod } from '../../../src/domain/fact.js';
import { type CalibratedProposal, reconcile } from '../../../src/enrich/calibration/reconcile.js';

function says(method: FactMethod, value: string, confidence: number): CalibratedProposal {
  const evidence = { field: 'title', start: 0, end: 1, quote: 'x' };
  return { proposal: { method, value, score: confidence, evidence }, confidence };
}

test('agreement raises the confidence, contradiction lowers it', () => {
  const alone = says('lookup', 'Red', 0.8);
  expect(reconcile([alone])).toBe(alone);
  const agreed = reconcile([alone, says('neighbours', 'Red', 0.7)]);
  expect(agreed?.confidence).toBeGreaterThan(0.8);
  const contradicted = reconcile([alone, says('neighbours', 'Blue', 0.7)]);
  expect(contradicted?.proposal.value).toBe('Red');
  expect(contradicted?.confidence).toBeLessThan(0.8);
});

test('two agreeing proposals outweigh a surer one', () => {
  const best = reconcile([
    says('lookup', 'Red', 0.75),
    says('classifier', 'Blue', 0.7),
    says('neighbours', 'Blue', 0.7),
  ]);
  expect(best?.proposal.value).toBe('Blue');
});

test('of agreeing proposals, the one that quotes the value gives the evidence', () => {
  const best = reconcile([says('classifier', 'Red', 0.95), says('lookup', 'Red', 0.6)]);
  expect(best?.proposal.method).toBe('lookup');
});

test('no proposals give no answer', () => {
  expect(reconcile([])).toBeUndefined();
});
