import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.js';
import { retrievalKey } from '../../src/search/retrievalKey.js';
import { compileRules } from '../../src/search/rules/compileRules.js';
import { lintRules } from '../../src/search/rules/lintRules.js';
import { search, searchAlike } from '../../src/search/search.js';
import type { SearchContext } from '../../src/search/searchContext.js';
import { type SearchRequest, searchRequestSchema } from '../../src/search/searchRequest.js';
import { products as anyProducts, clusteredVectors, words } from '../index/products.js';
import { indexOf } from './indexOf.js';

const FILTERS = ['price < 4', "brand = 'Acme' OR stock > 0", "category = 'Shoes'"];
const REFINEMENTS = [
  "brand = 'Acme'",
  "brand IN ['Über', 'H&M'] AND attributes.color = 'Red'",
  'price >= 2',
  "category = 'Shoes > Running' AND brand = 'Acme'",
  "brand = 'nobody'",
  'brand =',
];

/** What requests of one retrieval may differ in. */
const own = fc.record(
  {
    refine: fc.constantFrom(...REFINEMENTS),
    facets: fc.constantFrom(['*'], ['brand', 'attributes.color'], ['attributes.colour']),
    facet_query: fc.constant('brand:a'),
    facet_ranges: fc.constant(['price:3']),
    category_tree: fc.constant(2),
    group: fc.boolean(),
    page: fc.integer({ min: 1, max: 2 }),
    per_page: fc.integer({ min: 1, max: 5 }),
    explain: fc.boolean(),
    fields: fc.constantFrom(['title'], ['*']),
  },
  { requiredKeys: [] },
);
const common = fc.record(
  {
    q: fc.oneof(words, fc.constantFrom('', 'sheos', 'shoes under 3', 'unheard of', 'p3')),
    filter: fc.constantFrom(...FILTERS),
    sort: fc.constantFrom(['price:asc'], []),
    relax: fc.boolean(),
    understand: fc.boolean(),
  },
  { requiredKeys: ['q'] },
);

/** An answer without its times, or the message of an error. */
function plain(answer: unknown): unknown {
  if (answer instanceof UserError) return [answer.message, answer.field];
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      key === 'took_ms' || key === 'parts' ? undefined : value,
    ),
  );
}

const linted = lintRules(
  `
format: 1
rules:
  - { id: acme, then: { boost: { filter: "brand = 'Acme'", by: 0.5 }, pin: { id: p3, position: 2 } } }
  - { id: out, when: { query: { contains: shoes } }, then: { hide: [p4] } }
`,
  undefined,
);
const RULES = compileRules(linted.rules ?? { format: 1, rules: [] });

it('searches of one retrieval are answered as each of them alone is', async () => {
  const vectors = clusteredVectors(14, 3, 4, 11);
  let answered = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyProducts, { selector: ({ id }) => id, minLength: 4, maxLength: 12 }),
      common,
      fc.array(own, { minLength: 2, maxLength: 5 }),
      fc.boolean(),
      fc.boolean(),
      async (products, shared, differing, hasVectors, hasRules) => {
        const byId = new Map(products.map(({ id }, at) => [id, vectors[at] ?? new Float32Array(3)]));
        const index = await indexOf(products, hasVectors ? byId : undefined);
        const context = (): SearchContext => ({
          ...{ index, minCosine: 0.35, taxonomy: undefined },
          ...(hasRules && { rules: RULES }),
        });
        const embed = hasVectors ? async () => vectors[13] : undefined;
        const requests = differing.map(
          (one): SearchRequest => searchRequestSchema.parse({ ...shared, ...one }),
        );
        expect(new Set(requests.map(retrievalKey)).size).toBe(1);
        const together = await searchAlike(context, requests, embed);
        for (const [place, request] of requests.entries()) {
          const alone = await search(context, request, embed).catch((error: unknown) => error);
          expect(plain(together[place])).toEqual(plain(alone));
          if (alone instanceof UserError) refused++;
          else answered++;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(Math.min(answered, refused)).toBeGreaterThan(20);
});

it('the cosines that one search computes do not change the scores of another', async () => {
  const made = clusteredVectors(700, 3, 4, 3);
  const products = made.map((_, at) => ({ id: `p${at}`, title: `shoe ${at}`, price: at }));
  const vectors = new Map(products.map(({ id }, at) => [id, made[at] ?? new Float32Array(3)]));
  const index = await indexOf(products, vectors);
  const context = (): SearchContext => ({ index, minCosine: 0.99, taxonomy: undefined });
  const embed = async () => made[650];
  const requests = [{ refine: 'price > 350' }, {}].map((one) =>
    searchRequestSchema.parse({ q: 'shoe', per_page: 250, ...one }),
  );
  const together = await searchAlike(context, requests, embed);
  for (const [place, request] of requests.entries())
    expect(plain(together[place])).toEqual(plain(await search(context, request, embed)));
});

it('the rules of this test can be read', () => expect(linted.findings).toEqual([]));

it('requests for other products have a retrieval of their own', () => {
  const base = searchRequestSchema.parse({ q: 'shoes' });
  const others: Partial<SearchRequest>[] = [
    ...[{ q: 'shoe' }, { filter: 'price < 4' }, { status: 'all' as const }, { understand: false }],
    ...[{ ignore: 'price < 3' }, { correct: false }, { relax: false }, { sort: ['price:asc'] }],
  ];
  const keys = [base, ...others.map((one) => ({ ...base, ...one }))].map(retrievalKey);
  expect(new Set(keys).size).toBe(keys.length);
});
