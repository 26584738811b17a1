import fc from 'fast-check';
import type { Product } from '../../src/domain/product.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { search } from '../../src/search/search.js';
import type { Hit, SearchAnswer } from '../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/searchRequest.js';
import { clusteredVectors, products as plainProduct, words } from '../index/products.js';
import { indexOf } from './indexOf.js';

/** Products that often share a group, a category at some level, and numbers. */
const product: fc.Arbitrary<Product> = fc
  .tuple(
    plainProduct,
    fc.record(
      {
        group_id: fc.constantFrom('g1', 'g2', 'g3'),
        category: fc.constantFrom('A', 'A > B', 'A > B > C', 'A > D', 'E > B', 'E>B', 'F'),
        price: fc.constantFrom(0, 0.3, 5, 19.99, 20, 50, 120),
      },
      { requiredKeys: [] },
    ),
    fc.option(fc.constantFrom<(string | number)[]>([3, 40], [40], ['8 GB', 3], ['none'])),
  )
  .map(([one, more, sizes]) => ({
    ...one,
    ...more,
    ...(sizes !== null && { attributes: { ...one.attributes, sizes } }),
  }));

/** A catalog, how many of its products the generation has (the others are added later), and which are deleted. */
export const anyShop = fc.record({
  products: fc.uniqueArray(product, { selector: ({ id }) => id, minLength: 1, maxLength: 13 }),
  built: fc.nat(13),
  gone: fc.nat(40),
});

export const anyQuery = fc.oneof(fc.constant(''), words);
export const anyFilter = fc.constantFrom(undefined, 'price < 100', "brand = 'Acme' OR price EXISTS");

export interface OpenedShop {
  readonly index: LiveIndex;
  ask(request: Partial<SearchRequest>): Promise<SearchAnswer>;
  /** All hits of all pages. */
  walk(request: Partial<SearchRequest>): Promise<Hit[]>;
}

export async function openAny(shop: {
  products: Product[];
  built: number;
  gone: number;
}): Promise<OpenedShop> {
  const { products, built, gone } = shop;
  const made = clusteredVectors(products.length + 1, 8, 3, products.length);
  const vectors = new Map(products.map(({ id }, place) => [id, made[place + 1] ?? new Float32Array(8)]));
  const index = await indexOf([{ id: 'first', title: 'blue shoes' }, ...products.slice(0, built)], vectors);
  index.apply({
    upserts: products.slice(built).map((one) => ({ product: one, vector: vectors.get(one.id) })),
    deletes: products.filter((_, place) => place === gone).map(({ id }) => id),
  });
  const ask = (request: Partial<SearchRequest>): Promise<SearchAnswer> =>
    search(
      () => ({ index, minCosine: 0.2, taxonomy: undefined }),
      // A filter that leaves nothing would be relaxed; refinements are not.
      searchRequestSchema.parse({ relax: false, understand: false, ...request }),
      async () => made[0],
    );
  return {
    index,
    ask,
    walk: async (request) => {
      const hits: Hit[] = [];
      for (let page = 1; ; page++) {
        const answer = await ask({ ...request, page, per_page: 3 });
        hits.push(...answer.hits);
        if (answer.hits.length === 0) return hits;
      }
    },
  };
}
