import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsToPrefixes } from '../../../src/search/suggest/highlightTyped.js';
import { PrefixTable } from '../../../src/search/suggest/prefixTable.js';
import { editDistance } from '../../../src/text/editDistance.js';

const key = fc
  .array(fc.constantFrom('a', 'b', 'c', 'ab', 'ba', ' '), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join('').replace(/ +/g, ' ').trim())
  .filter((text) => text !== '');
const typed = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', ' '), { maxLength: 8 })
  .map((parts) => parts.join(''));

it('editsToPrefixes gives the edit distance to each prefix', () => {
  fc.assert(
    fc.property(typed, key, (one, text) => {
      const each = Array.from({ length: text.length + 1 }, (_, length) =>
        editDistance(one, text.slice(0, length)),
      );
      expect(editsToPrefixes(one, text)).toEqual(each);
    }),
  );
});

describe('a prefix table', () => {
  it('finds what a scan finds, among initial and added entries', () => {
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 30 }),
        fc.array(key, { maxLength: 8 }),
        typed,
        (built, added, text) => {
          const table = new PrefixTable(built.map((each, payload) => ({ key: each, payload })));
          for (const [place, each] of added.entries()) table.add(each, built.length + place);
          const all = [...built, ...added];
          const found: number[] = [];
          table.forEachPrefixed(text, (payload) => found.push(payload));
          expect(found.sort((a, b) => a - b)).toEqual(
            all.flatMap((each, payload) => (`${each} `.startsWith(text) ? [payload] : [])),
          );
          for (const each of all) expect(all[table.find(each) ?? -1]).toBe(each);
          expect(table.find('zz')).toBeUndefined();
        },
      ),
    );
  });

  it('finds everything within the allowed edits, each with its smallest distance', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), typed, fc.constantFrom(1, 2), (keys, text, edits) => {
        fc.pre(text.length > edits);
        const table = new PrefixTable(keys.map((each, payload) => ({ key: each, payload })));
        const found: [number, number][] = [];
        table.forEachNear(text, edits, (payload, distance) => found.push([payload, distance]));
        const scanned = keys.flatMap((each, payload): [number, number][] => {
          const whole = `${each} `;
          const distances = Array.from({ length: whole.length + 1 }, (_, length) =>
            editDistance(text, whole.slice(0, length)),
          );
          const min = Math.min(...distances);
          return min <= edits ? [[payload, min]] : [];
        });
        expect(found.sort((a, b) => a[0] - b[0])).toEqual(scanned);
      }),
      { numRuns: 500 },
    );
  });

  it('accepts more entries than it was built with', () => {
    const table = new PrefixTable([]);
    for (let i = 0; i < 2500; i++) table.add(`key ${i}`, i);
    expect(table.size).toBe(2500);
    const found: number[] = [];
    table.forEachPrefixed('key 24', (payload) => found.push(payload));
    expect(found).toHaveLength(111);
    expect(table.find('key 7')).toBe(7);
  });
});
