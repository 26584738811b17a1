import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { convertIsbn } from '../../../src/index/identifiers/convertIsbn.js';
import { identifierKey, identifierKeys } from '../../../src/index/identifiers/identifierKeys.js';
import { indexOf } from '../../search/indexOf.js';

const code = fc.string({ unit: fc.constantFrom('a', 'b', '1', '0', '-', ' '), maxLength: 6 });

test('finds parts of codes as a scan of every code does, before and after writing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(code, { maxLength: 12 }), fc.nat(12), code, async (codes, built, part) => {
      const rows: Product[] = codes.map((sku, place) => ({ id: `p${place}`, sku }));
      const index = await indexOf(rows.slice(0, built));
      index.apply({ upserts: rows.slice(built).map((product) => ({ product })) });
      const key = identifierKey(part);
      const holds = (one: string) => (/^\d+$/.test(key) ? one.startsWith(key) : one.includes(key));
      const expected = rows
        .filter((row) => key !== '' && identifierKeys(row).some(holds))
        .map(({ id }) => id);
      const found = index.findByIdentifierPart(part, 1000).map((ordinal) => index.idOf(ordinal));
      expect(found.sort()).toEqual(expected.sort());
      expect(new Set(index.findByIdentifierPart('a', 2)).size).toBeLessThanOrEqual(2 * rows.length);
      index.close();
    }),
    { numRuns: 40 },
  );
});

test('finds a title or full name by its letters and digits, also of appended products', async () => {
  const index = await indexOf([
    { id: 'a', title: 'Oak-Top Desk, 120 cm' },
    { id: 'b', title: 'OAK TOP desk 120cm' },
    { id: 'c', title: 'Acme Lamp', name: 'Tall Brass Lamp' },
    { id: 'd', title: '—' },
  ]);
  const ids = (text: string) => index.findByTitle(text).map((ordinal) => index.idOf(ordinal));
  expect(ids('oaktop desk-120 CM')).toEqual(['a', 'b']);
  expect(ids('tall brasslamp')).toEqual(['c']);
  expect(ids('oak top desk')).toEqual([]);
  expect(ids('...')).toEqual([]);
  index.apply({
    upserts: [
      { product: { id: 'a', title: 'Ash desk' } },
      { product: { id: 'e', title: 'Oaktop desk 120cm' } },
    ],
  });
  expect(ids('Oak-Top Desk, 120 cm')).toEqual(['b', 'e']);
  expect(ids('ashdesk')).toEqual(['a']);
  index.close();
});

test('finds an ISBN-13 by its ISBN-10 and the reverse', async () => {
  expect(convertIsbn('0306406152')).toBe('9780306406157');
  expect(convertIsbn('9780306406157')).toBe('0306406152');
  expect(convertIsbn('080442957x')).toBe('9780804429573');
  expect(convertIsbn('0306406153')).toBeUndefined();
  const index = await indexOf([{ id: 'a', isbn: '0-306-40615-2' }]);
  expect(index.findByIdentifier('978-0-306-40615-7')).toEqual([0]);
  index.close();
});
