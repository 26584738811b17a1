import type { Fact } from '../../src/domain/fact.js';

/** A fact of the enricher, applied by default. */
export function factOf(field: string, value: Fact['value'], changes: Partial<Fact> = {}): Fact {
  return {
    field,
    value,
    status: 'applied',
    confidence: 0.9,
    source: 'model',
    method: 'lookup',
    evidence: { rule: 'a test says so' },
    ...changes,
  };
}
