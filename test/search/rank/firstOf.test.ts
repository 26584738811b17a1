import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOf } from '../../../src/search/rank/firstOf.js';

it('takes what sorting everything would put first', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(60), (items, count) => {
      const order = (a: number, b: number): number => (a % 7) - (b % 7) || a - b;
      expect(firstOf(Uint32Array.from(items), count, order)).toEqual([...items].sort(order).slice(0, count));
    }),
  );
});
