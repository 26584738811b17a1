import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { applyFilter } from '../../../src/search/filter/applyFilter.js';
import { matchProduct } from '../../../src/search/filter/matchProduct.js';
import { type Filter, type Literal, parseFilter } from '../../../src/search/filter/parseFilter.js';
import { fold } from '../../../src/text/fold.js';
import { products as anyProduct } from '../../index/products.js';
import { indexOf } from '../indexOf.js';
import { naiveCells } from '../naiveCells.js';

/** Has every field, so that none is unknown. */
const full: Product = {
  id: 'full',
  brand: 'acme',
  category: 'Shoes',
  price: 2.5,
  stock: 9,
  rating: 1,
  tags: ['old'],
  attributes: { color: 'Red', memory: '8 GB', touchscreen: true },
};
const field = fc.constantFrom(
  'brand',
  'category',
  'price',
  'stock',
  'rating',
  'tags',
  'attributes.color',
  'attributes.memory',
  'attributes.touchscreen',
);
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.constantFrom<Literal>(
    'Acme',
    'ACME',
    'uber',
    'h&m',
    'shoes > running',
    'Shoes',
    'shoes',
    'Shoes>Running',
    'Running',
    '8gb',
    '8 gb',
    'red',
    'Red',
    'new',
    'M',
    'yes',
    'nothing',
  ),
  fc.integer({ min: 0, max: 16 }),
  fc.boolean(),
);
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('exists' as const), field: fc.oneof(field, fc.constant('id')) }),
  fc.record({ kind: fc.constant('in' as const), field, values: fc.array(literal, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('in' as const),
    field: fc.constant('id'),
    values: fc.array(fc.constantFrom('full', 'p1', 'p2', 'P1')),
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    field,
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: literal,
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    field,
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('2', '2.5')),
  }),
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('filter') }),
  ),
}));

/** Whether one product passes, tested directly; `all` is only used to see whether a value is in the catalog. */
function passes(product: Product, filter: Filter, all: readonly Product[]): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => passes(product, part, all));
    case 'or':
      return filter.parts.some((part) => passes(product, part, all));
    case 'not':
      return !passes(product, filter.part, all);
    case 'exists':
      return naiveCells(product, filter.field).length > 0;
    case 'in':
      return filter.values.some((value) => equals(product, filter.field, value, all));
    case 'compare': {
      if (filter.operator === '=') return equals(product, filter.field, filter.value, all);
      if (filter.operator === '!=') return !equals(product, filter.field, filter.value, all);
      const bound = Number(filter.value);
      return naiveCells(product, filter.field).some(({ number }) => {
        if (filter.operator === '<') return number < bound;
        if (filter.operator === '<=') return number <= bound;
        return filter.operator === '>' ? number > bound : number >= bound;
      });
    }
  }
}

function equals(product: Product, name: string, value: Literal, all: readonly Product[]): boolean {
  const wanted = String(value);
  if (name === 'category') {
    const within = (other: Product, spelled: (text: string) => string): boolean => {
      const path = other.category?.split('>').map((level) => spelled(level.trim())) ?? [];
      const above = wanted.split('>').map((level) => spelled(level.trim()));
      return above.every((level, depth) => level === path[depth]);
    };
    const written = (text: string): string => text;
    // A path is exact only if its separators are written as everywhere else.
    const known = !/\S>\S/.test(wanted) && all.some((other) => within(other, written));
    return within(product, known ? written : fold);
  }
  if (name === 'id') return product.id === wanted;
  const cells = all.flatMap((other) => naiveCells(other, name));
  const isSpelling = (text: string): boolean => spelling(text) === spelling(wanted);
  const known = cells.some(({ text }) => isSpelling(text));
  const isMeasured = cells.some(({ text }) => text.endsWith(' GB'));
  return naiveCells(product, name).some(
    ({ text, number }) =>
      isSpelling(text) ||
      (!known && fold(text) === fold(wanted)) ||
      (typeof value === 'number' && number === value && (isMeasured || !known)),
  );
}

/** Equal for spellings of one value, as far as these tests write them. */
function spelling(text: string): string {
  return text.toLowerCase().replace(/^(\d+) ?gb$/, '$1 gb');
}

describe('applying a filter', () => {
  it('passes what a predicate over each product passes, indexed before or after the build', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyProduct, { selector: ({ id }) => id, maxLength: 10 }),
        fc.nat(10),
        fc.array(anyFilter, { minLength: 5, maxLength: 10 }),
        fc.uniqueArray(
          fc.integer({ min: 0, max: 12 }).map((n) => `p${n}`),
          { maxLength: 6 },
        ),
        async (products, built, filters, gone) => {
          const written = [full, ...products];
          const index = await indexOf(written.slice(0, built));
          index.apply({ upserts: written.slice(built).map((product) => ({ product })), deletes: gone });
          const all = written.filter(({ id }) => !gone.includes(id));
          for (const filter of filters) {
            const found = [...applyFilter(index, filter).toArray()].map((ordinal) => index.idOf(ordinal));
            expect(found).toEqual(all.filter((product) => passes(product, filter, all)).map(({ id }) => id));
          }
          index.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('matches the spellings of a value if the catalog has it, otherwise what folds to the same', async () => {
    const index = await indexOf([
      { id: '1', color: 'navy-blue', memory: '8' },
      { id: '2', color: 'Navy Blue', memory: '8 GB' },
      { id: '3', color: 'blue', memory: 16 },
      { id: '4', color: 'navy BLUE ' },
    ]);
    const ordinals = (field: string, value: Literal): number[] => [
      ...applyFilter(index, { kind: 'compare', field, operator: '=', value }).toArray(),
    ];
    expect(ordinals('color', 'Navy Blue')).toEqual([1, 3]);
    expect(ordinals('color', 'NAVY BLUE')).toEqual([1, 3]);
    expect(ordinals('color', 'navy-blue')).toEqual([0]);
    expect(ordinals('color', 'Navy_Blue')).toEqual([0, 1, 3]);
    expect(ordinals('memory', 8)).toEqual([0, 1]);
    expect(ordinals('memory', '8GB')).toEqual([0, 1]);
    expect(ordinals('memory', '16 gb')).toEqual([2]);
    expect(ordinals('memory', 16)).toEqual([2]);
  });

  it('matches any spelling if only deleted or replaced products had the exact one', async () => {
    const index = await indexOf([
      { id: '1', color: 'crème', price: 5 },
      { id: '2', color: 'crème' },
      { id: '3', color: 'creme', price: 6 },
      { id: '4', color: 'Crème', category: 'shoes > Boots' },
      { id: '5', category: 'Shoes > Boots' },
    ]);
    const cream: Filter = { kind: 'compare', field: 'color', operator: '=', value: 'crème' };
    const found = (filter: Filter): string[] =>
      [...applyFilter(index, filter).toArray()].map((ordinal) => index.idOf(ordinal));
    expect(found(cream)).toEqual(['1', '2', '4']);
    index.apply({ deletes: ['1'], upserts: [{ product: { id: '2', color: 'CREME' } }] });
    expect(found(cream)).toEqual(['4']);
    index.apply({ deletes: ['4'] });
    expect(found(cream)).toEqual(['3', '2']);
    expect(found({ kind: 'in', field: 'category', values: ['shoes'] })).toEqual(['5']);
    index.apply({ upserts: [{ product: { id: '1', color: 'crème' } }] });
    expect(found(cream)).toEqual(['1']);
  });

  it('passes a category with everything below it, and not categories with the same beginning', async () => {
    const index = await indexOf([
      { id: '1', category: 'Clothing' },
      { id: '2', category: 'Clothing > Shirts > T-shirts' },
      { id: '3', category: 'Clothing care' },
      { id: '4', category: 'Dolls > Clothing' },
      { id: '5' },
    ]);
    const found = (value: Literal): string[] =>
      [...applyFilter(index, { kind: 'compare', field: 'category', operator: '=', value }).toArray()].map(
        (ordinal) => index.idOf(ordinal),
      );
    expect(found('Clothing')).toEqual(['1', '2']);
    expect(found('clothing>shirts')).toEqual(['2']);
    expect(found('Clothing > Shirts > T shirts')).toEqual(['2']);
    expect(found('Shirts')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('never passes deleted products, even under NOT', async () => {
    const index = await indexOf([full, { id: 'other', brand: 'x' }]);
    index.apply({ deletes: ['full'], upserts: [{ product: { id: 'other', brand: 'y' } }] });
    const brand: Filter = { kind: 'compare', field: 'brand', operator: '=', value: 'acme' };
    expect(applyFilter(index, { kind: 'not', part: brand }).count()).toBe(1);
    expect(applyFilter(index, brand).count()).toBe(0);
    expect(applyFilter(index, { kind: 'in', field: 'id', values: ['full', 'other'] }).count()).toBe(1);
  });

  it('compares a replaced live field by its new value only', async () => {
    const index = await indexOf([full]);
    index.apply({ live: [{ id: 'full', fields: { price: 7, availability: 'gone' } }] });
    const price = (value: number): Filter => ({ kind: 'compare', field: 'price', operator: '=', value });
    expect([2.5, 7].map((value) => applyFilter(index, price(value)).count())).toEqual([0, 1]);
  });

  it('knows the standard fields of an empty catalog, and no others', async () => {
    const index = await indexOf([]);
    expect(applyFilter(index, { kind: 'exists', field: 'gtin' }).count()).toBe(0);
    expect(() => applyFilter(index, { kind: 'exists', field: 'weight' })).toThrow(
      "filter: no product has the field 'weight'; there is none yet.",
    );
  });

  it('says that a text field is searched by words, and which fields can be filtered', async () => {
    const index = await indexOf([full]);
    expect(() => applyFilter(index, { kind: 'compare', field: 'title', operator: '=', value: 'x' })).toThrow(
      "filter: 'title' has no values to filter by, its words are searched with q; fields to filter by: brand, category, price, rating, stock, tags, attributes.color, attributes.memory.",
    );
  });

  it.each([
    ['5', 1],
    ['-2.5', 1],
    ['+2', 1],
    ['9.01', 0],
    ['1,5', 1],
    ['1.299,00', 0],
  ])('compares by the number %j as written', async (value, count) => {
    const index = await indexOf([full]);
    const filter: Filter = { kind: 'compare', field: 'stock', operator: '>=', value };
    expect(applyFilter(index, filter).count()).toBe(count);
  });

  it.each(['cheap', true, 'NaN', '', ' ', '0x10', '1e3', 'Infinity'])(
    'refuses to compare by %j',
    async (value) => {
      const index = await indexOf([full]);
      const filter: Filter = { kind: 'compare', field: 'price', operator: '<', value };
      expect(() => applyFilter(index, filter)).toThrow(
        `filter: price < needs a number in decimal notation such as 49.90, found '${String(value)}'.`,
      );
    },
  );
});

it('finds a product in each of its categories, and below', async () => {
  const hat = { id: 'hat', category: 'Wear > Hats', categories: ['Wear > Hats', 'Sale > Winter'] };
  const products = [
    hat,
    { id: 'cap', category: 'Wear > Caps', categories: ['Sale'] },
    { id: 'x', category: 'Sale' },
  ];
  const index = await indexOf(products);
  const found = (category: string): string[] => {
    const filter: Filter = { kind: 'compare', field: 'category', operator: '=', value: category };
    const ids = [...applyFilter(index, filter).toArray()].map((ordinal) => index.idOf(ordinal));
    expect(products.filter((product) => matchProduct(product, filter)).map(({ id }) => id)).toEqual(ids);
    return ids;
  };
  expect(found('Wear')).toEqual(['hat', 'cap']);
  expect(found('Sale')).toEqual(['hat', 'x']);
  expect(found('Sale > Winter')).toEqual(['hat']);
  expect(index.columns.field('category')?.valuesOf(0)).toEqual(['Wear > Hats', 'Sale > Winter']);
  expect(index.lexical.postings('winter')?.documents).toBe(1);
});

it('tells a number from its negative', async () => {
  const products = [
    { id: 'warm', price: 5, attributes: { minimum: '5 °C', offset: 5, note: '- 5' } },
    { id: 'cold', price: -5, attributes: { minimum: '-5 °C', offset: -5, note: '5' } },
  ];
  const index = await indexOf(products);
  const found = (one: string, among = products): string[] => {
    const filter = parseFilter(one);
    const types = { rules: index.columns.rules, typeOf: (name: string) => index.columns.field(name)?.type };
    const matching = among.filter((product) => matchProduct(product, filter, types)).map(({ id }) => id);
    const applied = Array.from(applyFilter(index, filter).toArray(), (ordinal) => index.idOf(ordinal));
    expect(matching).toEqual(applied);
    return applied;
  };
  expect(found('price = -5')).toEqual(['cold']);
  expect(found('price = -7')).toEqual([]);
  expect(found('attributes.offset IN [-5]')).toEqual(['cold']);
  expect(found("attributes.minimum = '-5 °C'")).toEqual(['cold']);
  expect(found("attributes.minimum = '5 °C'")).toEqual(['warm']);
  index.apply({ deletes: ['cold'] });
  expect(found('price = -5', products.slice(0, 1))).toEqual([]);
});
