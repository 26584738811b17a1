import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundRangeEdges } from '../../../src/search/facets/roundRangeEdges.js';

it('makes at most the given number of equal ranges, which contain all numbers, with some in the first and the last', () => {
  const number = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: -1e300, max: 1e300, noNaN: true }),
    fc.integer({ min: -100, max: 100 }).map((cents) => cents / 100),
  );
  fc.assert(
    fc.property(number, number, fc.integer({ min: 2, max: 100 }), (a, b, most) => {
      const min = Math.min(a, b);
      const max = Math.max(a, b);
      const edges = roundRangeEdges(min, max, most);
      expect(edges.length).toBeGreaterThan(1);
      expect(edges.length - 1).toBeLessThanOrEqual(most);
      for (const [place, edge] of edges.entries())
        if (place > 0) expect(edge).toBeGreaterThan(edges[place - 1] ?? 0);
      expect(edges[0]).toBeLessThanOrEqual(min);
      expect(edges[1]).toBeGreaterThan(min);
      expect(edges[edges.length - 1]).toBeGreaterThan(max);
      expect(edges[edges.length - 2]).toBeLessThanOrEqual(max);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  [0.1, 0.3, 5, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]],
  [3, 97, 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
  [19.99, 19.99, 10, [19.9, 20]],
  [0, 0, 3, [0, 1]],
  [-5, 5, 2, [-10, 0, 10]],
])('from %d to %d in %d: %j', (min, max, most, edges) => {
  expect(roundRangeEdges(min, max, most)).toEqual(edges);
});
