import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOpenSearch, sharedEngine } from '../../support/openSearch.js';
import { type BothEngines, comparable, mixedCatalog, searchBoth } from './searchBoth.js';

const ASKED = {
  facets: ['brand', 'attributes.color', 'price', '*'],
  facet_ranges: ['price:5', 'attributes.weight:..100 g..300 g..', 'attributes.released:4'],
  category_tree: 3,
};

/** One list of requests for both engines. */
const REQUESTS: readonly object[] = [
  { q: 'dress' },
  { q: 'red dress' },
  { q: 'acme shoe under 20' },
  { q: '' },
  { q: '', sort: ['price:asc'] },
  { q: 'dress', sort: ['attributes.weight:desc', 'title:asc'], page: 2 },
  { q: 'dress', group: true },
  { q: '', group: true, page: 2, sort: ['price:desc'] },
  { q: 'dress', filter: "price < 20 AND attributes.color IN ['red', 'blue']" },
  { q: 'dress', refine: "brand = 'Acme' AND attributes.color = 'red'" },
  { q: 'dress', refine: "attributes.color = 'red'", conjunctive: true },
  { q: 'dress', facet_query: 'brand:ac' },
  { q: 'p17' },
  { q: 'dress', page: 3, per_page: 10 },
  { q: 'teapot' },
  { q: 'dresss' },
  { q: 'dress without red' },
  { q: 'zzz qqq' },
  { q: 'shoe', filter: "_text = 'lead'" },
  { q: 'cable xyzzy' },
  { q: 'dress', filter: "category = 'Clothing > Shoes > Boots'" },
];

describeOpenSearch('searching', () => {
  const engine = sharedEngine({ layout: { shards: 2, replicas: 0 } });
  let made: Promise<BothEngines> | undefined;
  const searching = (): Promise<BothEngines> => {
    const { products, vectors } = mixedCatalog(120);
    made ??= searchBoth(engine(), products, vectors);
    return made;
  };
  const vector = Float32Array.from([1, 0.2, 0.1, 0, 0, 0, 0, 0]);

  it.each(REQUESTS.map((request) => [JSON.stringify(request), request] as const))(
    'answers %s as embedded search does',
    async (_, request) => {
      const both = await searching();
      for (const embed of [undefined, () => Promise.resolve(vector)]) {
        const asked = { ...ASKED, ...request };
        const [embedded, openSearch] = [
          await both.embedded(asked, embed),
          await both.openSearch(asked, embed),
        ];
        expect(comparable(openSearch)).toEqual(comparable(embedded));
        expect(openSearch.degraded).toBeUndefined();
      }
    },
  );

  it('counts the same products for any filter', async () => {
    const both = await searching();
    const condition = fc.constantFrom(
      "brand = 'Acme'",
      "brand != 'acme'",
      "brand IN ['Bolt', 'Nobody']",
      "attributes.color = 'green'",
      "attributes.color NOT IN ['red', 'blue']",
      "category = 'clothing'",
      "category = 'Home > Kitchen'",
      'category EXISTS',
      'group_id NOT EXISTS',
      'price < 20',
      'price >= 20.5',
      "attributes.weight > '1.5 kg'",
      "attributes.weight = '90 g'",
      "attributes.weight <= '50 cm'",
      "attributes.released >= '2024-06-01'",
      "attributes.released = '15 March 2024'",
      "_text = 'lead'",
      "_text != 'skater dress'",
      "id IN ['p1', 'p2', 'none']",
      'stock < 5',
    );
    const filters = fc.letrec<{ filter: string }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 3 },
        condition,
        fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `(${a} AND ${b})`),
        fc.tuple(tie('filter'), tie('filter')).map(([a, b]) => `(${a} OR ${b})`),
        tie('filter').map((one) => `NOT (${one})`),
      ),
    })).filter;
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const asked = { filter, per_page: 5 };
        const [embedded, openSearch] = [await both.embedded(asked), await both.openSearch(asked)];
        expect(comparable(openSearch)).toEqual(comparable(embedded));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses the same filters with the same sentence', async () => {
    const both = await searching();
    for (const filter of ["nothing = 'x'", 'price < red', 'price <']) {
      const sentence = await both.embedded({ filter }).catch(String);
      expect(await both.openSearch({ filter }).catch(String)).toBe(sentence);
    }
  });
});

describeOpenSearch('merchandising', () => {
  const engine = sharedEngine();
  const rules = `format: 1
rules:
  - id: pins
    when: { query: { contains: [dress] } }
    then:
      pin: [{ id: p8, position: 1 }, { id: p3, position: 3 }]
      hide: [p4]
`;

  it('pins and hides the same products on every page', async () => {
    const { products, vectors } = mixedCatalog(120);
    const both = await searchBoth(engine(), products, vectors, rules);
    for (const page of [1, 2, 3]) {
      const asked = { q: 'dress', page, per_page: 7, facets: ['brand'] };
      const [embedded, openSearch] = [await both.embedded(asked), await both.openSearch(asked)];
      expect(embedded.rules).toEqual(['pins']);
      expect(comparable(openSearch)).toEqual(comparable(embedded));
    }
  });
});

describeOpenSearch('deep pages', () => {
  const engine = sharedEngine({ layout: { shards: 2, replicas: 0 } });

  it('lists each candidate once, beyond the products that are ranked', async () => {
    const { products, vectors } = mixedCatalog(800);
    const both = await searchBoth(engine(), products, vectors);
    for (const asked of [{ q: 'shoe dress' }, { q: '', sort: ['price:asc'] }]) {
      const ids: string[] = [];
      let total = 0;
      for (let page = 1; page <= 4; page++) {
        const answer = await both.openSearch({ ...asked, page, per_page: 250 });
        ids.push(...answer.hits.map(({ id }) => id));
        total = answer.total;
      }
      expect(total).toBe('sort' in asked ? 800 : 400);
      expect(new Set(ids).size).toBe(total);
      expect(ids).toHaveLength(total);
    }
  });
});
