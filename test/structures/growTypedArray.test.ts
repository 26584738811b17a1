import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grown } from '../../src/structures/growTypedArray.js';

test('a grown array keeps its contents, has room, and fills new elements', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(200), (values, length) => {
      const array = Int32Array.from(values);
      const larger = grown(array, length, (size) => new Int32Array(size).fill(-7));
      expect(larger === array).toBe(length <= values.length);
      expect(larger.length).toBeGreaterThanOrEqual(length);
      expect([...larger.subarray(0, values.length)]).toEqual(values);
      expect(larger.subarray(values.length).every((value) => value === -7)).toBe(true);
    }),
  );
});
