import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedCache } from '../../src/structures/boundedCache.js';

test('a bounded cache returns the latest value or nothing, and never exceeds its limit', () => {
  const writes = fc.array(fc.tuple(fc.nat(9), fc.nat(99)));
  fc.assert(
    fc.property(writes, fc.integer({ min: 1, max: 6 }), (entries, limit) => {
      const cache = new BoundedCache<number, number>(limit);
      const model = new Map<number, number>();
      for (const [key, value] of entries) {
        cache.set(key, value);
        model.set(key, value);
        expect(cache.get(key)).toBe(value);
        expect(cache.size).toBeLessThanOrEqual(limit);
        for (const [other, latest] of model) expect([latest, undefined]).toContain(cache.get(other));
      }
    }),
  );
});

test('setting a known key replaces its value and drops nothing', () => {
  const cache = new BoundedCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 3);
  expect([cache.get('a'), cache.get('b')]).toEqual([3, 2]);
  cache.set('c', 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, undefined, 4]);
});
