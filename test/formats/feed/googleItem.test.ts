import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { feedWriter } from '../../../src/formats/feed/googleFile.js';
import { googleItem } from '../../../src/formats/feed/googleItem.js';
import { gtinProblem } from '../../../src/formats/feed/gtinProblem.js';

const OPTIONS = { shop: 'https://shop.example/de/' };
const COMPLETE: Product = {
  id: 'K-1',
  title: 'Kettle',
  description: 'Boils water.',
  url: '/p/k-1?a=1&b=2',
  image: 'https://cdn.example/k 1.jpg',
  availability: 'In Stock',
  price: 24.5,
  currency: 'EUR',
};

const valuesOf = (more: Partial<Product>, options = {}) =>
  Object.fromEntries(googleItem({ ...COMPLETE, ...more }, { ...OPTIONS, ...options }).values ?? []);
const problemsOf = (more: Partial<Product>) =>
  googleItem({ ...COMPLETE, ...more }, OPTIONS).problems.map(
    ({ field, reason, effect }) => `${effect}: ${field}: ${reason}`,
  );

it('a complete product has the required attributes', () => {
  expect(googleItem(COMPLETE, OPTIONS).problems).toEqual([]);
  expect(valuesOf({})).toEqual({
    id: 'K-1',
    title: 'Kettle',
    description: 'Boils water.',
    link: 'https://shop.example/p/k-1?a=1&b=2',
    image_link: 'https://cdn.example/k%201.jpg',
    availability: 'in_stock',
    price: '24.50 EUR',
  });
});

it('attributes come from attributes and other fields, in the words of the specification', () => {
  expect(
    valuesOf({
      ...{ category: 'Kitchen > Kettles', brand: 'Acme', gtin: '4006381333931', group_id: 'K' },
      ...{ mpn: 'AC-9', condition: 'Second-hand', google_product_category: '617' },
      attributes: {
        Farbe: 'x',
        Colour: ['red', 'blue', 'green', 'black'],
        size: ['S', 'M'],
        gender: "Women's",
        'Age group': 'Kids',
      },
    }),
  ).toMatchObject({
    ...{ product_type: 'Kitchen > Kettles', brand: 'Acme', gtin: '4006381333931', item_group_id: 'K' },
    ...{ mpn: 'AC-9', condition: 'used', google_product_category: '617' },
    ...{ color: 'red/blue/green', size: 'S', gender: 'female', age_group: 'kids' },
  });
});

describe('availability', () => {
  it.each([
    ['in_stock', undefined, 'in_stock'],
    ['https://schema.org/OutOfStock', undefined, 'out_of_stock'],
    ['sold out', 4, 'out_of_stock'],
    ['in stock', 0, 'out_of_stock'],
    [undefined, 3, 'in_stock'],
    [undefined, 0, 'out_of_stock'],
    ['on the way', 3, 'in_stock'],
  ])('%j with a stock of %j is %s', (availability, stock, expected) => {
    const { availability: _, ...product } = COMPLETE;
    const more = {
      ...(availability !== undefined && { availability }),
      ...(stock !== undefined && { stock }),
    };
    expect(googleItem({ ...product, ...more }, OPTIONS).values?.get('availability')).toBe(expected);
  });

  it('a product on order needs a date', () => {
    expect(problemsOf({ availability: 'preorder' })).toEqual([
      'left out: availability_date: expected a date, which preorder requires, found nothing',
    ]);
    expect(valuesOf({ availability: 'pre-order', availability_date: '2027-01-10T09:00Z' })).toMatchObject({
      availability: 'preorder',
      availability_date: '2027-01-10T09:00Z',
    });
  });
});

it('a price has as many decimals as its currency', () => {
  expect(valuesOf({ price: 1299.9, currency: 'JPY' }).price).toBe('1300 JPY');
  expect(valuesOf({ price: 5, currency: '€' }).price).toBe('5.00 EUR');
  const { currency: _, ...without } = COMPLETE;
  expect(googleItem(without, { ...OPTIONS, currency: 'CHF' }).values?.get('price')).toBe('24.50 CHF');
});

it('what breaks a rule is left out, dropped or shortened, with field and reason', () => {
  expect(problemsOf({ title: '  ', image: 'ftp://x/y', price: 0, availability: 'maybe' })).toEqual([
    'left out: title: expected a title, found nothing',
    'left out: image_link: expected the address of an image, found nothing',
    'left out: availability: expected in_stock, out_of_stock, preorder or backorder, found "maybe"',
    'left out: price: expected a price above 0, found 0',
  ]);
  expect(problemsOf({ id: 'x'.repeat(51), currency: 'gold' })).toEqual([
    'left out: id: expected at most 50 characters, found 51',
    'left out: currency: expected a code such as EUR, found "gold"',
  ]);
  expect(problemsOf({ gtin: '4006381333930', brand: 'b'.repeat(71), condition: 'worn' })).toEqual([
    'dropped: brand: expected at most 70 characters, found 71',
    'dropped: gtin: expected the check digit 1, found "4006381333930"',
    'dropped: condition: expected new, refurbished or used, found "worn"',
  ]);
  expect(problemsOf({ title: 'word '.repeat(40) })).toEqual([
    'shortened: title: expected at most 150 characters, found 199',
  ]);
  expect(valuesOf({ title: 'word '.repeat(40) }).title).toBe('word '.repeat(30).trim());
});

it.each([
  ['4006381333931', undefined],
  ['036000291452', undefined],
  ['96385074', undefined],
  ['10036000291459', undefined],
  ['400638133397', 'expected the check digit 0'],
  ['12345', 'expected 8, 12, 13 or 14 digits'],
  ['2743798639622', 'expected a number assigned by GS1, found one of a restricted range'],
])('the GTIN %s: %j', (gtin, problem) => {
  expect(gtinProblem(gtin)).toBe(problem);
});

it('markup and characters that XML does not allow are escaped or removed', () => {
  const { item } = feedWriter('xml', { title: 'A & B', link: 'https://shop.example/' });
  expect(item({ values: new Map([['title', 'a < b & "c" \u0001\ud800>']]), substitutes: ['K-2'] })).toBe(
    '<item><g:title>a &lt; b &amp; "c" &gt;</g:title><g:related_product>' +
      '<g:relationship_type>substitute</g:relationship_type><g:identifier_type>id</g:identifier_type>' +
      '<g:identifier>K-2</g:identifier></g:related_product></item>\n',
  );
});
