import { expect, it } from 'vitest';
import { applyFacts } from '../../src/domain/applyFacts.js';
import type { Fact } from '../../src/domain/fact.js';
import { factOf } from './fact.js';

it('fills blanks by applied facts only, never a value of the merchant’s, and notes what is shown', () => {
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
  expect(applyFacts(product, [...shown, ...hidden])).toEqual({
    id: 'p',
    category: 'Shirts',
    brand: 'Acme',
    attributes: { color: 'Red', size: ['S', 'M'] },
    _shelfwright: { facts: shown },
  });
  expect(product).toEqual(before);
  expect(applyFacts({ id: 'q' }, [])).toEqual({ id: 'q', _shelfwright: { facts: [] } });
});
