import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { restrictIndex } from '../../../src/search/filter/restrictIndex.js';
import { search } from '../../../src/search/search.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { products as anyProducts, clusteredVectors, words } from '../../index/products.js';
import { indexOf } from '../indexOf.js';

function ask(
  index: LiveIndex,
  request: Partial<SearchRequest>,
  vector?: Float32Array,
): Promise<SearchAnswer> {
  return search(
    () => ({ index, minCosine: 0.4, taxonomy: undefined }),
    searchRequestSchema.parse(request),
    vector === undefined ? undefined : async () => vector,
  );
}

async function found(
  index: LiveIndex,
  request: Partial<SearchRequest>,
  vector?: Float32Array,
): Promise<[ids: string[], relaxed: string[]]> {
  const { hits, understood } = await ask(index, request, vector);
  return [hits.map(({ id }) => id), understood.relaxed];
}

const shop: Product[] = [
  { id: 'a', title: 'Oak desk lamp', brand: 'Fernhill', category: 'Home > Lamps > Desk lamps', price: 30 },
  {
    id: 'b',
    title: 'Walnut floor lamp',
    brand: 'Oakline',
    category: 'Home > Lamps > Floor lamps',
    price: 80,
  },
  { id: 'c', title: 'Walnut chair', brand: 'Oakline', category: 'Home > Chairs', price: 60 },
  { id: 'd', title: 'Linen shirt', brand: 'Fernhill', category: 'Clothing > Shirts', price: 20 },
];
const query = Float32Array.of(1, 0);
const at = (cosine: number) => Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));

describe('a query that finds nothing', () => {
  it('is not relaxed if it finds something', async () => {
    const index = await indexOf(shop);
    expect(await found(index, { q: 'walnut lamp' })).toEqual([['b', 'a', 'c'], []]);
    expect(await found(index, {})).toEqual([['a', 'b', 'c', 'd'], []]);
  });

  it('drops words that no product has, unless too little would be left', async () => {
    const index = await indexOf(shop);
    expect((await ask(index, { q: 'walnut chair purplish unheard', relax: false })).total).toBe(0);
    expect(await found(index, { q: 'walnut chair purplish unheard' })).toEqual([
      ['c'],
      ["without the words 'purplish' and 'unheard'"],
    ]);
    expect(await found(index, { q: 'quantum linen theory' })).toEqual([[], []]);
    expect(await found(index, { q: 'quantum field theory' })).toEqual([[], []]);
    // Each word is known by itself, but no product has both.
    for (const filter of ['', "brand = 'Fernhill'"])
      expect(await found(index, { q: 'linen chair unheard another', filter })).toEqual([[], []]);
  });

  it('requires fewer words if the filter excludes what has more of them', async () => {
    const index = await indexOf([
      ...shop,
      ...['x', 'y', 'z'].map((id) => ({ id, title: `Lamp ${id}`, brand: 'Glim' })),
      ...Array.from({ length: 20 }, (_, i) => ({ id: `r${i}`, title: `Rug ${i}` })),
    ]);
    const request = { q: 'walnut chair lamp', filter: "brand = 'Glim'", per_page: 1 };
    expect((await ask(index, { ...request, relax: false })).total).toBe(0);
    const answer = await ask(index, request);
    expect(answer.total).toBe(3);
    expect(answer.understood.relaxed).toEqual(["without the words 'walnut' and 'chair'"]);
    expect(answer.hits[0]?.tier).toBe('partial');
  });

  it('widens the category level by level, and no other condition', async () => {
    const index = await indexOf(shop);
    const filter = "category = 'Home > Lamps > Desk lamps'";
    expect(await found(index, { q: 'floor', filter })).toEqual([
      ['b'],
      ['in Home > Lamps instead of Home > Lamps > Desk lamps'],
    ]);
    expect(await found(index, { q: 'chair', filter: `price > 1 AND (${filter} AND price < 70)` })).toEqual([
      ['c'],
      ['in Home instead of Home > Lamps > Desk lamps'],
    ]);
    expect(await found(index, { q: 'chair', filter: `${filter} AND price < 50` })).toEqual([[], []]);
    expect(await found(index, { q: 'shirt', filter })).toEqual([[], []]);
    expect(await found(index, { q: 'chair', filter: "brand = 'Fernhill'" })).toEqual([[], []]);
    expect(await found(index, { q: 'floor', filter, relax: false })).toEqual([[], []]);
  });

  it('returns the nearest in meaning last, and only if something is near without the filter', async () => {
    const vectors = new Map([
      ['a', at(0.32)],
      ['b', at(0.1)],
      ['c', at(0.6)],
    ]);
    const index = await indexOf(shop, vectors);
    const filter = 'price < 50';
    expect(await found(index, { q: 'zzz', filter }, query)).toEqual([
      ['a'],
      ['nearest in meaning, though nothing is near'],
    ]);
    vectors.set('c', at(0.39));
    expect(await found(await indexOf(shop, vectors), { q: 'zzz', filter }, query)).toEqual([[], []]);
  });

  it('finds nothing outside a restriction by any step, with any filter', async () => {
    const index = await indexOf(shop);
    const restriction = "category = 'Home > Lamps'";
    const restricted = (request: Partial<SearchRequest>) =>
      ask(restrictIndex(index, parseFilter(restriction)), request);
    // The filter's category is widened up to Home, which has a chair.
    const filter = "category = 'Home > Lamps > Desk lamps'";
    expect((await ask(index, { q: 'chair', filter })).hits.map(({ id }) => id)).toEqual(['c']);
    expect((await restricted({ q: 'chair', filter })).total).toBe(0);
    expect((await restricted({ q: 'walnut', filter })).hits.map(({ id }) => id)).toEqual(['b']);
    expect((await restricted({ q: 'linen shirt' })).total).toBe(0);
    expect((await restricted({ q: '', filter: "category = 'Clothing'" })).total).toBe(0);
    let relaxations = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 4, maxLength: 13 }),
        fc.oneof(
          words,
          words.map((text) => `${text} unheard`),
          fc.constant(''),
        ),
        fc.option(fc.constantFrom("category = 'Shoes > Running' AND price > 1", 'rating = 3'), {
          nil: undefined,
        }),
        fc.constantFrom("category = 'Shoes'", 'price < 3', "NOT availability = 'out of stock'", 'stock = 1'),
        async (products, q, wanted, limit) => {
          const whole = await indexOf(products);
          const visible = await ask(whole, { filter: limit, relax: false });
          const ids = new Set(visible.hits.map(({ id }) => id));
          const answer = await ask(restrictIndex(whole, parseFilter(limit)), {
            q,
            filter: wanted,
            per_page: 250,
          });
          if (answer.understood.relaxed.length > 0) relaxations++;
          expect(answer.hits.filter(({ id }) => !ids.has(id))).toEqual([]);
          expect(answer.total).toBe(answer.hits.length);
        },
      ),
      { numRuns: 30, seed: 13 },
    );
    expect(relaxations).toBeGreaterThan(0);
  });

  it('keeps pages, totals and facets consistent, and a facet’s value leaves as many as it counted', async () => {
    let relaxations = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 4, maxLength: 13 }),
        words.map((text) => `${text} unheard`),
        fc.constantFrom(
          "category = 'Shoes > Running' AND price > 1",
          "category = 'Shoes > Running > Trail' AND (price < 3 OR stock = 1)",
          "rating = 3 AND category = 'Shoes > Running'",
          "availability = 'out of stock' AND price > 2",
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (products, q, filter, minCosine) => {
          const made = clusteredVectors(products.length, 8, 3, products.length);
          const vectors = new Map(products.map(({ id }, place) => [id, made[place] ?? new Float32Array(8)]));
          const index = await indexOf(products, vectors);
          const all = (request: Partial<SearchRequest>): Promise<SearchAnswer> =>
            search(
              () => ({ index, minCosine: minCosine, taxonomy: undefined }),
              searchRequestSchema.parse({ q, filter, facets: ['brand', 'price'], ...request }),
              async () => made[0],
            );
          const answer = await all({});
          if (answer.understood.relaxed.length > 0) relaxations++;
          expect(answer.hits).toHaveLength(answer.total);
          const walked: string[] = [];
          for (let page = 1; page <= answer.total; page++) {
            const one = await all({ page, per_page: 1 });
            expect(one.understood.relaxed).toEqual(answer.understood.relaxed);
            walked.push(...one.hits.map(({ id }) => id));
          }
          expect(walked).toEqual(answer.hits.map(({ id }) => id));
          for (const [field, values] of Object.entries(answer.facets)) {
            for (const { value, count } of values) {
              const left = await all({ filter: `(${filter}) AND ${field} = '${value}'` });
              expect([field, value, left.total]).toEqual([field, value, count]);
            }
          }
          index.close();
        },
      ),
      { numRuns: 20 },
    );
    expect(relaxations).toBeGreaterThan(3);
  });
});
