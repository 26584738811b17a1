import { expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { search } from '../../../src/search/search.js';
import { searchRequestSchema } from '../../../src/search/searchRequest.js';
import { indexOf } from '../indexOf.js';

function fact(field: string, value: string, method: string, status = 'applied') {
  const evidence = method === 'lookup' ? { field: 'title', start: 0, end: 3, quote: 'alu' } : { rule: 'r' };
  return { field, value, status, confidence: 0.9, source: 'model', method, evidence };
}

const products: Product[] = [
  {
    id: 'chair',
    title: 'alu garden chair',
    brand: 'Garden Works',
    category: 'Furniture > Chairs',
    attributes: { material: 'Aluminium', colour: 'Aluminium grey', style: 'Modern' },
    _shelfwright: {
      facts: [
        fact('category', 'Furniture > Chairs', 'classifier'),
        fact('attributes.material', 'Aluminium', 'lookup'),
        fact('attributes.colour', 'Aluminium grey', 'classifier'),
        fact('attributes.style', 'Modern', 'lookup'),
        fact('category', 'Garden', 'classifier', 'suggested'),
      ],
    },
  },
  { id: 'table', title: 'oak table 8 gb', category: 'Furniture > Tables' },
];

async function explain(q: string, filter?: string) {
  const index = await indexOf(products);
  const context = { index, minCosine: 0.3, taxonomy: undefined };
  const request = searchRequestSchema.parse({ q, explain: true, ...(filter !== undefined && { filter }) });
  const answer = await search(() => context, request, undefined);
  return Object.fromEntries(answer.hits.map(({ id, score, explain }) => [id, { score, ...explain }]));
}

it('names the fields in which each word was found', async () => {
  const { chair } = await explain('garden aluminium lamp');
  expect(chair?.matched).toEqual(['garden', 'aluminium']);
  expect(chair?.words).toEqual([
    { word: 'garden', fields: ['title', 'brand'] },
    { word: 'aluminium', fields: ['attributes'] },
  ]);
});

it('finds a word by its parts only if all of them occur', async () => {
  expect((await explain('table 8gb')).table?.words).toContainEqual({ word: '8gb', fields: ['title'] });
  expect((await explain('oak table 8tb')).table?.matched).toEqual(['oak', 'table']);
});

it('gives value, weight and share of each feature; the shares add up to the score', async () => {
  const { chair } = await explain('garden chair');
  const features = Object.values(chair?.features ?? {});
  for (const { value, weight, share, about } of features) {
    expect(share).toBeCloseTo(value * weight, 12);
    expect(about).toMatch(/\w/);
  }
  expect(features.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(chair?.score ?? 0, 9);
  expect(chair?.features?.coverage?.value).toBe(1);
  expect(Object.keys(chair?.features ?? {})).toEqual(Object.keys(chair?.shares ?? {}));
});

it('gives only the applied facts by which the hit was found, ranked or filtered', async () => {
  const fields = async (q: string, filter?: string) =>
    (await explain(q, filter)).chair?.facts?.map(({ field, method }) => `${field} ${method}`);
  expect(await fields('aluminium')).toEqual(['category classifier', 'attributes.material lookup']);
  expect(await fields('', "attributes.style = 'Modern'")).toEqual(['attributes.style lookup']);
  expect(await fields('')).toEqual([]);
});
