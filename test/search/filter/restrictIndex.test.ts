import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { restrictIndex } from '../../../src/search/filter/restrictIndex.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { findSimilar } from '../../../src/search/similar/findSimilar.js';
import { similarRequestSchema } from '../../../src/search/similar/similarSchemas.js';
import { KnownQueries } from '../../../src/search/suggest/knownQueries.js';
import { Suggester } from '../../../src/search/suggest/suggester.js';
import { products as anyProducts, clusteredVectors } from '../../index/products.js';
import { indexOf } from '../indexOf.js';

const FILTERS = [
  "brand = 'Acme'",
  "category = 'Shoes'",
  'price < 3',
  "NOT availability = 'out of stock'",
  "stock = 1 OR brand = 'H&M'",
  "attributes.color EXISTS AND attributes.size != '7'",
  "id IN ['p1', 'p2', 'p3', 'p4']",
];
const QUERIES = [
  '',
  'red shoes',
  'runing shoe',
  'blu tshirt',
  'acme under 3',
  'not red',
  '8gb',
  'xyz',
  'jeanz under 2',
  'core2',
  'nothing of this kind',
  'red 手机',
];
const known = new KnownQueries([
  { text: 'red shoes', popularity: 9 },
  { text: 'blue battery', popularity: 5 },
]);

/** Everything that can be asked of a catalog, as text; an error is its message. */
async function answers(
  index: LiveIndex,
  suggester: Suggester,
  ids: readonly string[],
  { q, filter, vector }: { q: string; filter: string | undefined; vector: Float32Array | undefined },
): Promise<Record<string, unknown>> {
  const asked = async (answer: () => unknown): Promise<unknown> => {
    try {
      return JSON.parse(
        JSON.stringify(await answer(), (key, value: unknown) =>
          key === 'took_ms' || key === 'generation' || key === 'parts' ? undefined : value,
        ),
      );
    } catch (error) {
      return String(error);
    }
  };
  const embed = vector === undefined ? undefined : async () => vector;
  const find = (request: object) =>
    asked(() =>
      search(
        () => ({ index, minCosine: 0.1, taxonomy: undefined }),
        searchRequestSchema.parse({ q, filter, per_page: 250, ...request }),
        embed,
      ),
    );
  return {
    plain: await find({ explain: true }),
    facets: await find({
      facets: ['*', 'brand', 'attributes.color'],
      facet_ranges: ['price:4', 'attributes.memory:3'],
      category_tree: 3,
      group: true,
    }),
    sorted: await find({ sort: ['attributes.memory:desc', 'brand:asc'] }),
    unknownField: await find({ filter: 'attributes.colour = 1' }),
    unknownFacet: await find({ facets: ['brnd'] }),
    suggestions: await asked(() => suggester.suggest({ q, limit: 50 }, known)),
    completions: await asked(() => suggester.suggest({ q: q.slice(0, 3), limit: 50 }, known)),
    similar: await asked(() =>
      findSimilar(index, similarRequestSchema.parse({ ids: ids.slice(0, 2), filter, explain: true })),
    ),
    similarToHidden: await asked(() =>
      findSimilar(index, similarRequestSchema.parse({ ids: ['p0'], filter })),
    ),
  };
}

const catalog = fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 5, maxLength: 13 });

describe('a restricted index', () => {
  it('answers everything as an index of its products alone', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        catalog,
        fc.constantFrom(...FILTERS),
        fc.constantFrom(...QUERIES),
        fc.constantFrom(undefined, undefined, 'price > 1', "brand = 'Acme' AND rating = 3"),
        fc.boolean(),
        async (products, key, q, filter, hasVectors) => {
          const vectors = hasVectors ? vectorsOf(products) : undefined;
          const visible = products.filter((product) => matchProduct(product, parseFilter(key)));
          const whole = await indexOf(products, vectors);
          const restricted = restrictIndex(whole, parseFilter(key));
          const alone = await indexOf(visible, vectors);
          const hidden = products.find((product) => !visible.includes(product));
          // Nearest to it is a product that the key does not show.
          const asked = { q, filter, vector: vectors?.get(hidden?.id ?? 'p1') };
          const ids = visible.map(({ id }) => id);
          expect(restricted.live).toBe(visible.length);
          const expected = await answers(alone, new Suggester(alone), ids, asked);
          expect(await answers(restricted, new Suggester(restricted), ids, asked)).toEqual(expected);
          if (visible.length > 1 && visible.length < products.length) compared++;
          whole.close();
          alone.close();
        },
      ),
      { numRuns: 15 },
    );
    expect(compared).toBeGreaterThan(7);
  });

  it('follows writes, and forgets what is no longer visible', async () => {
    await fc.assert(
      fc.asyncProperty(
        catalog,
        fc.array(anyProducts, { maxLength: 6 }),
        fc.constantFrom(...FILTERS),
        fc.constantFrom(...QUERIES),
        async (before, written, key, q) => {
          const whole = await indexOf(before);
          const restricted = restrictIndex(whole, parseFilter(key));
          const suggester = new Suggester(restricted);
          const asked = { q, filter: undefined, vector: undefined };
          await answers(restricted, suggester, ['p1'], asked);
          const after = new Map(before.map((product) => [product.id, product]));
          for (const [turn, product] of written.entries()) {
            const known = after.get(product.id);
            after.delete(product.id);
            if (turn % 3 === 2) whole.apply({ deletes: [product.id] });
            else if (turn % 3 === 1 && known !== undefined) {
              after.set(product.id, { ...known, price: 2, stock: 1 });
              whole.apply({ live: [{ id: product.id, fields: { price: 2, stock: 1 } }] });
            } else {
              after.set(product.id, product);
              whole.apply({ upserts: [{ product }] });
            }
            restricted.update();
          }
          const visible = [...after.values()].filter((product) => matchProduct(product, parseFilter(key)));
          const alone = await indexOf(visible);
          const counted = (index: LiveIndex) => {
            const words: [string, number][] = [];
            index.lexical.forEachWord((word, documents) => words.push([word, documents]));
            return words.sort();
          };
          expect(counted(restricted)).toEqual(counted(alone));
          expect(restricted.columns.names()).toEqual(alone.columns.names());
          const suggestions = (by: Suggester) =>
            by.suggest({ q: q.slice(0, 2), limit: 50 }, known).suggestions;
          const listed = (by: Suggester) =>
            suggestions(by)
              .map((one) => JSON.stringify(one))
              .sort();
          expect(listed(suggester)).toEqual(listed(new Suggester(alone)));
          whole.close();
          alone.close();
        },
      ),
      { numRuns: 10 },
    );
  });

  it('compares a bare number in its filter in the unit of the whole catalog', async () => {
    const shop = [
      { id: 'grams', attributes: { weight: '900 g' } },
      { id: 'kilo', attributes: { weight: '1 kg' } },
      { id: 'kilos', attributes: { weight: '2 kg' } },
    ];
    const index = await indexOf(shop);
    const { live } = restrictIndex(index, parseFilter('attributes.weight < 1.5'));
    expect(live).toBe(2);
  });

  it('holds a filter on a field that no product has any more', async () => {
    const index = await indexOf([{ id: 'a', title: 'Mug' }]);
    expect(restrictIndex(index, parseFilter("attributes.hidden != 'yes'")).live).toBe(1);
    expect(restrictIndex(index, parseFilter("attributes.shown = 'yes'")).live).toBe(0);
  });

  it('shows no evidence that names other products', async () => {
    const fact = (neighbours: readonly string[]) => ({
      field: 'attributes.color',
      value: 'Red',
      status: 'applied',
      confidence: 0.9,
      source: 'model',
      method: 'neighbours',
      evidence: { neighbours: neighbours.map((id) => ({ id, similarity: 0.9, value: 'Red' })) },
    });
    const shop = [
      {
        id: 'a',
        title: 'Mug',
        brand: 'Acme',
        _shelfwright: { facts: [fact(['secret', 'b']), fact(['secret'])] },
      },
      { id: 'b', title: 'Red mug', brand: 'Acme' },
      { id: 'secret', title: 'Red cup', brand: 'Zenith' },
    ];
    const index = restrictIndex(await indexOf(shop), parseFilter("brand = 'Acme'"));
    const document = JSON.stringify(index.document(index.ordinalOf('a') ?? -1));
    expect(document).toContain('"neighbours":[{"id":"b"');
    expect(document).not.toContain('secret');
    expect(document).toContain('may not see');
  });
});

function vectorsOf(products: readonly Product[]): ReadonlyMap<string, Float32Array> {
  const vectors = clusteredVectors(products.length, 8, 3, products.length);
  return new Map(products.map(({ id }, place) => [id, vectors[place] ?? new Float32Array(8)]));
}
