import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexOfSorted, lowerBound, partitionPoint, upperBound } from '../../src/structures/binarySearch.js';

const ascending = fc
  .array(fc.integer({ min: 0, max: 30 }))
  .map((numbers) => Uint32Array.from(numbers).sort());
const value = fc.integer({ min: 0, max: 31 });

/** The index that a scan from the front finds. */
function firstIndex(length: number, isReached: (index: number) => boolean): number {
  for (let index = 0; index < length; index++) if (isReached(index)) return index;
  return length;
}

test('lowerBound and upperBound find what a linear scan finds', () => {
  fc.assert(
    fc.property(ascending, value, fc.nat(40), (numbers, sought, cut) => {
      const to = Math.min(cut, numbers.length);
      const notBelow = (index: number) => (numbers[index] ?? 0) >= sought;
      const above = (index: number) => (numbers[index] ?? 0) > sought;
      expect(lowerBound(numbers, sought)).toBe(firstIndex(numbers.length, notBelow));
      expect(lowerBound(numbers, sought, to)).toBe(firstIndex(to, notBelow));
      expect(upperBound(numbers, sought)).toBe(firstIndex(numbers.length, above));
      expect(upperBound(numbers, sought, to)).toBe(firstIndex(to, above));
    }),
  );
});

test('the largest ordinals compare as unsigned numbers', () => {
  const numbers = Uint32Array.of(1, 0x7fffffff, 0x80000000, 0xffffffff);
  expect(lowerBound(numbers, 0x80000000)).toBe(2);
  expect(upperBound(numbers, 0xffffffff)).toBe(4);
});

test('indexOfSorted finds a member and nothing else', () => {
  fc.assert(
    fc.property(ascending, value, (numbers, sought) => {
      const found = indexOfSorted(numbers, sought);
      if (numbers.includes(sought)) expect(numbers[found]).toBe(sought);
      else expect(found).toBe(-1);
    }),
  );
});

test('partitionPoint finds where a condition ends, over texts and descending numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (texts, sought) => {
      const sorted = [...texts].sort();
      const found = partitionPoint(sorted.length, (index) => (sorted[index] ?? '') < sought);
      expect(found).toBe(firstIndex(sorted.length, (index) => (sorted[index] ?? '') >= sought));
      const descending = texts.map((text) => text.length).sort((a, b) => b - a);
      const cut = partitionPoint(descending.length, (index) => (descending[index] ?? 0) >= sought.length);
      expect(cut).toBe(descending.filter((length) => length >= sought.length).length);
    }),
  );
});
