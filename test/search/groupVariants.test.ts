import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import { search } from '../../src/search/search.js';
import type { CategoryNode, Hit, SearchAnswer } from '../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/searchRequest.js';
import { indexOf } from './indexOf.js';
import { naiveCells } from './naiveCells.js';
import { anyFilter, anyQuery, anyShop, openAny } from './walk.js';

const unitOf = ({ id, group_id }: Product): string =>
  group_id === undefined ? `id ${id}` : `of ${group_id}`;

/** Groups with a row for which `has` holds. */
const groupsWith = (rows: readonly Hit[], has: (product: Product) => boolean): number =>
  new Set(rows.filter(({ product }) => has(product)).map(({ product }) => unitOf(product))).size;

function flat(nodes: readonly CategoryNode[]): CategoryNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

describe('grouped variants', () => {
  it('pages, counts and variants equal those computed from the rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyShop,
        anyQuery,
        anyFilter,
        fc.constantFrom<string[]>([], ['price:desc'], ['brand:asc', 'price:asc']),
        async (shop, q, filter, sort) => {
          const { index, ask, walk } = await openAny(shop);
          const fields = ['brand', 'tags', 'attributes.sizes', 'price'].filter(
            (field) => index.columns.field(field) !== undefined,
          );
          const request = { q, sort, ...(filter && { filter }) };
          const rows = await walk(request);
          const hits = await walk({ ...request, group: true });
          const answer = await ask({
            ...request,
            group: true,
            facets: fields,
            category_tree: 5,
            ...(fields.includes('price') && { facet_ranges: ['price:..5..50..'] }),
          });
          // The first row of each group, in the order of the rows.
          const firsts = rows.filter(
            ({ product }, place) =>
              rows.findIndex((other) => unitOf(other.product) === unitOf(product)) === place,
          );
          expect(hits.map(({ variants: _, ...hit }) => hit)).toEqual(firsts);
          expect(answer.total).toBe(firsts.length);
          for (const { product, variants } of hits) {
            const own = rows.filter((row) => unitOf(row.product) === unitOf(product)).map(({ id }) => id);
            expect(variants).toEqual({ count: own.length, ids: own });
          }
          for (const field of fields) {
            for (const { value, count } of answer.facets[field] ?? []) {
              const has = (product: Product): boolean =>
                naiveCells(product, field).some(({ text }) => text === value);
              expect({ field, value, count }).toEqual({ field, value, count: groupsWith(rows, has) });
            }
            const values = new Set(
              rows.flatMap(({ product }) => naiveCells(product, field).map((c) => c.text)),
            );
            expect(answer.facets[field]).toHaveLength(values.size);
          }
          for (const { value, count } of flat(answer.category_tree ?? [])) {
            const has = (product: Product): boolean =>
              naiveCells(product, 'category').some(
                ({ text }) => text === value || text.startsWith(`${value} > `),
              );
            expect({ value, count }).toEqual({ value, count: groupsWith(rows, has) });
          }
          for (const { from = -Infinity, to = Infinity, count } of answer.facet_ranges?.price ?? [])
            expect(count).toBe(
              groupsWith(rows, ({ price = NaN }) => price >= Number(from) && price < Number(to)),
            );
          const stats = answer.facet_stats?.price;
          if (stats !== undefined)
            expect(stats.count).toBe(groupsWith(rows, ({ price }) => price !== undefined));
          index.close();
        },
      ),
      { numRuns: 20 },
    );
  });

  const dresses: Product[] = [
    { id: 'd-blue', title: 'Wrap dress, blue', group_id: 'd', price: 40, attributes: { color: 'Blue' } },
    { id: 'd-red', title: 'Wrap dress, red', group_id: 'd', price: 45, attributes: { color: 'Red' } },
    { id: 'd-red-l', title: 'Wrap dress, red', group_id: 'd', price: 55, attributes: { color: 'Red' } },
    { id: 'skirt', title: 'Red skirt', price: 30, attributes: { color: 'Red' } },
  ];

  async function ask(request: Partial<SearchRequest>): Promise<SearchAnswer> {
    const index = await indexOf(dresses);
    return search(
      () => ({ index, minCosine: 0.3, taxonomy: undefined }),
      searchRequestSchema.parse({ group: true, relax: false, ...request }),
      undefined,
    );
  }

  it('shows the matching variant, and counts a group once for each of its colours', async () => {
    const answer = await ask({ q: 'red dress', facets: ['attributes.color'] });
    expect(answer.hits.map(({ id }) => id)).toEqual(['d-red', 'skirt']);
    expect(answer.hits[0]?.variants).toEqual({ count: 3, ids: ['d-red', 'd-red-l', 'd-blue'] });
    expect(answer.facets['attributes.color']).toEqual([
      { value: 'Red', count: 2 },
      { value: 'Blue', count: 1 },
    ]);
  });

  it('filters before grouping, and shows the variant that sorts first', async () => {
    expect((await ask({ sort: ['price:desc'] })).hits.map(({ id }) => id)).toEqual(['d-red-l', 'skirt']);
    const dear = await ask({ filter: 'price > 42', sort: ['price:asc'] });
    expect(dear.hits.map(({ id, variants }) => [id, variants?.count])).toEqual([['d-red', 2]]);
  });

  it('does not group unless requested', async () => {
    const answer = await ask({ group: false });
    expect(answer.total).toBe(4);
    expect(answer.hits[0]).not.toHaveProperty('variants');
  });
});
