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
  test('path and ancestors go from the root down', () => {
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
    'find(%s) is nothing',
    (text) => {
      expect(view.find(text)).toBeUndefined();
    },
  );

  test('a tail of several levels names the one path that ends in it', () => {
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

  test('a circle of parents or an unknown parent ends the walk', () => {
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
  test('found by id, name and alias under fold', () => {
    expect(['color', 'COLOUR', 'farbe', 'heel-height'].map((name) => view.attribute(name)?.id)).toEqual([
      'color',
      'color',
      'color',
      'heel',
    ]);
    expect(view.attribute('width')).toBeUndefined();
  });

  test('a name that two share finds neither, an id its own', () => {
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

  test('carried and required are inherited, without repeats, and the same object each time', () => {
    expect(view.carried('pumps').map(({ id }) => id)).toEqual(['color', 'heel', 'waterproof']);
    expect(view.carried(undefined).map(({ id }) => id)).toEqual(['color']);
    expect(view.carried('unknown').map(({ id }) => id)).toEqual(['color']);
    expect(view.required('pumps').map(({ id }) => id)).toEqual(['color', 'heel']);
    expect(view.required(undefined)).toEqual([]);
    expect(view.carried('pumps')).toBe(view.carried('pumps'));
  });

  test('keyOf answers the key that the product has, a filled one before an empty one', () => {
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

  test('a column named as the attribute of another category is the column of this one too', () => {
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

  test('canonical answers the value that a name or alias stands for', () => {
    const color = attribute('color');
    if (color.type !== 'enum') throw new Error('expected an enum');
    expect(view.canonical(color, 'navy-blue')).toBe('Navy Blue');
    expect(view.canonical(color, ' MARINE ')).toBe('Navy Blue');
    expect(view.canonical(color, 'Green')).toBeUndefined();
  });
});

test('10,595 categories are compiled and 100,000 look-ups answered in seconds', () => {
  const categories = [...Array(10_595).keys()].map((index) => ({
    id: `c${index}`,
    name: `Name ${index % 2000} of ${index}`,
    parent: index === 0 ? null : `c${Math.floor((index - 1) / 8)}`,
    attributes: index % 3 === 0 ? ['fit'] : [],
  }));
  const taxonomy = taxonomySchema.parse({ ...draft(), categories });
  const start = performance.now();
  const large = viewTaxonomy(taxonomy);
  let hits = 0;
  for (let i = 0; i < 100_000; i++) {
    const id = `c${i % categories.length}`;
    if (large.find(large.path(id))?.id === id && large.carried(id).length > 0) hits++;
  }
  expect(hits).toBe(100_000);
  expect(performance.now() - start).toBeLessThan(3000);
});
