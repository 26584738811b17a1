import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import type { CategoryNode, Hit } from '../../../src/search/searchAnswer.js';
import { indexOf } from '../indexOf.js';
import { naiveCells } from '../naiveCells.js';
import { anyFilter, anyQuery, anyShop, openAny } from '../walk.js';

const PARTS: Record<string, string[]> = {
  brand: ["brand = 'Acme'", "brand IN ['Acme', 'H&M']", "NOT brand = 'Acme'"],
  category: ["category = 'A'", "(category = 'A > B' OR category = 'F')"],
  price: ['price < 20', '(price >= 5 AND price <= 50)'],
  'attributes.color': ["attributes.color = 'Red'", 'attributes.color EXISTS'],
};
const FIELDS = ['brand', 'category', 'price', 'attributes.sizes', 'attributes.color'];

const anyRefinement = fc
  .subarray(Object.entries(PARTS))
  .chain((chosen) =>
    fc
      .tuple(...chosen.map(([field, parts]) => fc.tuple(fc.constant(field), fc.constantFrom(...parts))))
      .map((pairs) => new Map(pairs)),
  );

/** An unknown field is refused, so its part is left out. */
function knownParts(index: LiveIndex, refinement: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...refinement].filter(([field]) => index.columns.field(field) !== undefined));
}

/** The filter of all parts except those on one field. */
function joined(refinement: ReadonlyMap<string, string>, filter: string | undefined, but?: string): string {
  const parts = [...refinement].filter(([field]) => field !== but).map(([, part]) => part);
  return [...(filter === undefined ? [] : [`(${filter})`]), ...parts].join(' AND ');
}

function recount(hits: readonly Hit[], field: string): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { product } of hits) {
    for (const text of new Set(naiveCells(product, field).map((cell) => cell.text)))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const numbersOf = (hit: Hit, field: string): number[] =>
  naiveCells(hit.product, field)
    .map(({ number }) => number)
    .filter(Number.isFinite);

function flat(nodes: readonly CategoryNode[]): CategoryNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

describe('counting a search', () => {
  it('a refined search finds what the same filter finds, in the same order with the same scores', async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, anyQuery, anyFilter, anyRefinement, async (shop, q, filter, refinement) => {
        const { index, ask } = await openAny(shop);
        const parts = knownParts(index, refinement);
        const refined = await ask({ q, refine: joined(parts, undefined), ...(filter && { filter }) });
        const filtered = await ask({ q, filter: joined(parts, filter) });
        expect(refined.hits).toEqual(filtered.hits);
        expect(refined.total).toBe(filtered.total);
        index.close();
      }),
      { numRuns: 20 },
    );
  });

  it('counts each field without its own refinement: values, statistics, ranges and tree', async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, anyQuery, anyFilter, anyRefinement, async (shop, q, filter, refinement) => {
        const { index, ask, walk } = await openAny(shop);
        const fields = FIELDS.filter((field) => index.columns.field(field) !== undefined);
        const parts = knownParts(index, refinement);
        const answer = await ask({
          q,
          ...(filter && { filter }),
          refine: joined(parts, undefined),
          facets: fields,
          facet_ranges: ['price:..0.3..20..50', 'attributes.sizes:4'].filter((entry) =>
            fields.includes(entry.slice(0, entry.indexOf(':'))),
          ),
          category_tree: 5,
        });
        for (const field of fields) {
          const hits = await walk({ q, filter: joined(parts, filter, field) });
          expect(answer.facets[field]).toEqual(recount(hits, field));
          const numbers = hits.flatMap((hit) => numbersOf(hit, field));
          const stats = answer.facet_stats?.[field];
          if (field === 'price') expect(stats === undefined).toBe(numbers.length === 0);
          if (stats !== undefined) {
            expect(stats).toEqual({
              min: Math.min(...numbers),
              max: Math.max(...numbers),
              count: hits.filter((hit) => numbersOf(hit, field).length > 0).length,
            });
          }
          const ranges = answer.facet_ranges?.[field] ?? [];
          for (const { from = -Infinity, to = Infinity, count } of ranges) {
            const within = (number: number): boolean => number >= Number(from) && number < Number(to);
            expect(count).toBe(hits.filter((hit) => numbersOf(hit, field).some(within)).length);
          }
          if (field === 'attributes.sizes') {
            for (const number of numbers)
              expect(
                ranges.some(({ from = 0, to = 0 }) => number >= Number(from) && number < Number(to)),
              ).toBe(true);
          }
          if (field === 'category') {
            for (const { value, count } of flat(answer.category_tree ?? [])) {
              const below = await walk({
                q,
                filter: `category = '${value}'${['', joined(parts, filter, field)].filter((text, at) => at === 0 || text !== '').join(' AND ')}`,
              });
              expect({ value, count }).toEqual({ value, count: below.length });
            }
            const named = new Set(flat(answer.category_tree ?? []).map(({ value }) => value));
            for (const { value } of recount(hits, 'category')) expect(named).toContain(value);
          }
        }
        index.close();
      }),
      { numRuns: 20 },
    );
  });
});

const shop = [
  { id: '1', brand: 'Acme', category: 'Home > Light > Lamps', price: 10 },
  { id: '2', brand: 'Old Acre', category: 'Home > Light', price: 30, attributes: { 'Max: load': 'light' } },
  { id: '3', brand: 'Zénith', category: 'Home', price: 1000 },
  { id: '4', brand: '手机壳工厂', category: 'Garden' },
];

async function counted(request: Record<string, unknown>) {
  const { searchRequestSchema } = await import('../../../src/search/searchRequest.js');
  const { search } = await import('../../../src/search/search.js');
  const index = await indexOf(shop);
  return search(
    () => ({ index, minCosine: 0.3, taxonomy: undefined }),
    searchRequestSchema.parse({ relax: false, ...request }),
    undefined,
  );
}

describe('counting on request', () => {
  it('nests categories to the requested depth and width', async () => {
    const { category_tree } = await counted({ category_tree: 2, facet_limit: 1 });
    expect(category_tree).toEqual([
      {
        value: 'Home',
        name: 'Home',
        count: 3,
        children: [{ value: 'Home > Light', name: 'Light', count: 2, children: [] }],
      },
    ]);
  });

  it.each([
    ['ac', ['Acme', 'Old Acre']],
    ['ACRE o', ['Old Acre']],
    ['zen', ['Zénith']],
    ['zneith', ['Zénith']],
    ['zenh', ['Zénith']],
    ['zeniith', ['Zénith']],
    ['zan', []],
    ['cme', []],
    ['手机', ['手机壳工厂']],
    ['工厂', ['手机壳工厂']],
    ['  ', ['Acme', 'Old Acre', 'Zénith', '手机壳工厂']],
  ])('lists for a typed %j the brands %j', async (typed, brands) => {
    const { facets } = await counted({ facet_query: `brand:${typed}` });
    expect(facets.brand?.map(({ value }) => value)).toEqual(brands);
  });

  it('reads fields with colons, and searches in one list only', async () => {
    const { facets } = await counted({ facet_query: 'attributes.Max: load:lig', facets: ['brand'] });
    expect(facets['attributes.Max: load']).toEqual([{ value: 'light', count: 1 }]);
    expect(facets.brand).toHaveLength(4);
  });

  it('counts ranges with open ends, including the lower edge', async () => {
    const { facet_ranges } = await counted({ facet_ranges: ['price:..10..30..'] });
    expect(facet_ranges).toEqual({
      price: [
        { to: 10, count: 0 },
        { from: 10, to: 30, count: 1 },
        { from: 30, count: 2 },
      ],
    });
    const chosen = await counted({ facet_ranges: ['price:4'], filter: 'price < 100' });
    expect(chosen.facet_ranges).toEqual({
      price: [
        { from: 10, to: 20, count: 1 },
        { from: 20, to: 30, count: 0 },
        { from: 30, to: 40, count: 1 },
      ],
    });
    expect((await counted({ q: 'nothing', facet_ranges: ['price:4'] })).facet_ranges).toEqual({ price: [] });
  });

  it.each([
    [{ facets: ['brnad'] }, 'facets', /^facets: no product has the field 'brnad'; there is brand/],
    [{ facets: ['max_load'] }, 'facets', /; there is attributes\.Max: load/],
    [{ facet_query: 'brand' }, 'facet_query', /^facet_query: found 'brand', expected a field and what/],
    [{ facet_query: 'brandd:a' }, 'facet_query', /^facet_query: no product .*; there is brand/],
    [{ facet_ranges: ['prize:2'] }, 'facet_ranges', /^facet_ranges: no product .*; there is price/],
    [{ facet_ranges: ['price:1'] }, 'facet_ranges', /found 'price:1', expected a number of ranges from 2/],
    [{ facet_ranges: ['price'] }, 'facet_ranges', /found 'price', expected a field and its edges/],
    [{ facet_ranges: ['price:..'] }, 'facet_ranges', /expected 1 to 100 ranges by their edges/],
    [{ facet_ranges: ['price:5..x'] }, 'facet_ranges', /found 'x' in 'price:5..x', expected numbers/],
    [{ facet_ranges: ['price:5..5'] }, 'facet_ranges', /expected edges that ascend/],
    [{ facet_ranges: ['price:5', 'price:6'] }, 'facet_ranges', /found price twice/],
    [{ refine: 'brand =' }, 'refine', /^refine, character 8: found the end/],
    [{ refine: 'brandd = 1' }, 'refine', /^refine: no product has the field 'brandd'; there is brand/],
    [{ refine: 'price < x' }, 'refine', /^refine: price < needs a number/],
    [
      { refine: "price < 5 AND (brand = 'a' OR category = 'b')" },
      'refine',
      /^refine: found one part that names brand and category, expected parts of one field each/,
    ],
  ])('refuses %j', async (request, field, sentence) => {
    const refused = counted(request);
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toMatchObject({ field });
  });
});
