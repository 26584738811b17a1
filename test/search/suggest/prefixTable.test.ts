import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsBetween } from '../../../src/search/suggest/edits.js';
import { PrefixTable } from '../../../src/search/suggest/prefixTable.js';

const key = fc
  .array(fc.constantFrom('a', 'b', 'c', 'ab', 'ba', ' '), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join('').replace(/ +/g, ' ').trim())
  .filter((text) => text !== '');
const typed = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', ' '), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** Optimal string alignment by its definition, without a table. */
function naiveEdits(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const same = one.at(-1) === other.at(-1) ? 0 : 1;
  const ways = [
    naiveEdits(one.slice(0, -1), other.slice(0, -1)) + same,
    naiveEdits(one.slice(0, -1), other) + 1,
    naiveEdits(one, other.slice(0, -1)) + 1,
  ];
  if (one.length > 1 && other.length > 1 && one.at(-1) === other.at(-2) && one.at(-2) === other.at(-1))
    ways.push(naiveEdits(one.slice(0, -2), other.slice(0, -2)) + 1);
  return Math.min(...ways);
}

describe('edits', () => {
  it.each([
    ['nkie', 'nike', 1],
    ['inke', 'nike', 1],
    ['nik', 'nike', 1],
    ['xike', 'nike', 1],
    ['', 'ab', 2],
    ['ca', 'abc', 3],
  ])('%j is %j but for %i', (one, other, edits) => {
    expect(editsBetween(one, other)).toBe(edits);
  });

  it('are those of the definition', () => {
    const short = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(short, short, (one, other) => {
        expect(editsBetween(one, other)).toBe(naiveEdits(one, other));
      }),
    );
  });
});

describe('a table of prefixes', () => {
  it('finds what a scan finds, in what it was built with and in what was added', () => {
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

  it('finds all that is nearly typed, each with its fewest edits', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), typed, fc.constantFrom(1, 2), (keys, text, edits) => {
        fc.pre(text.length > edits);
        const table = new PrefixTable(keys.map((each, payload) => ({ key: each, payload })));
        const found: [number, number][] = [];
        table.forEachNear(text, edits, (payload, distance) => found.push([payload, distance]));
        const scanned = keys.flatMap((each, payload): [number, number][] => {
          const whole = `${each} `;
          const distances = Array.from({ length: whole.length + 1 }, (_, length) =>
            editsBetween(text, whole.slice(0, length)),
          );
          const least = Math.min(...distances);
          return least <= edits ? [[payload, least]] : [];
        });
        expect(found.sort((a, b) => a[0] - b[0])).toEqual(scanned);
      }),
      { numRuns: 500 },
    );
  });

  it('takes in more than it was built with', () => {
    const table = new PrefixTable([]);
    for (let i = 0; i < 2500; i++) table.add(`key ${i}`, i);
    expect(table.size).toBe(2500);
    const found: number[] = [];
    table.forEachPrefixed('key 24', (payload) => found.push(payload));
    expect(found).toHaveLength(111);
    expect(table.find('key 7')).toBe(7);
  });
});
