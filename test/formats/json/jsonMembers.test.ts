import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf, skipSpace } from '../../../src/formats/json/jsonMembers.js';

describe('membersOf', () => {
  it('finds the key and value of every member of any object', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.constantFrom(0, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const { members, close } = membersOf(text, skipSpace(text, 0));
        const found = members.map(({ key, valueStart, valueEnd }): [string, unknown] => [
          key,
          JSON.parse(text.slice(valueStart, valueEnd)),
        ]);
        expect(Object.fromEntries(found)).toEqual(JSON.parse(text));
        expect(members.length).toBe(Object.keys(value).length);
        expect(close).toBe(text.length - 1);
      }),
      { numRuns: 500 },
    );
  });
});
