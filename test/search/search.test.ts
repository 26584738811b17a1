import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/domain/product.js';
import type { LiveIndex } from '../../src/index/liveIndex.js';
import { search } from '../../src/search/search.js';
import type { SearchAnswer } from '../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/searchRequest.js';
import { products as anyProducts, clusteredVectors, words } from '../index/products.js';
import { indexOf } from './indexOf.js';

function ask(
  index: LiveIndex,
  request: Partial<SearchRequest>,
  vector?: Float32Array,
): Promise<SearchAnswer> {
  return search(
    () => ({ index, minCosine: 0.35, taxonomy: undefined }),
    searchRequestSchema.parse(request),
    vector === undefined ? undefined : async () => vector,
  );
}

const ids = (answer: SearchAnswer): string[] => answer.hits.map(({ id }) => id);

const shop: Product[] = [
  {
    id: 's1',
    title: 'Blue linen shirt',
    brand: 'Fernhill',
    price: 30,
    attributes: { color: 'Blue' },
    sku: 'FH-100/B',
  },
  {
    id: 's2',
    title: 'Red linen shirt',
    brand: 'Fernhill',
    price: 25,
    attributes: { color: 'Red' },
    gtin: '0012345678905',
  },
  {
    id: 's3',
    title: 'Blue cotton trousers',
    brand: 'Oakline',
    price: 50,
    attributes: { color: ['Blue', 'White'] },
  },
  { id: 's4', title: 'Wool hat', brand: 'Oakline', description: 'Blue as the sea, like our linen shirt' },
  { id: 's5', title: 'Linen', brand: 'Oakline', price: 5 },
];

describe('searching by words', () => {
  it('distinguishes exact titles, all words and some words', async () => {
    const answer = await ask(await indexOf(shop), { q: 'blue linen shirt' });
    expect(answer.mode).toBe('lexical');
    expect(answer.hits[0]).toMatchObject({ id: 's1', tier: 'exact' });
    const tiers = new Map(answer.hits.map(({ id, tier }) => [id, tier]));
    expect(tiers.get('s4')).toBe('all');
    expect(tiers.get('s2')).toBe('partial');
    expect(ids(answer).indexOf('s2')).toBeLessThan(ids(answer).indexOf('s3'));
  });

  it.each(['FH-100/B', 'fh100b', 'FH 100 B', '12345678905', '0012345678905', 's3'])(
    'ranks the product that %s names first',
    async (q) => {
      const answer = await ask(await indexOf(shop), { q });
      const named = /^f/i.test(q) ? 's1' : q === 's3' ? 's3' : 's2';
      expect(answer.hits[0]).toMatchObject({ id: named, tier: 'exact' });
    },
  );

  it('finds a full title of one word, or with a repeated word, and nothing shorter', async () => {
    const index = await indexOf([
      { id: 'a', title: 'Linen' },
      { id: 'b', title: 'Linen linen' },
      { id: 'c', title: 'Pata Pata' },
      { id: 'd', title: '手机手机' },
    ]);
    const first = async (q: string) => (await ask(index, { q })).hits.map(({ id, tier }) => `${id} ${tier}`);
    expect(await first('linen')).toEqual(['a exact', 'b all']);
    expect(await first('Linen, linen')).toEqual(['b exact', 'a all']);
    expect(await first('pata pata')).toEqual(['c exact']);
    expect(await first('pata')).toEqual(['c all']);
    expect(await first('手机手机')).toEqual(['d exact']);
    expect(await first('lin')).not.toContain('a exact');
  });

  it('orders what the query names: the id, then as written, then any spelling, then a part', async () => {
    const index = await indexOf([
      { id: '42', title: 'Zinc pail' },
      { id: '042', title: 'Iron pail' },
      { id: 'n1', title: 'Pail 42', gtin: '42' },
      ...Array.from({ length: 30 }, (_, place) => ({ id: `x${place}`, title: `42 pails, 42 lids ${place}` })),
      { id: 'k1', title: 'Jug', sku: 'AB-007' },
      { id: 'k2', title: 'Jug', sku: 'AB7' },
      { id: 'k3', title: 'Jug', sku: 'ab-7' },
      { id: 'k4', title: 'Jug', sku: 'AB-7 RED' },
      { id: 'k5', title: 'Jug', sku: 'AB-0077' },
    ]);
    const named = async (q: string) =>
      ids(await ask(index, { q })).slice(
        0,
        (await ask(index, { q })).hits.filter(({ tier }) => tier === 'exact').length,
      );
    expect(await named('42')).toEqual(['42', 'n1', '042']);
    expect(await named('042')).toEqual(['042', '42', 'n1']);
    expect(await named('AB-007')).toEqual(['k1', 'k2', 'k3']);
    expect(await named('AB7')).toEqual(['k2', 'k3', 'k1']);
    expect(await named('ab-7')).toEqual(['k3', 'k2', 'k1']);
    expect(await named('AB-7 red')).toEqual(['k4', 'k2', 'k3', 'k1']);
    expect(await named('AB-0077 jug')).toEqual(['k5']);
  });

  it.each(['!!!', '---', ' ? ', '«»'])('finds nothing for %s', async (q) => {
    const answer = await ask(
      await indexOf(shop, new Map([['s1', Float32Array.of(1, 0)]])),
      { q },
      Float32Array.of(1, 0),
    );
    expect(answer).toMatchObject({ total: 0, hits: [], mode: 'hybrid' });
    expect(answer.understood).toEqual({
      filters: [],
      corrections: [],
      synonyms: [],
      readings: [],
      relaxed: [],
    });
  });

  it('completes the half-typed word', async () => {
    const index = await indexOf(shop);
    expect(ids(await ask(index, { q: 'trous' }))).toEqual(['s3']);
    expect(ids(await ask(index, { q: 'blue trous' }))[0]).toBe('s3');
    expect((await ask(index, { q: 'zzz' })).total).toBe(0);
  });

  it('lists everything without a query, in id order', async () => {
    const answer = await ask(await indexOf(shop), {});
    expect(ids(answer)).toEqual(['s1', 's2', 's3', 's4', 's5']);
    expect(new Set(answer.hits.map(({ tier }) => tier))).toEqual(new Set(['all']));
  });
});

describe('filters, sorting and facets', () => {
  it.each([
    ["attributes.color = 'Blue'", ['s1', 's3']],
    ["attributes.color = 'blue'", ['s1', 's3']],
    ["attributes.color IN ['White', 'Red']", ['s2', 's3']],
    ["NOT attributes.color = 'Blue'", ['s2', 's4', 's5']],
    ["attributes.color != 'Blue' AND attributes.color EXISTS", ['s2']],
    ['price < 30', ['s2', 's5']],
    ['price >= 25 AND price <= 30', ['s1', 's2']],
    ["brand = 'Oakline' AND (price > 10 OR price NOT EXISTS)", ['s3', 's4']],
    ["id IN ['s1', 'nobody']", ['s1']],
  ])('%s passes %j', async (filter, expected) => {
    expect(ids(await ask(await indexOf(shop), { filter }))).toEqual(expected);
  });

  it('names an unknown field, with the known ones', async () => {
    const index = await indexOf(shop);
    await expect(ask(index, { filter: 'color = 1' })).rejects.toThrow(
      /no product has the field 'color'; there is attributes\.color/,
    );
    await expect(ask(index, { facets: ['colour'] })).rejects.toThrow(
      /facets: no product has the field 'colour'/,
    );
    await expect(ask(index, { sort: ['weight:desc'] })).rejects.toThrow(
      /sort: no product has the field 'weight'/,
    );
    await expect(ask(index, { sort: ['price:up'] })).rejects.toThrow(/sort: found 'price:up', expected/);
    await expect(ask(index, { filter: "price < 'cheap'" })).rejects.toThrow(
      /price < needs a number in decimal notation such as 49\.90, found 'cheap'/,
    );
  });

  it('sorts numbers as numbers, missing values last in both directions, ties by id', async () => {
    const index = await indexOf(shop);
    expect(ids(await ask(index, { sort: ['price:asc'] }))).toEqual(['s5', 's2', 's1', 's3', 's4']);
    expect(ids(await ask(index, { sort: ['price:desc'] }))).toEqual(['s3', 's1', 's2', 's5', 's4']);
    expect(ids(await ask(index, { sort: ['brand:desc', 'price:asc'] }))).toEqual([
      's5',
      's3',
      's4',
      's2',
      's1',
    ]);
  });

  it('counts the values of the whole candidate set, a product once for each of its values', async () => {
    const answer = await ask(await indexOf(shop), {
      q: 'blue',
      facets: ['attributes.color', 'brand'],
      per_page: 1,
    });
    expect(answer.total).toBe(3);
    expect(answer.facets).toEqual({
      'attributes.color': [
        { value: 'Blue', count: 2 },
        { value: 'White', count: 1 },
      ],
      brand: [
        { value: 'Oakline', count: 2 },
        { value: 'Fernhill', count: 1 },
      ],
    });
    const few = await ask(await indexOf(shop), { facets: ['brand'], facet_limit: 1 });
    expect(few.facets.brand).toEqual([{ value: 'Oakline', count: 3 }]);
  });
});

describe('searching by meaning', () => {
  const near = Float32Array.of(1, 0, 0, 0);
  const vectors = new Map([
    ['s1', Float32Array.of(0.6, 0.8, 0, 0)],
    ['s2', Float32Array.of(0.1, 0, Math.sqrt(0.99), 0)],
    ['s3', Float32Array.of(0.98, 0, 0, Math.sqrt(1 - 0.98 ** 2))],
    ['s5', Float32Array.of(0, 0, 0, 1)],
  ]);

  it('adds near products that share no word, and excludes distant ones', async () => {
    const answer = await ask(await indexOf(shop, vectors), { q: 'hat' }, near);
    expect(answer.mode).toBe('hybrid');
    expect(answer.hits.map(({ id, tier }) => [id, tier])).toEqual([
      ['s4', 'all'],
      ['s3', 'semantic'],
    ]);
  });

  it('never ranks a semantic hit above an identifier', async () => {
    const answer = await ask(await indexOf(shop, vectors), { q: 'FH-100/B' }, near);
    expect(ids(answer)[0]).toBe('s1');
  });

  it('explains each score by shares that add up to it', async () => {
    const answer = await ask(await indexOf(shop, vectors), { q: 'blue linen', explain: true }, near);
    expect(answer.hits.length).toBeGreaterThan(2);
    for (const { score, explain } of answer.hits) {
      const sum = Object.values(explain?.shares ?? {}).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(score, 9);
    }
    expect(answer.hits.find(({ id }) => id === 's1')?.explain?.matched).toEqual(['blue', 'linen']);
    expect(answer.parts).toBeDefined();
  });

  it('searches by words if the vector is of another model', async () => {
    const answer = await ask(await indexOf(shop, vectors), { q: 'hat' }, Float32Array.of(1, 0));
    expect(ids(answer)).toEqual(['s4']);
    expect(answer.mode).toBe('lexical');
  });
});

describe('the candidate set', () => {
  it('walking all pages gives every hit once, as many as the total, and as facets count', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 1, maxLength: 13 }),
        fc.oneof(fc.constant(''), words),
        fc.constantFrom(
          undefined,
          'price > 1',
          "brand = 'Acme' OR price EXISTS",
          "NOT availability = 'in stock'",
        ),
        fc.constantFrom<string[]>([], ['price:desc'], ['brand:asc', 'price:asc']),
        async (products, q, filter, sort) => {
          const made = clusteredVectors(products.length, 8, 3, products.length);
          const vectors = new Map(products.map(({ id }, place) => [id, made[place] ?? new Float32Array(8)]));
          const index = await indexOf(products, vectors);
          const request = {
            q,
            sort,
            facets: ['brand'],
            per_page: 3,
            ...(filter !== undefined && { filter }),
          };
          const walked: string[] = [];
          let first: SearchAnswer | undefined;
          for (let page = 1; ; page++) {
            const answer = await ask(index, { ...request, page }, made[0]);
            first ??= answer;
            expect(answer.total).toBe(first.total);
            expect(answer.facets).toEqual(first.facets);
            if (answer.hits.length === 0) break;
            walked.push(...ids(answer));
          }
          expect(walked.length).toBe(first?.total);
          expect(new Set(walked).size).toBe(walked.length);
          const brands = new Map<string, number>();
          for (const id of walked) {
            const brand = products.find((product) => product.id === id)?.brand;
            if (brand !== undefined) brands.set(brand, (brands.get(brand) ?? 0) + 1);
          }
          expect(new Map(first?.facets.brand?.map(({ value, count }) => [String(value), count]))).toEqual(
            brands,
          );
          index.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds with a filter the unfiltered hits that pass it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 1, maxLength: 13 }),
        words,
        fc.constantFrom('price > 1', "brand = 'Acme'", "NOT availability = 'in stock'"),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        async (products, q, filter, minCosine) => {
          const made = clusteredVectors(products.length, 8, 3, products.length);
          const vectors = new Map(products.map(({ id }, place) => [id, made[place] ?? new Float32Array(8)]));
          const index = await indexOf(products, vectors);
          const all = (request: Partial<SearchRequest>): Promise<string[]> =>
            search(
              () => ({ index, minCosine, taxonomy: undefined }),
              searchRequestSchema.parse({ ...request, relax: false }),
              async () => made[0],
            ).then((answer) => ids(answer).sort());
          const passing = new Set(await all({ filter }));
          expect(await all({ q, filter })).toEqual((await all({ q })).filter((id) => passing.has(id)));
          index.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds by meaning what comparing every product finds', async () => {
    const products = Array.from(
      { length: 300 },
      (_, i): Product => ({ id: `p${i}`, title: `thing ${i}`, price: i }),
    );
    const made = clusteredVectors(300, 3, 6, 5);
    const index = await indexOf(
      products,
      new Map(products.map(({ id }, i) => [id, made[i] ?? new Float32Array(3)])),
    );
    const query = made[3] ?? new Float32Array(3);
    const cosines = made.map((vector) => vector.reduce((sum, x, d) => sum + x * (query[d] ?? 0), 0));
    const min = Math.max(0.35, 0.72 * Math.max(...cosines));
    const expected = [...cosines.keys()]
      .filter((i) => i < 60 && (cosines[i] ?? 0) >= min)
      .map((i) => `p${i}`);
    const answer = await ask(index, { q: 'unrelated words', filter: 'price < 60', per_page: 100 }, query);
    expect(ids(answer).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(3);
  });
});
