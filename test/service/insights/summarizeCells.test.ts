import { expect, it } from 'vitest';
import { Completeness } from '../../../src/catalog/audit/completeness.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { CategoryCells } from '../../../src/service/insights/countCells.js';
import { summarizeCells } from '../../../src/service/insights/summarizeCells.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { factOf } from '../../domain/fact.js';
import { draft } from '../../taxonomy/draft.js';

const view = viewTaxonomy(draft());

/** Cells of shirts, which carry a colour and a fit beside their category. */
function cellsOf(facts: readonly (readonly Fact[])[], expected: Record<string, number> = {}): CategoryCells {
  const cells = new Completeness(view);
  for (const [nth, own] of facts.entries())
    cells.count({ id: `p${nth}`, category: 'Apparel > Shirts', attributes: { color: 'Red' } }, own);
  return { products: facts.length, cells, expected: new Map(Object.entries(expected)) };
}

const suggested = factOf('attributes.fit', 'slim', { status: 'suggested', confidence: 0.8 });

it('adds up the categories below one, and says where to start', () => {
  const categories = new Map([
    [
      'Apparel > Shirts',
      cellsOf([[factOf('attributes.fit', 'slim')], [suggested]], { 'attributes.fit': 0.8 }),
    ],
    ['Apparel > Shirts > Linen', cellsOf([[]])],
    ['Shoes', cellsOf([[], []])],
  ]);
  const counts = { products: 5, counted: 5, categories, proposals: 3 };
  const all = summarizeCells(counts, undefined);
  expect(all).toMatchObject({ under: null, cells: 15, filled: 10, applied: 1, suggested: 1, proposals: 3 });
  expect([all.before, all.after, all.expected]).toEqual([10 / 15, 11 / 15, 11.8 / 15]);
  expect(all.categories).toEqual([
    { category: 'Apparel', narrower: true, products: 3, cells: 9, filled: 6, applied: 1, suggested: 1 },
    { category: 'Shoes', narrower: false, products: 2, cells: 6, filled: 4, applied: 0, suggested: 0 },
  ]);
  expect(all.starts[0]).toEqual({
    ...{ category: 'Apparel', field: 'attributes.fit', blank: 2, suggested: 1, expected: 0.8 },
  });
  const below = summarizeCells(counts, 'Apparel > Shirts');
  expect(below.categories.map(({ category, products }) => [category, products])).toEqual([
    ['Apparel > Shirts', 2],
    ['Apparel > Shirts > Linen', 1],
  ]);
  expect(summarizeCells(counts, 'Garden')).toMatchObject({ cells: 0, before: 0, categories: [], starts: [] });
});
