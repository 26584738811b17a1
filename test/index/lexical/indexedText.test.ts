import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { documentOf } from '../../../src/domain/filledProduct.js';
import type { Product } from '../../../src/domain/product.js';
import { countTerms } from '../../../src/index/lexical/countTerms.js';
import { factOf } from '../../domain/fact.js';

function filled(method: Fact['method'], value: string, evidence: Fact['evidence']): Product {
  const product = { id: '1', title: 'NVY wool jumper', attributes: { filledByUs: value, given: 'merino' } };
  return documentOf({ product, facts: [factOf('attributes.filledByUs', value, { method, evidence })] });
}

const terms = (product: Product): string[] => [...countTerms(product).terms.keys()];

describe('words of attributes filled by the enricher', () => {
  it('are not indexed where the text implies but does not state them', () => {
    const guessed = filled('neighbours', 'Winter', {
      neighbours: [{ id: '2', similarity: 0.9, value: 'Winter' }],
    });
    expect(terms(guessed)).not.toContain('winter');
    expect(terms(guessed)).toContain('merino');
  });

  it('are indexed where a lookup normalised what the text states', () => {
    expect(terms(filled('lookup', 'Navy', { field: 'title', start: 0, end: 3, quote: 'NVY' }))).toContain(
      'navi',
    );
  });

  it('count once where the text states them literally', () => {
    const told = countTerms(filled('lookup', 'Wool', { field: 'title', start: 4, end: 8, quote: 'wool' }));
    expect(told.terms.get('wool')).toBe(1);
  });
});

it('indexes the words of a merchant’s description, and not those of a composed one', () => {
  const product = { id: '1', title: 'Mug', description: 'This mug comes in crimson.' };
  const clauses = [{ start: 5, end: 8, field: 'category' }];
  const composed = factOf('description', product.description, { method: 'template', evidence: { clauses } });
  expect(terms(product)).toContain('crimson');
  expect(terms(documentOf({ product, facts: [composed] }))).not.toContain('crimson');
});
