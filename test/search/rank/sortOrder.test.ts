import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { readSortOrder } from '../../../src/search/rank/sortOrder.js';
import { fold } from '../../../src/text/fold.js';
import { products as anyProduct } from '../../index/products.js';
import { indexOf } from '../indexOf.js';
import { type NaiveCell, naiveCells } from '../naiveCells.js';

const FIELDS = ['title', 'brand', 'price', 'stock', 'tags', 'attributes.color', 'attributes.memory'];
const full: Product = {
  id: 'full',
  title: 'Full',
  brand: 'Acme',
  price: 1,
  stock: 1,
  tags: ['sale'],
  attributes: { color: 'Red', memory: 2 },
};
const entry = fc.tuple(fc.constantFrom(...FIELDS), fc.constantFrom('asc' as const, 'desc' as const));

/** A product that lists a value twice has one cell of it. */
function distinctCells(product: Product, field: string): NaiveCell[] {
  return [...new Map(naiveCells(product, field).map((cell) => [fold(cell.text), cell])).values()];
}

/**
 * Numbers where at least half of the values are numbers, then texts; elsewhere texts only. Then products without a
 * value; ties are left to the next sort.
 */
function compare(all: readonly Product[], a: Product, b: Product, field: string, sign: number): number {
  const [x] = naiveCells(a, field);
  const [y] = naiveCells(b, field);
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
  const cells = all.flatMap((product) => distinctCells(product, field));
  const numbers = cells.filter(({ number }) => !Number.isNaN(number)).length;
  if (field !== 'title' && numbers > 0 && 2 * numbers >= cells.length) {
    const [xIsText, yIsText] = [Number(Number.isNaN(x.number)), Number(Number.isNaN(y.number))];
    if (xIsText !== yIsText) return xIsText - yIsText;
    if (xIsText === 0) return sign * (x.number - y.number);
  }
  const [one, other] = [fold(x.text), fold(y.text)];
  return one === other ? 0 : one < other ? -sign : sign;
}

it('sorts as sorting the products themselves would', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyProduct, { selector: ({ id }) => id, maxLength: 12 }),
      fc.nat(12),
      fc.array(entry, { maxLength: 3 }),
      async (products, built, sort) => {
        const all = [full, ...products];
        const index = await indexOf(all.slice(0, built));
        index.apply({ upserts: all.slice(built).map((product) => ({ product })) });
        const order = readSortOrder(
          index,
          sort.map(([field, direction]) => `${field}:${direction}`),
        );
        const expected = [...all].sort((a, b) => {
          const before = sort
            .map(([field, direction]) => compare(all, a, b, field, direction === 'asc' ? 1 : -1))
            .find((one) => one !== 0);
          return before ?? (a.id < b.id ? -1 : 1);
        });
        const sorted = [...index.aliveSet().toArray()].sort(order).map((ordinal) => index.idOf(ordinal));
        expect(sorted).toEqual(expected.map(({ id }) => id));
        index.close();
      },
    ),
    { numRuns: 60 },
  );
});

it('sorts by id in both directions, by a field with a colon, and by a standard field that is always empty', async () => {
  const index = await indexOf([{ id: 'b', 'a:b': 1 }, { id: 'a', 'a:b': 2 }, { id: 'c' }]);
  const ids = (...sort: string[]): string =>
    [0, 1, 2]
      .sort(readSortOrder(index, sort))
      .map((ordinal) => index.idOf(ordinal))
      .join('');
  expect(ids('id:desc')).toBe('cba');
  expect(ids('id')).toBe('abc');
  expect(ids(' a:b : desc ')).toBe('abc');
  expect(ids('a:b:asc')).toBe('bac');
  expect(ids('stock:desc')).toBe('abc');
  expect(() => ids(':asc')).toThrow(/sort: found ':asc', expected a field and a direction/);
  expect(readSortOrder(index, [])(1, 1)).toBe(0);
});
