import { expect, test } from 'vitest';
import { EXPENSIVE } from '../../../src/http/guard/admissionQueue.js';
import { estimateCost } from '../../../src/http/guard/estimateCost.js';

const get = (query: object, route = '/v1/search') => estimateCost({ method: 'GET', route, query, length: 0 });

test.each([
  ['a plain search', {}, 1],
  ['a search as you type', { q: 'mug', per_page: '8' }, 1],
  ['a page with facets', { q: 'mug', facets: 'brand,category' }, 2],
  ['an empty list of facets', { q: 'mug', facets: '' }, 1],
  ['a category page', { facets: '*', category_tree: '3' }, 4],
  ['a deep page', { page: '100', per_page: '20' }, 5],
  ['everything at once', { facets: '*', category_tree: '9', group: 'true', explain: 'true', page: '99' }, 8],
  ['nonsense', { page: 'x', per_page: '-1' }, 1],
])('%s', (_, query, cost) => {
  expect(get(query)).toBe(cost);
});

test('several searches in a body cost what they cost together, and are expensive from about eight on', () => {
  const many = (length: number) =>
    estimateCost({ method: 'POST', route: '/v1/multi-search', query: {}, length });
  expect(many(100)).toBe(1);
  expect(many(1000)).toBeGreaterThanOrEqual(EXPENSIVE);
  expect(many(1_000_000)).toBe(8);
  expect(estimateCost({ method: 'POST', route: '/v1/search', query: {}, length: 90 })).toBeLessThan(
    EXPENSIVE,
  );
});

test('another read is cheap, a comparison of two searches is not', () => {
  expect(get({}, '/v1/suggest')).toBe(1);
  expect(get({}, '/v1/lab/compare')).toBe(8);
});
