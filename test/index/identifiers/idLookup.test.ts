import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexOf } from '../../search/indexOf.js';

/** With ids that are prefixes of others, of letters beyond ASCII, and of the same letters in another order. */
const id = fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', 'é', '😀'), minLength: 1, maxLength: 4 });

test('products are found by id, in a generation and appended to it, and no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(id, { maxLength: 12 }),
      fc.array(id, { maxLength: 6 }),
      fc.array(id, { maxLength: 6 }),
      async (written, appended, others) => {
        const index = await indexOf(written.map((one) => ({ id: one })));
        for (const [ordinal, one] of written.entries()) {
          expect(index.ordinalOf(one)).toBe(ordinal);
          expect(index.idOf(ordinal)).toBe(one);
        }
        for (const one of appended) {
          const ordinal = index.size;
          index.apply({ upserts: [{ product: { id: one } }] });
          expect(index.ordinalOf(one)).toBe(ordinal);
          expect(index.idOf(ordinal)).toBe(one);
        }
        const known = new Set([...written, ...appended]);
        for (const one of others) expect(index.ordinalOf(one) !== undefined).toBe(known.has(one));
        expect(() => index.idOf(index.size)).toThrow(RangeError);
        expect(() => index.idOf(-1)).toThrow(RangeError);
        index.close();
      },
    ),
    { numRuns: 25 },
  );
});
