import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { openStore } from '../../src/store/open.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const blue: Fact = {
  field: 'attributes.color',
  value: 'Blue',
  status: 'applied',
  confidence: 0.97,
  source: 'model',
  method: 'lookup',
  evidence: { field: 'title', start: 0, end: 4, quote: 'Blue' },
};
const origin = { taxonomy: 't1', model: 'm1' };

describe('facts of the store', () => {
  it('returns what was stored, and the next run replaces it', () => {
    const store = openStore(temporaryFolder());
    store.facts.replace('p', [blue], origin);
    expect(store.facts.get('p')).toEqual([blue]);
    const size: Fact = { ...blue, field: 'attributes.size', value: ['S', 'M'], status: 'suggested' };
    store.facts.replace('p', [size], origin);
    expect(store.facts.get('p')).toEqual([size]);
    store.close();
  });

  it('keeps decided facts when a run replaces or deletes the others', () => {
    const store = openStore(temporaryFolder());
    const decided: Fact = { ...blue, value: 'Navy', source: 'reviewer' };
    store.facts.replace('p', [decided], origin);
    store.facts.replace('p', [blue], origin);
    store.facts.forget('p');
    expect(store.facts.get('p')).toEqual([decided]);
    store.facts.delete('p');
    expect(store.facts.get('p')).toEqual([]);
    store.close();
  });

  it('does not let a rejected value return, but accepts another one', () => {
    const store = openStore(temporaryFolder());
    const rejected = { ...blue, status: 'rejected' as const, ...origin, decision: 1 };
    store.facts.add('p', rejected);
    store.facts.replace('p', [blue], origin);
    expect(store.facts.get('p')).toMatchObject([{ value: 'Blue', status: 'rejected' }]);
    store.facts.replace('p', [{ ...blue, value: 'Teal' }], origin);
    expect(store.facts.inFieldOf('p', blue.field)).toMatchObject([
      { value: 'Blue', status: 'rejected', decision: 1 },
      { value: 'Teal', status: 'applied', decision: null },
    ]);
    store.facts.replace('p', [], origin);
    expect(store.facts.get('p')).toHaveLength(1);
    store.close();
  });
});
