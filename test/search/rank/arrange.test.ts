import { expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { type Arrangement, arrange } from '../../../src/search/rank/arrange.js';
import { popularityByCounts } from '../../../src/search/rank/popularity.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { indexOf } from '../indexOf.js';

const products: Product[] = Array.from({ length: 40 }, (_, place) => ({
  id: `p${String(place).padStart(2, '0')}`,
  title: 'mug',
  ...(place === 39 ? {} : { brand: place < 30 ? 'Acme' : place < 35 ? 'Zenith' : 'Bolt' }),
}));
const NONE: Arrangement = { diversity: null, exploration: null };
const all = () => products.map((_, place) => place);
const byPlace = (ordinal: number) => 1 - ordinal / 100;

it('spreads brands over the first places, and keeps the order within a brand and all products', async () => {
  const index = await indexOf(products);
  const ranked = all();
  arrange(index, ranked, { ...NONE, diversity: { by: 'brand', strength: 0.8 } }, byPlace, 'mug');
  const brands = ranked.slice(0, 6).map((ordinal) => products[ordinal]?.brand);
  expect(new Set(brands).size).toBeGreaterThan(1);
  expect(ranked.toSorted((a, b) => a - b)).toEqual(all());
  const acme = ranked.filter((ordinal) => ordinal < 30);
  expect(acme).toEqual(all().slice(0, 30));
});

it('gives a share of the places to products that were hardly seen, the same while the seed stays', async () => {
  const index = await indexOf(products);
  const seen = (id: string) => ({ id, successes: 5, failures: 95 });
  const explored = (seed: number, query = 'mug') => {
    const ranked = all();
    const exploration = {
      ...{ share: 0.2, max_shown: 50, seed },
      trialsOf: (id: string) => (Number(id.slice(1)) < 30 ? seen(id) : undefined),
    };
    arrange(index, ranked, { ...NONE, exploration }, byPlace, query);
    return ranked;
  };
  const first = explored(1);
  const places = first.flatMap((ordinal, place) => (ordinal >= 30 && place < 25 ? [place] : []));
  expect(places).toEqual([2, 7, 12, 17, 22]);
  expect(explored(1)).toEqual(first);
  const others = [2, 3, 4, 5].map((seed) => JSON.stringify(explored(seed)));
  expect(new Set([...others, JSON.stringify(first)]).size).toBeGreaterThan(2);
  expect(first.toSorted((a, b) => a - b)).toEqual(all());
});

it('makes pages that fit together, and leaves a sorted result alone', async () => {
  const index = await indexOf(products);
  const arrangement: Arrangement = { ...NONE, diversity: { by: 'brand', strength: 0.9 } };
  const ids = async (page: number, per_page: number, more: object = {}) => {
    const request = searchRequestSchema.parse({ q: 'mug', page, per_page, ...more });
    const context = () => ({ index, minCosine: 1, taxonomy: undefined, arrangement });
    return (await search(context, request, undefined)).hits.map(({ id }) => id);
  };
  const whole = await ids(1, 40);
  expect(whole.toSorted()).toEqual(products.map(({ id }) => id));
  expect(whole).not.toEqual(products.map(({ id }) => id));
  expect([...(await ids(1, 15)), ...(await ids(2, 15)), ...(await ids(3, 15))]).toEqual(whole);
  expect(await ids(1, 40, { sort: ['id:asc'] })).toEqual(products.map(({ id }) => id));
});

it('reads popularity from counts: the logarithm, by id, 0 where nobody touched the product', async () => {
  const index = await indexOf(products);
  const of = popularityByCounts(
    new Map([
      ['p03', 99],
      ['p07', 9],
      ['gone', 999],
    ]),
  )(index);
  expect([3, 7, 8].map((ordinal) => of?.(ordinal))).toEqual([
    expect.closeTo(2 / 3, 5),
    expect.closeTo(1 / 3, 5),
    0,
  ]);
  expect(popularityByCounts(new Map())(index)).toBeUndefined();
});
