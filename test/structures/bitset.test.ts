import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitset, popcount } from '../../src/structures/bitset.js';

const SIZE = 70;
const members = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }));
const ascending = (set: Iterable<number>) => [...set].sort((a, b) => a - b);

test('a bitset does what a Set does', () => {
  fc.assert(
    fc.property(members, members, fc.integer({ min: 0, max: 100 }), (left, right, size) => {
      const a = new Set(left);
      const b = new Set(right);
      const bits = () => Bitset.of(SIZE, left);
      const other = Bitset.of(SIZE, right);
      expect([...bits().toArray()]).toEqual(ascending(a));
      expect(bits().count()).toBe(a.size);
      expect([...bits().and(other).toArray()]).toEqual(ascending([...a].filter((x) => b.has(x))));
      expect(bits().countAnd(other)).toBe([...a].filter((x) => b.has(x)).length);
      expect([...bits().or(other).toArray()]).toEqual(ascending(new Set([...a, ...b])));
      expect([...bits().andNot(other).toArray()]).toEqual(ascending([...a].filter((x) => !b.has(x))));
      expect([...bits().resized(size).toArray()]).toEqual(ascending([...a].filter((x) => x < size)));
      const changed = bits();
      for (const member of right) changed.delete(member);
      expect(changed.toArray()).toEqual(bits().andNot(other).toArray());
      for (let i = 0; i < SIZE; i++) expect(bits().has(i)).toBe(a.has(i));
    }),
  );
});

test('a full set holds exactly its size', () => {
  for (const size of [0, 1, 31, 32, 33, 64, 100]) expect(Bitset.full(size).count()).toBe(size);
});

test('popcount counts the set bits of a word, signed or unsigned', () => {
  fc.assert(
    fc.property(fc.integer(), (word) => {
      const expected = [...(word >>> 0).toString(2)].filter((bit) => bit === '1').length;
      expect(popcount(word)).toBe(expected);
      expect(popcount(word >>> 0)).toBe(expected);
    }),
  );
});
