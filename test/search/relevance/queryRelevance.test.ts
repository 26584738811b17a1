import { beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { FloatRows } from '../../../src/index/vectors/floatRows.js';
import { calibrateRelevance } from '../../../src/search/relevance/calibrateRelevance.js';
import { QueryRelevance } from '../../../src/search/relevance/queryRelevance.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { indexOf } from '../indexOf.js';

/** Meanings: furniture, cars, neither. */
const FURNITURE = Float32Array.of(1, 0, 0);
const CARS = Float32Array.of(0, 1, 0);
const between = (share: number) => Float32Array.of(Math.sqrt(1 - share * share), share, 0);

const shop: Product[] = [
  { id: 'seat', title: 'Garden seat oak', brand: 'Zestra', category: 'Home > Seats', price: 90 },
  { id: 'sofa', title: 'Velvet sofa', category: 'Home > Sofas', price: 500 },
  { id: 'toy', title: 'Wind-up car for insurance clerks', category: 'Toys > Cars', price: 9 },
];
let index: LiveIndex;
beforeEach(async () => {
  index = await indexOf(shop, new Map(shop.map(({ id }) => [id, FURNITURE])));
});
const relevance = new QueryRelevance(new FloatRows(CARS, 3), new FloatRows(FURNITURE, 3), {
  short: 0.45,
  long: 0.1,
});

const ask = (q: string, vector: Float32Array | undefined, more: object = {}, calibrated = relevance) =>
  search(
    () => ({ index, minCosine: 0.2, taxonomy: undefined, relevance: calibrated }),
    searchRequestSchema.parse({ q, facets: ['category'], ...more }),
    async () => vector,
  );

describe('the relevance of a query', () => {
  it('is higher the nearer it is to the catalog, and the farther from unrelated texts', () => {
    const scores = [0, 0.3, 0.6, 0.9, 1].map((share) => relevance.score(index, between(share)));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(relevance.isRelated(index, 'seat', FURNITURE, 1, false)).toBe(true);
    expect(relevance.isRelated(index, 'car', CARS, 1, false)).toBe(false);
  });

  it('is not calibrated for a catalog of a few products, or without vectors', async () => {
    const refuse = () => Promise.reject(new Error('nothing to embed for'));
    expect(await calibrateRelevance(index, undefined, refuse)).toBeUndefined();
    const bare = await indexOf(Array.from({ length: 30 }, (_, i) => ({ id: `${i}`, title: 'Sofa' })));
    expect(await calibrateRelevance(bare, undefined, refuse)).toBeUndefined();
  });
});

describe('a query that has nothing to do with the catalog', () => {
  it('finds nothing by meaning or one of its words, and offers close products', async () => {
    const answer = await ask('toilet seat', between(0.95));
    expect(answer).toMatchObject({ total: 0, hits: [], facets: { category: [] } });
    expect(answer.close_products?.[0]?.id).toBe('seat');
    const related = await ask('toilet seat', FURNITURE);
    expect(related.total).toBeGreaterThan(0);
    expect(related.close_products).toBeUndefined();
  });

  it('offers only close products that pass the filters', async () => {
    const answer = await ask('toilet seat', between(0.95), {
      filter: 'price < 50',
      refine: "category = 'Toys'",
    });
    expect(answer.total).toBe(0);
    expect(answer.close_products?.map(({ id }) => id) ?? []).not.toContain('seat');
    expect(
      (await ask('toilet seat', between(0.95), { filter: 'price > 1000' })).close_products,
    ).toBeUndefined();
  });

  it('still finds a product with all of its words, a brand, or nearly all of the words', async () => {
    expect((await ask('sofa', CARS)).hits.map(({ id }) => id)).toEqual(['sofa']);
    expect((await ask('zestra seat gearbox', CARS)).hits.map(({ id }) => id)).toEqual(['seat']);
    expect((await ask('velvet sofa', CARS)).hits.map(({ id }) => id)).toContain('sofa');
  });

  it('finds nothing if it is the name of a brand that the shop lacks, however near', async () => {
    expect((await ask('nike', FURNITURE)).total).toBe(0);
    expect((await ask('furnishings', FURNITURE)).total).toBeGreaterThan(0);
  });

  it('is answered by words alone without a vector', async () => {
    const answer = await ask('toilet seat', undefined);
    expect(answer.mode).toBe('lexical');
    expect(answer.hits.map(({ id }) => id)).toEqual(['seat']);
  });
});
