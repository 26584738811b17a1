import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound } from '../../../src/enrich/calibration/wilson.js';

test('the lower bound is below the share and approaches it with more outcomes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seen, share) => {
        const right = Math.round(seen * share);
        const bound = lowerBound(right, seen);
        expect(bound).toBeLessThanOrEqual(right / seen + 1e-12);
        expect(bound).toBeGreaterThanOrEqual(-1e-12);
        expect(lowerBound(right * 10, seen * 10)).toBeGreaterThanOrEqual(bound - 1e-12);
      },
    ),
  );
  expect(lowerBound(0, 0)).toBe(0);
});
