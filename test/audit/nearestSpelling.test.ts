import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance, nearestSpelling } from '../../src/audit/nearestSpelling.js';

/** Damerau's distance by its definition, without bounds. */
function naive(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => i + j),
  );
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      const row = table[i];
      if (row !== undefined) row[j] = least;
    }
  }
  return at(a.length, b.length);
}

it('measures as the definition does, up to its bound', () => {
  const word = fc.stringMatching(/^[abc]{0,7}$/);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      expect(editDistance(a, b, most)).toBe(Math.min(naive(a, b), most + 1));
    }),
  );
});

it('suggests nothing where two names are as near', () => {
  expect(nearestSpelling('Beigee', ['Beige', 'Black'])).toBe('Beige');
  expect(nearestSpelling('gold', ['bold', 'cold'])).toBeUndefined();
  expect(nearestSpelling('light navy', ['Navy', 'Red'])).toBe('Navy');
});
