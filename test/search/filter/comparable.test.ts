import { describe, expect, it, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { ValueRules } from '../../../src/index/columns/valueRules.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { applyFilter } from '../../../src/search/filter/applyFilter.js';
import { type FieldTypes, matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { readSortOrder } from '../../../src/search/rank/sortOrder.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { unitOf } from '../../../src/text/units.js';
import { indexOf } from '../indexOf.js';

const weights: Readonly<Record<string, string | number>> = {
  a: '900 g',
  b: '1.2 kg',
  c: '1,5 kg',
  d: '2 kg',
  e: 3,
  f: '3 lb',
  g: 'heavy',
  h: '500 ml',
};
const products: Product[] = Object.entries(weights).map(([id, weight]) => ({
  id,
  title: `Sack ${id}`,
  price: 5,
  attributes: { weight },
}));

const inKilograms: FieldTypes = {
  typeOf: (field) =>
    field === 'attributes.weight' ? { unit: unitOf('kg'), dates: undefined, isNumeric: true } : undefined,
  rules: ValueRules.NONE,
};

function passing(index: LiveIndex, filter: string): string {
  const found = applyFilter(index, parseFilter(filter)).toArray();
  return [...found].map((ordinal) => index.idOf(ordinal)).join('');
}

const FILTERS: readonly [filter: string, ids: string][] = [
  ["attributes.weight < '1 kg'", 'a'],
  ["attributes.weight < '1,3 kg'", 'ab'],
  ["attributes.weight <= '900 g'", 'a'],
  ["attributes.weight <= '0.9 kg'", 'a'],
  ["attributes.weight >= '1200 g' AND attributes.weight < '2 kg'", 'bcf'],
  ["attributes.weight > '3 lb'", 'cde'],
  ['attributes.weight < 1.3', 'ab'],
  ["attributes.weight < '1.3'", 'ab'],
  ['attributes.weight = 0.9', 'a'],
  ['attributes.weight = 3', 'e'],
  ["attributes.weight > '400 ml'", 'h'],
  ["attributes.weight > '1 cm'", ''],
];

describe('values in several units', () => {
  test.each(FILTERS)('%s passes "%s"', async (filter, ids) => {
    const index = await indexOf(products);
    expect(passing(index, filter)).toBe(ids);
    index.close();
  });

  test.each(FILTERS)('%s passes the same products by themselves', (filter, ids) => {
    const found = products.filter((product) => matchProduct(product, parseFilter(filter), inKilograms));
    expect(found.map(({ id }) => id).join('')).toBe(ids);
  });

  test.each(FILTERS)('%s passes the same products written after the index was built', async (filter, ids) => {
    const before = await indexOf(products.slice(0, 3));
    before.apply({ upserts: products.slice(3).map((product) => ({ product })) });
    expect(passing(before, filter)).toBe(ids);
    before.close();
  });

  it('keeps numbers in the base unit, and knows the unit most used', async () => {
    const index = await indexOf(products);
    const column = index.columns.field('attributes.weight');
    expect(column?.unit?.symbol).toBe('kg');
    expect([...'abcdefgh'].map((id) => column?.numberOf(index.ordinalOf(id) ?? 0))).toEqual([
      0.9,
      1.2,
      1.5,
      2,
      3,
      1.36077711,
      Number.NaN,
      Number.NaN,
    ]);
    expect(index.columns.field('price')?.unit).toBeUndefined();
    index.close();
  });

  it('sorts by weight whatever it is written in', async () => {
    const index = await indexOf(products);
    const ordinals = products
      .map((_, ordinal) => ordinal)
      .sort(readSortOrder(index, ['attributes.weight:asc']));
    expect(ordinals.map((ordinal) => index.idOf(ordinal)).join('')).toBe('abfcdehg');
    index.close();
  });

  it('shows numbers in the unit most used', async () => {
    const grams = ['250 g', '0.5 kg', '750 g', '1 kg', '900 g'].map((weight, i) => ({
      id: `p${i}`,
      title: 'Sack',
      attributes: { weight },
    }));
    const index = await indexOf(grams);
    const request = searchRequestSchema.parse({
      q: 'sack',
      facets: ['attributes.weight'],
      facet_ranges: ['attributes.weight:..500..1000..'],
    });
    const answer = await search(() => ({ index, minCosine: 0.35, taxonomy: undefined }), request, undefined);
    expect(answer.facet_stats).toEqual({ 'attributes.weight': { min: 250, max: 1000, count: 5 } });
    expect(answer.facet_ranges).toEqual({
      'attributes.weight': [
        { to: 500, count: 1 },
        { from: 500, to: 1000, count: 3 },
        { from: 1000, count: 1 },
      ],
    });
    index.close();
  });

  it('leaves numbers as they are written where values are of several dimensions', async () => {
    const capacities = ['5 l', '64 GB', '2000 mAh', '32 GB'];
    const index = await indexOf(capacities.map((capacity, i) => ({ id: `${i}`, capacity })));
    expect(index.columns.field('capacity')?.unit).toBeUndefined();
    expect(passing(index, 'capacity >= 40')).toBe('12');
    expect(passing(index, "capacity >= '40 GB'")).toBe('1');
    expect(passing(index, "capacity >= '20000 MB'")).toBe('13');
    index.close();
  });

  it('a column that the generation lacks takes the unit of its first measure', async () => {
    const index = await indexOf([]);
    for (const [id, width] of [
      ['a', 40],
      ['b', '60 cm'],
      ['c', '0.3 m'],
      ['d', '200 mm'],
    ] as const)
      index.apply({ upserts: [{ product: { id, width } }] });
    expect(passing(index, 'width < 50')).toBe('acd');
    expect(passing(index, "width < '25 cm'")).toBe('d');
    index.close();
  });

  it('refuses what is no number, with or without a unit', async () => {
    const index = await indexOf(products);
    expect(() => passing(index, "attributes.weight < 'heavy'")).toThrow(
      "filter: attributes.weight < needs a number in decimal notation such as 49.90, one with a unit such as '1.5 kg', or a date such as '2024-06-01', found 'heavy'.",
    );
    expect(() => passing(index, "price < '5 kg'")).toThrow(
      "filter: price < needs a number in decimal notation such as 49.90, found '5 kg'.",
    );
    index.close();
  });
});
