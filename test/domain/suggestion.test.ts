import { expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { groupOf, reasonOf, sayReason, stateOf } from '../../src/domain/suggestion.js';

const spoken = (quote: string, changes: Partial<Fact> = {}): Fact => ({
  field: 'attributes.color',
  value: 'Navy',
  status: 'suggested',
  confidence: 0.6,
  source: 'model',
  method: 'lookup',
  evidence: { field: 'title', start: 0, end: quote.length, quote },
  ...changes,
});

it('groups the same value from the same words, whatever their spelling, and nothing else', () => {
  const navy = groupOf(spoken('navy'));
  expect(navy).toMatch(/^g[0-9a-f]{16}$/);
  expect(groupOf(spoken('NAVY', { confidence: 0.9 }))).toBe(navy);
  const others = [
    spoken('marine'),
    spoken('navy', { value: 'Blue' }),
    spoken('navy', { field: 'attributes.trim' }),
    spoken('navy', { method: 'tagger' }),
    spoken('navy', { evidence: { field: 'description', start: 0, end: 4, quote: 'navy' } }),
    spoken('navy', { evidence: { rule: 'navy' } }),
  ].map(groupOf);
  expect(new Set([navy, ...others]).size).toBe(7);
});

it('does not split a classifier’s suggestions by the words with the most weight', () => {
  const judged = (quote: string) => spoken(quote, { method: 'classifier' });
  expect(groupOf(judged('navy'))).toBe(groupOf(judged('sailor')));
  expect(sayReason(reasonOf(judged('navy')))).toBe('classified from the whole text');
});

it('says the reason as a clause', () => {
  expect(sayReason(reasonOf(spoken('Navy-Blue')))).toBe('title says “navy blue”');
  const neighbours = [{ id: 'a', similarity: 0.9, value: 'Navy' }];
  expect(sayReason(reasonOf(spoken('', { method: 'neighbours', evidence: { neighbours } })))).toBe(
    'similar products have it',
  );
  expect(sayReason(reasonOf(spoken('', { evidence: { rule: 'boots are shoes' } })))).toBe('boots are shoes');
});

it('distinguishes sets of products of the same size', () => {
  expect(stateOf(['a', 'b'])).not.toBe(stateOf(['a', 'c']));
  expect(stateOf(['a', 'b'])).not.toBe(stateOf(['a,b']));
});
