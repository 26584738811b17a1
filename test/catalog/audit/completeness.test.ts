import { expect, it } from 'vitest';
import { Completeness } from '../../../src/catalog/audit/completeness.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';
import { factOf } from '../../domain/fact.js';
import { draft } from '../../taxonomy/draft.js';

/** All products have the attribute color, shirts also fit, shoes also heel and waterproof. */
const view = viewTaxonomy(draft());

it('counts the cells of the given or found category, and the blank ones by outcome', () => {
  const completeness = new Completeness(view);
  completeness.count({ id: '1', category: 'Apparel > Shirts', attributes: { Farbe: 'Red' } }, [
    factOf('attributes.fit', 'Slim'),
  ]);
  completeness.count({ id: '2', attributes: { waterproof: false, heel: '' } }, [
    factOf('category', 'Shoes > Pumps', { status: 'suggested' }),
    factOf('attributes.color', 'Red', { status: 'suggested' }),
  ]);
  completeness.count({ id: '3', category: 'no such thing' }, []);
  expect(completeness.fields).toEqual({
    category: { blank: 1, applied: 0, suggested: 1, abstained: 0 },
    'attributes.color': { blank: 2, applied: 0, suggested: 1, abstained: 1 },
    'attributes.fit': { blank: 1, applied: 1, suggested: 0, abstained: 0 },
    'attributes.heel': { blank: 1, applied: 0, suggested: 0, abstained: 1 },
  });
  expect(completeness.shares()).toEqual({ before: 4 / 9, after: 5 / 9 });
});

it('is the same before and after where there is nothing to fill', () => {
  const { before, after } = new Completeness(view).shares();
  expect(after).toBe(before);
  expect(before).not.toBeNaN();
});
