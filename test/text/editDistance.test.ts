import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../src/text/editDistance.js';

/** The recursive definition. */
function naive(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const choices = [
    naive(one.slice(1), other.slice(1)) + (one[0] === other[0] ? 0 : 1),
    naive(one.slice(1), other) + 1,
    naive(one, other.slice(1)) + 1,
  ];
  if (one.length > 1 && one[0] === other[1] && one[1] === other[0])
    choices.push(naive(one.slice(2), other.slice(2)) + 1);
  return Math.min(...choices);
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

it('equals the distance by definition', () => {
  fc.assert(fc.property(text, text, (one, other) => editDistance(one, other) === naive(one, other)));
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('haedphones', 'headphones')).toBe(1);
});

it('is capped at max + 1', () => {
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 4 }), (one, other, max) => {
      expect(editDistance(one, other, max)).toBe(Math.min(max + 1, naive(one, other)));
    }),
  );
});
