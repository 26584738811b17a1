import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { type CompiledRules, compileRules } from '../../../src/search/rules/compileRules.js';
import { lintRules } from '../../../src/search/rules/lintRules.js';
import { search } from '../../../src/search/search.js';
import type { SearchAnswer } from '../../../src/search/searchAnswer.js';
import { type SearchRequest, searchRequestSchema } from '../../../src/search/searchRequest.js';
import { products as anyProducts, clusteredVectors, words } from '../../index/products.js';
import { indexOf } from '../indexOf.js';
import { chosen, isOut, rulesFor, shareOf, withPins } from './ruleModel.js';

const NOW = Date.parse('2026-11-21T12:00Z');

function ask(
  index: LiveIndex,
  rules: CompiledRules | undefined,
  request: Partial<SearchRequest>,
  vector?: Float32Array,
): Promise<SearchAnswer> {
  return search(
    () => ({ index, minCosine: 0.35, taxonomy: undefined, rules }),
    searchRequestSchema.parse(request),
    vector === undefined ? undefined : async () => vector,
  );
}

function written(text: string): CompiledRules {
  const { rules, findings } = lintRules(`format: 1\nrules:\n${text}`, undefined, NOW);
  if (rules === undefined) throw new Error(JSON.stringify(findings));
  return compileRules(rules, () => NOW);
}

const ids = ({ hits }: SearchAnswer): string[] => hits.map(({ id }) => id);

const shop: Product[] = [
  {
    id: 's1',
    title: 'Blue linen shirt',
    brand: 'Fernhill',
    category: 'Tops > Shirts',
    price: 30,
    stock: 0,
    added: '2026-11-20',
  },
  {
    id: 's2',
    title: 'Red linen shirt',
    brand: 'Fernhill',
    category: 'Tops > Shirts',
    price: 25,
    stock: 4,
    added: '2026-06-01',
  },
  {
    id: 's3',
    title: 'Blue cotton trousers',
    brand: 'Oakline',
    category: 'Trousers',
    price: 50,
    availability: 'Out_of_Stock',
  },
  { id: 's4', title: 'Wool hat', brand: 'Oakline', category: 'Hats', added: '2026-11-25' },
  { id: 's5', title: 'Linen', brand: 'Oakline', price: 5, availability: 'preorder' },
];

describe('when rules apply', () => {
  it.each([
    ['{ query: Linen Shirts }', 'linen shirt', {}, true],
    ['{ query: linen shirt }', 'shirt linen', {}, false],
    ['{ query: linen shirt }', 'blue linen shirt', {}, false],
    ['{ query: [x, y, linen] }', 'LINEN', {}, true],
    ['{ query: "" }', '  ', {}, true],
    ['{ query: "" }', '!!!', {}, false],
    ['{ query: "" }', 'linen', {}, false],
    ['{ query: "*" }', 'linen', {}, true],
    ['{ query: "*" }', '', {}, true],
    ['{ query: { contains: shirts linen } }', 'linen blue shirt', {}, true],
    ['{ query: { contains: linen shirt } }', 'linen', {}, false],
    ['{ query: { contains: [hat, linen] } }', 'linen', {}, true],
    ['{ query: { contains: dv7 } }', 'case for dv7-1211ea', {}, true],
    ['{ query: { contains: dv7-1211ea } }', 'case for dv7', {}, false],
    ['{ query: { contains: 手机 } }', '红手机壳', {}, true],
    ['{ query: { is: hat, contains: linen } }', 'linen shirt', {}, true],
    ['{ category: Tops }', 'linen', {}, false],
    ['{ category: Tops }', 'linen', { filter: "category = 'Tops'" }, true],
    ['{ category: tops }', '', { filter: "price > 1 AND category = 'Tops > Shirts'" }, true],
    ['{ category: Tops > Shirts }', '', { filter: "category = 'Tops'" }, false],
    ['{ category: Tops }', '', { filter: "category IN ['Tops > Shirts', 'Tops > Vests']" }, true],
    ['{ category: Tops }', '', { filter: "category IN ['Tops > Shirts', 'Hats']" }, false],
    ['{ category: Tops }', '', { filter: "category = 'Tops' OR price > 1" }, false],
    ['{ category: Tops }', '', { filter: "NOT category = 'Tops'" }, false],
    ['{ category: [Hats, Tops], query: linen }', 'linen', { filter: "category = 'Tops'" }, true],
    ['{ category: [Hats, Tops], query: linen }', 'linen', { filter: "category = 'Trousers'" }, false],
    ['{ from: 2026-11-21, until: 2026-11-21 }', 'linen', {}, true],
    ['{ from: 2026-11-21T12:00Z, until: 2026-11-21T13:00+01:00 }', 'linen', {}, true],
    ['{ from: 2026-11-21T12:01Z }', 'linen', {}, false],
    ['{ from: 2026-11-22 }', 'linen', {}, false],
    ['{ until: 2026-11-20 }', 'linen', {}, false],
  ])('%s, asked %j %j: %s', async (when, q, request, applies) => {
    const rules = written(`  - { id: r, when: ${when}, then: { redirect: /there } }`);
    const answer = await ask(await indexOf(shop), rules, { q, ...request });
    expect(answer.rules).toEqual(applies ? ['r'] : undefined);
    expect(answer.redirect).toBe(applies ? '/there' : undefined);
  });
});

describe('what rules do', () => {
  it('hides, filters, and counts what is left', async () => {
    const index = await indexOf(shop);
    const request = { q: 'linen', facets: ['brand'] };
    const all = await ask(index, undefined, request);
    expect([all.total, all.rules]).toEqual([3, undefined]);
    const hidden = await ask(index, written('  - { id: r, then: { hide: [s1, nobody] } }'), request);
    expect([hidden.total, ids(hidden).includes('s1'), hidden.facets.brand]).toEqual([
      2,
      false,
      [
        { value: 'Fernhill', count: 1 },
        { value: 'Oakline', count: 1 },
      ],
    ]);
    const kept = await ask(
      index,
      written("  - { id: r, then: { filter: brand = 'Fernhill', hide: price > 25 } }"),
      request,
    );
    expect(ids(kept)).toEqual(['s2']);
    expect(ids(await ask(index, written('  - { id: r, then: { filter: price > 10 } }'), {}))).toEqual([
      's1',
      's2',
      's3',
    ]);
    expect(
      ids(await ask(index, written('  - { id: r, then: { filter: price > 10 } }'), { sort: ['price:asc'] })),
    ).toEqual(['s2', 's1', 's3']);
  });

  it("pins products, found or not, unless the shopper's filter or a rule excludes them", async () => {
    const index = await indexOf(shop);
    const rules = written(
      '  - { id: r, then: { pin: [{ id: s4, position: 1 }, { id: s2, position: 3 }, { id: gone, position: 2 }] } }',
    );
    const answer = await ask(index, rules, { q: 'linen', explain: true });
    expect([answer.total, ids(answer)]).toEqual([4, ['s4', 's5', 's2', 's1']]);
    expect(answer.hits.map(({ explain }) => explain?.rules)).toEqual([['r'], undefined, ['r'], undefined]);
    expect(ids(await ask(index, rules, { q: 'linen', filter: 'price > 1' }))).toEqual(['s5', 's1', 's2']);
    expect(ids(await ask(index, rules, { q: 'linen', sort: ['price:asc'] }))).toEqual([
      's5',
      's2',
      's1',
      's4',
    ]);
    const both = written(
      '  - { id: r, then: { pin: { id: s4, position: 1 } } }\n  - { id: t, then: { hide: [s4] } }',
    );
    expect(ids(await ask(index, both, { q: 'linen' }))).not.toContain('s4');
  });

  it('boosts and buries by shares that explanations name, but not if the shopper sorts', async () => {
    const index = await indexOf(shop);
    const rules = written(
      "  - { id: up, then: { boost: [{ filter: brand = 'Oakline', by: .5 }, { filter: price > 40, by: .25 }] } }\n  - { id: down, then: { bury: { filter: brand = 'Oakline', by: .125 } } }",
    );
    const plain = await ask(index, undefined, { explain: true });
    const answer = await ask(index, rules, { explain: true });
    expect(ids(answer)).toEqual(['s3', 's4', 's5', 's1', 's2']);
    expect(answer.hits[0]).toMatchObject({
      score: 0.625,
      explain: { shares: { 'rule:up': 0.75, 'rule:down': -0.125 }, rules: ['up', 'down'] },
    });
    expect(answer.hits[3]).toEqual(plain.hits[0]);
    const sorted = await ask(index, rules, { sort: ['id:asc'], explain: true });
    expect([ids(sorted), sorted.rules]).toEqual([['s1', 's2', 's3', 's4', 's5'], undefined]);
    expect(sorted.hits).toEqual(plain.hits);
  });

  it('puts products in stock and new products first, but after what the query names', async () => {
    const index = await indexOf(shop);
    const stock = written('  - { id: r, then: { in_stock_first: true } }');
    const answer = await ask(index, stock, { explain: true });
    expect(ids(answer)).toEqual(['s2', 's4', 's5', 's1', 's3']);
    expect(answer.hits.map(({ explain }) => explain?.rules)).toEqual([
      undefined,
      undefined,
      undefined,
      ['r'],
      ['r'],
    ]);
    expect(ids(await ask(index, stock, { q: 'blue linen shirt' }))[0]).toBe('s1');
    const fresh = written('  - { id: r, then: { new_first: { field: added, days: 7 } } }');
    expect(ids(await ask(index, fresh, {}))).toEqual(['s1', 's2', 's3', 's4', 's5']);
    expect(ids(await ask(index, fresh, { filter: "NOT id = 's1'" }))).toEqual(['s2', 's3', 's4', 's5']);
    const both = written(
      '  - { id: r, then: { in_stock_first: true, new_first: { field: added, days: 365 } } }',
    );
    expect(ids(await ask(index, both, {}))).toEqual(['s2', 's4', 's5', 's1', 's3']);
  });

  it('weighs a field by percentile; products without a value are in the middle', async () => {
    const index = await indexOf(shop);
    const answer = await ask(
      index,
      written('  - { id: r, then: { by_field: { field: price, weight: .4 } } }'),
      { explain: true },
    );
    expect(answer.hits.map(({ id, explain }) => [id, explain?.shares['rule:r'] ?? 0])).toEqual([
      ['s3', expect.closeTo(0.3, 6)],
      ['s1', expect.closeTo(0.1, 6)],
      ['s4', 0],
      ['s2', expect.closeTo(-0.1, 6)],
      ['s5', expect.closeTo(-0.3, 6)],
    ]);
  });

  it('follows changes of the catalog, and ignores what is gone', async () => {
    const index = await indexOf(shop);
    const rules = written(
      '  - { id: r, then: { filter: stock > 0, pin: { id: s2, position: 1 } } }\n  - { id: t, then: { hide: no_such_field = 1, boost: { filter: no_such_field = 1, by: 1 } } }',
    );
    expect(ids(await ask(index, rules, {}))).toEqual(['s2']);
    index.apply({ live: [{ id: 's1', fields: { stock: 3 } }] });
    expect(ids(await ask(index, rules, {}))).toEqual(['s2', 's1']);
    index.apply({ upserts: [{ product: { id: 's6', title: 'New', stock: 1 } }], deletes: ['s2'] });
    expect(ids(await ask(index, rules, {}))).toEqual(['s1', 's6']);
  });

  it('apply to the category that the query is interpreted as', async () => {
    const boots = Array.from(
      { length: 30 },
      (_, place): Product => ({
        id: `b${place}`,
        title: `Leather boots ${place}`,
        category: 'Shoes > Boots',
      }),
    );
    const index = await indexOf([...boots, ...shop]);
    const rules = written('  - { id: r, when: { category: Shoes }, then: { redirect: /shoes } }');
    expect((await ask(index, rules, { q: 'boots' })).rules).toEqual(['r']);
    expect((await ask(index, rules, { q: 'boots', understand: false })).rules).toBeUndefined();
    expect((await ask(index, rules, { q: 'shirt' })).rules).toBeUndefined();
  });

  it('uses the first redirect of the file', async () => {
    const rules = written(
      '  - { id: a, when: { query: hat }, then: { redirect: /a } }\n  - { id: b, then: { redirect: /b } }',
    );
    const index = await indexOf(shop);
    expect(await ask(index, rules, { q: 'hat' })).toMatchObject({
      redirect: '/a',
      rules: ['a', 'b'],
      total: 1,
    });
    expect(await ask(index, rules, { q: 'linen' })).toMatchObject({ redirect: '/b', total: 3 });
  });
});

describe('the candidate set under rules', () => {
  const cases = fc.oneof(fc.constant(''), words).chain((q) =>
    fc.record({
      q: fc.constant(q),
      products: fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 1, maxLength: 13 }),
      made: rulesFor(q),
      filter: fc.constantFrom(undefined, 'price > 1', "brand = 'Acme' OR price EXISTS"),
      sort: fc.constantFrom<string[]>([], [], ['price:desc']),
    }),
  );

  it('has the pages, counts and order of a naive model of the rules', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ q, products, made, filter, sort }) => {
        const vectors = clusteredVectors(products.length, 8, 3, products.length);
        const index = await indexOf(
          products,
          new Map(products.map(({ id }, place) => [id, vectors[place] ?? new Float32Array(8)])),
        );
        const rules = compileRules({ format: 1, rules: made.map(({ rule }) => rule) }, () => NOW);
        const request = {
          q,
          sort,
          // The model knows the shopper's own filter only, not the interpretations of a query.
          understand: false,
          facets: ['brand'],
          explain: true,
          ...(filter !== undefined && { filter }),
        };
        const productsOf = (answer: SearchAnswer): Product[] =>
          ids(answer).flatMap((id) => products.filter((product) => product.id === id));
        const found = productsOf(await ask(index, undefined, { ...request, per_page: 250 }, vectors[0]));
        const passing = productsOf(await ask(index, undefined, { ...request, q: '', per_page: 250 }));
        const inForce = made.filter(({ holds }) => holds).map(({ rule }) => rule);

        const walked: SearchAnswer['hits'] = [];
        let first: SearchAnswer | undefined;
        for (let page = 1; ; page++) {
          const answer = await ask(index, rules, { ...request, page, per_page: 3 }, vectors[0]);
          first ??= answer;
          expect([answer.total, answer.facets]).toEqual([first.total, first.facets]);
          if (answer.hits.length === 0) break;
          walked.push(...answer.hits);
        }
        const left = chosen(found, passing, inForce);
        expect(walked.map(({ id }) => id).sort()).toEqual(left.map(({ id }) => id).sort());
        expect(first?.total).toBe(left.length);
        const brands = new Map<string, number>();
        for (const { brand } of left)
          if (brand !== undefined) brands.set(brand, (brands.get(brand) ?? 0) + 1);
        expect(new Map(first?.facets.brand?.map(({ value, count }) => [String(value), count]))).toEqual(
          brands,
        );

        for (const { id, score, explain } of walked) {
          const product = products.find((one) => one.id === id) ?? { id };
          const shares = Object.entries(explain?.shares ?? {});
          expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(score, 9);
          for (const { id: rule, then } of sort.length > 0 ? [] : inForce) {
            const expected = shareOf({ id: rule, when: {}, then }, product, products);
            expect(explain?.shares[`rule:${rule}`] ?? 0).toBeCloseTo(expected, 6);
          }
          if (sort.length > 0) expect(shares.filter(([name]) => name.startsWith('rule:'))).toEqual([]);
        }
        if (sort.length === 0) {
          const behind = inForce.some(({ then }) => then.in_stock_first === true);
          const rank = ({ id, tier }: { id: string; tier: string }): number => {
            if (!behind || tier === 'exact') return -1;
            return isOut(products.find((one) => one.id === id) ?? { id }) ? 1 : 0;
          };
          const ordered = [...walked].sort(
            (a, b) => (behind ? rank(a) - rank(b) : 0) || b.score - a.score || (a.id < b.id ? -1 : 1),
          );
          expect(walked.map(({ id }) => id)).toEqual(
            withPins(
              ordered.map(({ id }) => id),
              inForce,
            ),
          );
        }
        index.close();
      }),
      { numRuns: 30 },
    );
  });
});
