import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livePatchSchema, readProduct } from '../../src/domain/product.js';

const problems = (input: unknown): unknown => Object(readProduct(input)).problems;
const product = (input: unknown): unknown => Object(readProduct(input)).product;

describe('reading a product', () => {
  it('converts numbers to strings, numeric strings to numbers and lists to category paths', () => {
    expect(
      product({
        id: 17,
        title: 501,
        gtin: 5901234123457,
        price: ' 12.50 ',
        stock: '-3',
        category: ['Home', 'Lamps'],
      }),
    ).toEqual({
      id: '17',
      title: '501',
      gtin: '5901234123457',
      price: 12.5,
      stock: -3,
      category: 'Home > Lamps',
    });
  });

  it('counts nulls and blanks as absent, but not an empty list, trims the id, and keeps unknown fields', () => {
    expect(
      product({
        id: ' a ',
        title: null,
        brand: ' ',
        price: '',
        stock: ' ',
        url: undefined,
        attributes: {
          color: '',
          size: null,
          hem: ' \t',
          cuts: [' ', ''],
          none: [],
          fit: 'Slim',
          lined: false,
          sizes: ['S', ' ', 1, true],
        },
        rating: { mean: 4 },
        note: '',
        _shelfwright: { facts: [] },
      }),
    ).toEqual({
      id: 'a',
      attributes: { none: [], fit: 'Slim', lined: false, sizes: ['S', 1, true] },
      rating: { mean: 4 },
      note: '',
    });
  });

  it.each([
    ['text', '', 'expected an object with an id, found "text"'],
    [null, '', 'expected an object with an id, found null'],
    [[{ id: 'a' }], '', 'expected an object with an id, found a list of 1'],
    [7, '', 'expected an object with an id, found 7'],
    [{ title: 'x' }, 'id', 'missing or empty; every product needs an id of its own'],
    [{ id: ' ' }, 'id', 'missing or empty; every product needs an id of its own'],
    [{ id: true }, 'id', 'expected a string, found true'],
    [{ id: 'a', title: { en: 'x' } }, 'title', 'expected a string, found an object with en'],
    [{ id: 'a', category: ['x', 1] }, 'category', 'expected a string, found a list of 2'],
    [{ id: 'a', price: -1 }, 'price', 'expected a number of at least 0, found -1'],
    [{ id: 'a', price: 'a lot' }, 'price', 'expected a number of at least 0, found "a lot"'],
    [{ id: 'a', price: 'Infinity' }, 'price', 'expected a number of at least 0, found "Infinity"'],
    [
      { id: 'a', price: 'x'.repeat(70) },
      'price',
      `expected a number of at least 0, found "${'x'.repeat(60)}…" of 70 characters`,
    ],
    [{ id: 'a', stock: [] }, 'stock', 'expected a number, found an empty list'],
    [{ id: 'a', attributes: [] }, 'attributes', 'expected an object of names to values, found an empty list'],
    [
      { id: 'a', attributes: { 'a.b': { c: 1 } } },
      'attributes.a.b',
      'expected a string, number, boolean or a list of them, found an object with c',
    ],
  ])('says what is wrong in %j with %s', (input, field, reason) => {
    expect(problems(input)).toEqual([{ field, reason }]);
  });

  it('names every problem of a row', () => {
    expect(problems({ id: 'a', title: true, price: 'x', attributes: { color: {} } })).toMatchObject([
      { field: 'title' },
      { field: 'price' },
      { field: 'attributes.color' },
    ]);
  });

  it('never throws, does not change its input, and is idempotent', () => {
    const field = fc.constantFrom(
      'id',
      'title',
      'category',
      'price',
      'stock',
      'gtin',
      'attributes',
      '__proto__',
      'x',
    );
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', ' 7 ', '0x1f', null));
    fc.assert(
      fc.property(fc.array(fc.tuple(field, value)), (entries) => {
        const input = Object.fromEntries([['id', 'a'], ...entries]);
        const before = structuredClone(input);
        const read = readProduct(input);
        expect(input).toEqual(before);
        if ('product' in read) expect(readProduct(read.product)).toEqual(read);
        else expect(read.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

it('accepts a patch of live fields only, with at least one', () => {
  expect(livePatchSchema.parse({ price: 0, stock: -1, availability: 'gone' })).toEqual({
    price: 0,
    stock: -1,
    availability: 'gone',
  });
  expect(() => livePatchSchema.parse({})).toThrow(/at least one of price, stock, availability/);
  expect(livePatchSchema.safeParse({ title: 'x', price: 1 }).success).toBe(false);
  expect(livePatchSchema.safeParse({ price: -1 }).success).toBe(false);
  expect(() => livePatchSchema.parse({ availability: ' ' })).toThrow(
    /blank; expected a word such as in_stock/,
  );
});

describe('records that would break later steps', () => {
  it('refuses an inexact number as id, and unbounded nesting', () => {
    expect(readProduct(JSON.parse('{"id":12345678901234567890}'))).toEqual({
      problems: [{ field: 'id', reason: expect.stringContaining('write the id in quotes') }],
    });
    const deep = JSON.parse(`{"id":"a","x":${'['.repeat(5000)}${']'.repeat(5000)}}`);
    expect(readProduct(deep)).toEqual({
      problems: [{ field: 'x', limit: true, reason: expect.stringContaining('levels deep') }],
    });
    expect(readProduct({ id: 7, x: [[1]] })).toEqual({ product: { id: '7', x: [[1]] } });
  });
});
