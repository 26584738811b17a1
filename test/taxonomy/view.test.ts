import { describe, expect, test } from 'vitest';
import { taxonomySchema } from '../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../src/taxonomy/view.js';
import { draft } from './draft.js';

const view = viewTaxonomy(draft());
const attribute = (id: string) => {
  const found = view.attribute(id);
  if (found === undefined) throw new Error(`no attribute ${id}`);
  return found;
};

describe('categories', () => {
  test('path and ancestors start at the root', () => {
    expect(view.path('pumps')).toBe('Shoes > Pumps');
    expect(view.ancestors('pumps').map(({ id }) => id)).toEqual(['shoes']);
    expect(view.path('nothing')).toBe('');
    expect(view.ancestors('nothing')).toEqual([]);
  });

  test('leaves have no children', () => {
    expect(view.leaves.map(({ id }) => id)).toEqual([
      'shirts',
      'apparel-watches',
      'pumps',
      'pocket',
      'shoe-pocket',
    ]);
  });

  test.each([
    ['Shoes > Pumps', 'pumps'],
    ['shoes>PUMPS', 'pumps'],
    ['Pumps', 'pumps'],
    ['court-shoes', 'pumps'],
    ['Footwear > Court Shoes', 'pumps'],
    ['Clothing', 'apparel'],
    ['Clothing > Watches', 'apparel-watches'],
    ['Watches', 'watches'],
    ['Watches > Pocket', 'pocket'],
    ['Footwear > Pocket', 'shoe-pocket'],
  ])('find(%s) is %s', (text, id) => {
    expect(view.find(text)?.id).toBe(id);
  });

  test.each(['Pocket', 'Boots', 'Apparel > Pumps', 'Shop > Shoes > Pumps', '', ' > '])(
    'find(%s) is undefined',
    (text) => {
      expect(view.find(text)).toBeUndefined();
    },
  );

  test('finds a category by the last levels of its path', () => {
    const deep = viewTaxonomy(
      draft({
        categories: [
          { id: 'a', name: 'A' },
          { id: 'm', name: 'Men', parent: 'a' },
          { id: 'w', name: 'Women', parent: 'a' },
          { id: 'ms', name: 'Shirts', parent: 'm' },
          { id: 'ws', name: 'Shirts', parent: 'w' },
        ],
      }),
    );
    expect(deep.find('Women > Shirts')?.id).toBe('ws');
    expect(deep.find('Shirts')).toBeUndefined();
  });

  test('path stops at a cycle and at an unknown parent', () => {
    const broken = viewTaxonomy(
      draft({
        categories: [
          { id: 'a', name: 'A', parent: 'b' },
          { id: 'b', name: 'B', parent: 'a' },
          { id: 'c', name: 'C', parent: 'gone', attributes: ['gone', 'fit'] },
        ],
      }),
    );
    expect(broken.path('a')).toBe('B > A');
    expect(broken.path('c')).toBe('C');
    expect(broken.carried('c').map(({ id }) => id)).toEqual(['color', 'fit']);
  });
});

describe('attributes', () => {
  test('finds an attribute by id, name and alias, in any spelling', () => {
    expect(['color', 'COLOUR', 'farbe', 'heel-height'].map((name) => view.attribute(name)?.id)).toEqual([
      'color',
      'color',
      'color',
      'heel',
    ]);
    expect(view.attribute('width')).toBeUndefined();
  });

  test('a shared name finds no attribute, but an id finds its own', () => {
    const sizes = viewTaxonomy(
      draft({
        attributes: [
          { id: 'size', name: 'Size', type: 'text' },
          { id: 'ring', name: 'Size', type: 'text' },
        ],
      }),
    );
    expect(sizes.attribute('Size')).toBeUndefined();
    expect(sizes.attribute('size')?.id).toBe('size');
  });

  test('carried and required are inherited, distinct and cached', () => {
    expect(view.carried('pumps').map(({ id }) => id)).toEqual(['color', 'heel', 'waterproof']);
    expect(view.carried(undefined).map(({ id }) => id)).toEqual(['color']);
    expect(view.carried('unknown').map(({ id }) => id)).toEqual(['color']);
    expect(view.required('pumps').map(({ id }) => id)).toEqual(['color', 'heel']);
    expect(view.required(undefined)).toEqual([]);
    expect(view.carried('pumps')).toBe(view.carried('pumps'));
  });

  test('keyOf returns the key of the product, a filled one before an empty one', () => {
    const color = attribute('color');
    const keyOf = (attributes?: Record<string, string>) =>
      view.keyOf({ id: '1', ...(attributes && { attributes }) }, color);
    expect(keyOf()).toBe('color');
    expect(keyOf({ size: 'M' })).toBe('color');
    expect(keyOf({ color: 'Red', Farbe: 'Rot' })).toBe('color');
    expect(keyOf({ FARBE: 'Rot' })).toBe('FARBE');
    expect(keyOf({ color: ' ', Colour: 'Red' })).toBe('Colour');
    expect(keyOf({ Colour: '' })).toBe('Colour');
    expect(keyOf({ Colour: '', color: '' })).toBe('color');
    expect(keyOf({ color: '', Colour: '' })).toBe('color');
  });

  test('keyOf accepts a column whose name is shared with another category’s attribute', () => {
    const bags = viewTaxonomy(
      draft({
        attributes: [
          { id: 'closure', name: 'Closure', type: 'text' },
          { id: 'bag_closure', name: 'Closure', type: 'text' },
        ],
      }),
    );
    const bag = bags.attribute('bag_closure');
    expect(bag && bags.keyOf({ id: '1', attributes: { closure: 'zip' } }, bag)).toBe('closure');
    expect(bags.attribute('closure')?.id).toBe('closure');
  });

  test('canonical returns the value with a name or alias', () => {
    const color = attribute('color');
    if (color.type !== 'enum') throw new Error('expected an enum');
    expect(view.canonical(color, 'navy-blue')).toBe('Navy Blue');
    expect(view.canonical(color, ' MARINE ')).toBe('Navy Blue');
    expect(view.canonical(color, 'Green')).toBeUndefined();
  });
});

// Quadratic work would take minutes.
test('compiles 10,595 categories and answers 100,000 look-ups', { timeout: 60_000 }, () => {
  const categories = [...Array(10_595).keys()].map((index) => ({
    id: `c${index}`,
    name: `Name ${index % 2000} of ${index}`,
    parent: index === 0 ? null : `c${Math.floor((index - 1) / 8)}`,
    attributes: index % 3 === 0 ? ['fit'] : [],
  }));
  const taxonomy = taxonomySchema.parse({ ...draft(), categories });
  const large = viewTaxonomy(taxonomy);
  let hits = 0;
  for (let i = 0; i < 100_000; i++) {
    const id = `c${i % categories.length}`;
    if (large.find(large.path(id))?.id === id && large.carried(id).length > 0) hits++;
  }
  expect(hits).toBe(100_000);
});
