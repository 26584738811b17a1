import { expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { applyFacts, documentOf, factsOf } from '../../src/domain/filledProduct.js';
import { factOf } from './fact.js';

it('fills blanks from applied facts only, never replaces a value of the merchant, and keeps shown facts', () => {
  const product = { id: 'p', category: ' ', brand: 'Acme', attributes: { color: 'Red', size: '' } };
  const before = structuredClone(product);
  const shown: Fact[] = [
    factOf('category', 'Shirts'),
    factOf('brand', 'Other'),
    factOf('attributes.color', 'Blue'),
    factOf('attributes.size', ['S', 'M']),
    factOf('attributes.fit', 'Slim', { status: 'suggested' }),
  ];
  const hidden = [
    factOf('attributes.cut', 'Long', { status: 'rejected' }),
    factOf('attributes.hem', 'Raw', { status: 'superseded' }),
  ];
  const filled = applyFacts(product, [...shown, ...hidden]);
  expect(filled).toEqual({
    product: { id: 'p', category: 'Shirts', brand: 'Acme', attributes: { color: 'Red', size: ['S', 'M'] } },
    facts: shown,
  });
  expect(documentOf(filled)).toEqual({ ...filled.product, _shelfwright: { facts: shown } });
  expect(product).toEqual(before);
  expect(documentOf(applyFacts({ id: 'q' }, []))).toEqual({ id: 'q', _shelfwright: { facts: [] } });
});

it('takes the first of several applied facts for a field', () => {
  const facts = [factOf('category', 'Shirts'), factOf('category', 'Socks')];
  expect(applyFacts({ id: 'p' }, facts).product).toEqual({ id: 'p', category: 'Shirts' });
});

it('reads the facts of a document back, and none from a record without them or with malformed ones', () => {
  const facts = [factOf('category', 'Shirts')];
  expect(factsOf(JSON.parse(JSON.stringify(documentOf({ product: { id: 'p' }, facts }))))).toEqual(facts);
  expect(factsOf({ id: 'p' })).toEqual([]);
  expect(factsOf({ id: 'p', _shelfwright: { facts: 'none' } })).toEqual([]);
  expect(factsOf({ id: 'p', _shelfwright: { facts: [{ field: 'category' }] } })).toEqual([]);
});
