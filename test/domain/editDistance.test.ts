import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../src/domain/editDistance.js';

/** By the definition, without a table. */
function naive(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  return Math.min(
    naive(one.slice(1), other) + 1,
    naive(one, other.slice(1)) + 1,
    naive(one.slice(1), other.slice(1)) + (one[0] === other[0] ? 0 : 1),
  );
}

it('is what the definition says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(fc.property(text, text, (one, other) => editDistance(one, other) === naive(one, other)));
  expect(editDistance('kitten', 'sitting')).toBe(3);
});
