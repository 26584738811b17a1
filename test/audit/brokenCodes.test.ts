import { expect, it } from 'vitest';
import { gtinCells, isPlaceholderCode, overusedGtins } from '../../src/audit/brokenCodes.js';
import { findDuplicates } from '../../src/audit/duplicates/findDuplicates.js';
import type { Product } from '../../src/domain/product.js';
import { madeUpShop } from './duplicates/madeUp.js';
import { toyTaxonomy } from './toyTaxonomy.js';

it('knows codes that stand for none', () => {
  for (const code of ['0000', '99999999', '12345678', '1234567890128', '987654321', '0123456789', 'xxxx'])
    expect(isPlaceholderCode(code), code).toBe(true);
  for (const code of ['4006381333931', 'kdl40v4100', '12346578', '1001', '920000264'])
    expect(isPlaceholderCode(code), code).toBe(false);
});

it('tells which GTINs of a product are broken', () => {
  const product = { id: '1', gtin: '4006381333932', attributes: { ean: ['4006381333931', '000000000000'] } };
  expect([...gtinCells(product)].map(({ value, problem }) => [value, problem === undefined])).toEqual([
    ['4006381333932', false],
    ['4006381333931', true],
    ['000000000000', false],
  ]);
});

it('knows GTINs on many different products, but not one on rows of one product', () => {
  const row = (gtin: string, ...words: number[]) => ({ gtins: [gtin], words });
  const rows = [
    row('a', 1, 2),
    row('a', 3, 4),
    row('a', 5, 6),
    row('b', 1, 2, 3),
    row('b', 1, 2),
    row('b', 1, 2, 9),
  ];
  expect([...overusedGtins(rows)]).toEqual(['a']);
});

it('derives no duplicate from a code that is broken', () => {
  const { products } = madeUpShop(3, 80, 20);
  const pairs: [kind: string, code: Partial<Product>, one: string, other: string][] = [
    ['wrong', { gtin: '4006381333932' }, 'Walnut serving board oiled', 'Linen curtain panel sheer'],
    ['placeholder', { gtin: '1234567890128' }, 'Garden hose reel wall', 'Copper sauce pot'],
    ['zeros', { sku: '00000000' }, 'Felt pencil roll', 'Brass door knocker'],
    ['counted', { mpn: '12345678' }, 'Paper lantern string', 'Rubber boot scraper'],
    ['blank', { mpn: 'N/A' }, 'Cork yoga block', 'Tin lunch pail'],
  ];
  const rows = pairs.flatMap(([kind, code, ...titles]) =>
    titles.map((title, at): Product => ({ id: `${kind}${at}`, title, ...code })),
  );
  const titles = [
    'Marble cheese slicer',
    'Velvet cushion cover',
    'Bamboo towel ladder',
    'Slate coaster quartet',
  ];
  const shared = titles.map((title, at): Product => ({ id: `shared${at}`, title, gtin: '4006381333931' }));
  const { duplicates } = findDuplicates({
    products: [...products, ...rows, ...shared],
    vectorOf: () => undefined,
    nearest: [],
    view: toyTaxonomy(),
  });
  const mine = /^(wrong|placeholder|zeros|counted|blank|shared)/;
  expect(duplicates.filter(({ ids }) => ids.some((id) => mine.test(id)))).toEqual([]);
});
