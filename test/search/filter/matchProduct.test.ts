import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.js';
import type { Product } from '../../../src/domain/product.js';
import { applyFilter } from '../../../src/search/filter/applyFilter.js';
import { fieldsIn, matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';
import { indexOf } from '../indexOf.js';

const shoe: Product = {
  id: 'A1',
  title: 'Trail shoe',
  brand: 'Ü-Boots',
  category: 'Shoes > Running',
  price: 59.9,
  tags: ['new', 'Sale'],
  attributes: { color: 'Navy Blue', memory: '8 GB', sizes: [41, 42], lined: true, empty: ' ' },
};

describe('a single product', () => {
  it.each([
    ["category = 'shoes > running'", true],
    ["category = 'Shoes'", true],
    ["category = 'Running'", false],
    ["category != 'Shoes'", false],
    ["brand = 'u boots'", true],
    ["id = 'A1'", true],
    ["id = 'a1'", false],
    ["title = 'trail shoe'", true],
    ["tags = 'sale' AND attributes.sizes = 42", true],
    ["attributes.color IN ['red', 'navy blue']", true],
    ['attributes.memory >= 8 AND attributes.memory < 9', true],
    ['price > 59.9 OR price <= 10', false],
    ['attributes.lined = true', true],
    ['attributes.empty EXISTS', false],
    ['stock NOT EXISTS', true],
    ['stock < 5', false],
    ["NOT (brand = 'x' OR price < 100)", false],
  ])('%s: %s', (filter, passes) => {
    expect(matchProduct(shoe, parseFilter(filter))).toBe(passes);
  });

  it('refuses to compare fields without an order', () => {
    expect(() => matchProduct(shoe, parseFilter("price < 'much'"))).toThrow(UserError);
    expect(() => matchProduct(shoe, parseFilter('id < 5'))).toThrow(
      'filter: id takes =, != and IN, found <.',
    );
  });

  it('names the fields of a filter', () => {
    expect(fieldsIn(parseFilter("a = 1 AND (NOT b EXISTS OR `c d` IN ['x'])"))).toEqual(['a', 'b', 'c d']);
  });
});

it('passes if the product would pass in an index of its own', async () => {
  const value = fc.oneof(
    fc.constantFrom('Red', 'red', 'RÉD', '8 GB', '8gb', 'navy-blue', 'Navy Blue', '1,299.00', '2026-01-02'),
    fc.integer({ min: 0, max: 9 }),
    fc.boolean(),
  );
  const product = fc.record({
    id: fc.constantFrom('a', 'A'),
    brand: fc.constantFrom('Red', 'red', 'navy blue'),
    category: fc.constantFrom('Red', 'Red > 8 GB', 'red > 8gb > x'),
    price: fc.integer({ min: 0, max: 9 }),
    tags: fc.array(value, { minLength: 1, maxLength: 3 }),
    attributes: fc.record({ x: fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 2 })) }),
  });
  const field = fc.constantFrom('id', 'brand', 'category', 'price', 'stock', 'tags', 'attributes.x');
  const literal = value.map((one) => (typeof one === 'string' ? `'${one}'` : String(one)));
  const leaf = fc.oneof(
    fc
      .tuple(field, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), literal)
      .map((parts) => parts.join(' ')),
    fc
      .tuple(field, fc.array(literal, { maxLength: 3 }))
      .map(([name, list]) => `${name} IN [${list.join(',')}]`),
    field.map((name) => `${name} EXISTS`),
  );
  const filter = fc.oneof(
    leaf,
    fc.tuple(leaf, fc.constantFrom('AND', 'OR', 'AND NOT'), leaf).map((parts) => parts.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(product, fc.array(filter, { minLength: 30, maxLength: 30 }), async (one, filters) => {
      const index = await indexOf([one]);
      for (const text of filters) {
        let passes: boolean;
        try {
          passes = applyFilter(index, parseFilter(text)).count() === 1;
        } catch {
          continue;
        }
        expect([text, matchProduct(one, parseFilter(text))]).toEqual([text, passes]);
      }
      index.close();
    }),
    { numRuns: 25 },
  );
});
