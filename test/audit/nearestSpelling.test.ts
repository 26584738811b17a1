import { expect, it } from 'vitest';
import { nearestSpelling } from '../../src/audit/nearestSpelling.js';

it('suggests nothing where two names are as near', () => {
  expect(nearestSpelling('Beigee', ['Beige', 'Black'])).toBe('Beige');
  expect(nearestSpelling('gold', ['bold', 'cold'])).toBeUndefined();
  expect(nearestSpelling('light navy', ['Navy', 'Red'])).toBe('Navy');
});
