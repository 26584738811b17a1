import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToList } from '../../src/structures/multimap.js';

test('each key has its values in insertion order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat())), (entries) => {
      const lists = new Map<number, number[]>();
      for (const [key, value] of entries) addToList(lists, key, value);
      for (const [key, list] of lists)
        expect(list).toEqual(entries.filter(([other]) => other === key).map(([, value]) => value));
      expect(lists.size).toBe(new Set(entries.map(([key]) => key)).size);
    }),
  );
});
