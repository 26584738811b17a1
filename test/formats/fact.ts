import type { Fact } from '../../src/domain/fact.js';

/** A fact whose evidence is the title's first letter, with optional changes. */
export function fact(field: string, value: Fact['value'], changes: Partial<Fact> = {}): Fact {
  return {
    field,
    value,
    status: 'applied',
    confidence: 0.97,
    source: 'model',
    method: 'lookup',
    evidence: { field: 'title', start: 0, end: 1, quote: 'R' },
    ...changes,
  };
}
