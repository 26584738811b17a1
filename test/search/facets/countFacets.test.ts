import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { countFacets, namedFields } from '../../../src/search/facets/countFacets.js';
import type { FacetScope } from '../../../src/search/facets/facetScope.js';
import { Bitset } from '../../../src/structures/bitset.js';
import { products as anyProduct } from '../../index/products.js';
import { indexOf } from '../indexOf.js';
import { naiveCells } from '../naiveCells.js';

const counting = (index: LiveIndex, candidates: Bitset): FacetScope => ({
  index,
  candidates,
  unrefined: new Map(),
  groups: undefined,
});

it('counts what a scan of the candidates counts, a product once for each of its values', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyProduct, { selector: ({ id }) => id, maxLength: 12 }),
      fc.nat(12),
      fc.constantFrom('tags', 'brand', 'attributes.memory'),
      fc.uniqueArray(fc.nat(12)),
      fc.integer({ min: 1, max: 4 }),
      async (products, built, field, chosen, limit) => {
        const all: Product[] = [
          { id: 'full', brand: 'Acme', tags: ['a', 'b', 'a'], attributes: { memory: 1 } },
          ...products,
        ];
        const index = await indexOf(all.slice(0, built));
        index.apply({ upserts: all.slice(built).map((product) => ({ product })) });
        const ordinals = chosen.filter((ordinal) => ordinal < index.size);
        const counts = new Map<string, number>();
        for (const ordinal of ordinals) {
          const texts = new Set(naiveCells(index.document(ordinal), field).map(({ text }) => text));
          for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
        }
        const expected = [...counts]
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
        const facets = countFacets(counting(index, Bitset.of(index.size, ordinals)), [field], limit);
        expect(facets).toEqual({ [field]: expected.slice(0, limit) });
        index.close();
      },
    ),
    { numRuns: 50 },
  );
});

it('chooses for * shared fields with few values, but no codes or prices', async () => {
  const products = Array.from(
    { length: 100 },
    (_, place): Product => ({
      id: `p${place}`,
      brand: `b${place % 3}`,
      price: place,
      serial: `s${place}`,
      same: 'always',
      size: place % 2 === 0 ? 'S' : 'M',
      ...(place < 20 && { seldom: place % 2 }),
      ...(place < 19 && { rare: place % 2 }),
      attributes: { color: ['Red', 'Blue', 'Green'][place % 3] ?? '' },
    }),
  );
  const index = await indexOf(products);
  const whole = counting(index, index.aliveSet());
  const all = countFacets(whole, namedFields(whole, ['*', 'brand', 'size']), 2);
  expect(Object.keys(all)).toEqual(['attributes.color', 'size', 'seldom', 'brand']);
  expect(all['attributes.color']).toEqual([
    { value: 'Red', count: 34 },
    { value: 'Blue', count: 33 },
  ]);
  const even = Bitset.of(
    100,
    Array.from({ length: 50 }, (_, place) => 2 * place),
  );
  const half = counting(index, even);
  expect(namedFields(half, ['*'])).toEqual(['attributes.color', 'serial']);
  expect(countFacets(half, ['stock'], 5)).toEqual({ stock: [] });
});
