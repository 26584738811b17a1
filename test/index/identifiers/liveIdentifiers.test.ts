import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { convertIsbn } from '../../../src/index/identifiers/convertIsbn.js';
import { identifierKey, identifierKeys, reduce } from '../../../src/index/identifiers/identifierKeys.js';
import { Bitset } from '../../../src/structures/bitset.js';
import { indexOf } from '../../search/indexOf.js';

const code = fc.string({ unit: fc.constantFrom('a', 'b', '1', '0', '-', ' '), maxLength: 6 });

const write = fc.oneof(
  fc.record({ id: fc.nat(9), sku: code }),
  fc.record({ id: fc.nat(9), sku: fc.constant(undefined) }),
);

test('finds parts of codes as a scan of every code does, while products are written and deleted', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...[
        fc.array(code, { maxLength: 8 }),
        fc.array(write, { maxLength: 8 }),
        fc.array(code, { minLength: 1, maxLength: 4 }),
      ],
      async (codes, writes, parts) => {
        const rows = new Map<string, Product>();
        for (const [place, sku] of codes.entries()) rows.set(`p${place}`, { id: `p${place}`, sku });
        const index = await indexOf([...rows.values()]);
        for (const { id, sku } of writes) {
          const product: Product = { id: `p${id}`, ...(sku !== undefined && { sku }) };
          if (sku === undefined) {
            rows.delete(product.id);
            index.apply({ deletes: [product.id] });
          } else {
            rows.set(product.id, product);
            index.apply({ upserts: [{ product }] });
          }
          for (const part of parts) {
            const key = identifierKey(part);
            const holds = (row: Product): boolean =>
              identifierKeys(row).some((one) => one.includes(key)) ||
              [row.id, String(row.sku)].some((one) => reduce(one).includes(reduce(part)));
            const expected = [...rows.values()]
              .filter((row) => key !== '' && holds(row))
              .map((row) => row.id);
            const found = index.findByIdentifierPart(part, 1000).map((ordinal) => index.idOf(ordinal));
            expect(found.sort()).toEqual(expected.sort());
            const passing = new Bitset(index.size);
            for (const ordinal of index.findByIdentifierPart(part, 1000, passing))
              expect(ordinal).toBeUndefined();
          }
        }
        expect(new Set(index.findByIdentifierPart('a', 2)).size).toBeLessThanOrEqual(2 * rows.size);
        index.close();
      },
    ),
    { numRuns: 30 },
  );
});

test('a fraction in a title is not the number of its digits', async () => {
  const index = await indexOf([
    { id: 'half', title: 'Hose clamp 1/2 in' },
    { id: 'twelve', title: 'Hose clamp 12 in' },
    { id: 'mixed', title: 'Hose clamp 1 1/4 in' },
  ]);
  const ids = (text: string) => index.findByTitle(text).map((ordinal) => index.idOf(ordinal));
  expect(ids('hose clamp 12 in')).toEqual(['twelve']);
  expect(ids('hose-clamp ½ in')).toEqual(['half']);
  expect(ids('hose clamp 1-1/4in')).toEqual(['mixed']);
  index.close();
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
