import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { readFilters } from '../../../src/http/algolia/readFilters.js';
import { readFacetFilters, readNumericFilters } from '../../../src/http/algolia/readTicked.js';
import { matchProduct } from '../../../src/search/filter/matchProduct.js';
import { parseFilter } from '../../../src/search/filter/parseFilter.js';

/** A filter as a tree, how Algolia writes it, and whether a product passes. */
interface Written {
  readonly text: string;
  passes(product: Product): boolean;
}

const product: fc.Arbitrary<Product> = fc.record({
  id: fc.constant('p'),
  brand: fc.constantFrom('Acme', 'Dark Red', "O'Neil", 'AND'),
  price: fc.integer({ min: 0, max: 6 }),
});
const leaf: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(fc.constantFrom('Acme', 'Dark Red', "O'Neil", 'AND', 'no "one"'), fc.boolean())
    .map(([brand, single]) => ({
      text: `brand:${single ? `'${brand.replace(/'/g, "\\'")}'` : JSON.stringify(brand)}`,
      passes: (one: Product) => one.brand === brand,
    })),
  fc.constantFrom('Acme', "O'Neil").map((brand) => ({
    text: `"brand":${brand}<score=3>`,
    passes: (one: Product) => one.brand === brand,
  })),
  fc
    .tuple(fc.constantFrom('<', '<=', '=', '!=', '>=', '>'), fc.integer({ min: 0, max: 6 }))
    .map(([operator, bound]) => ({
      text: `price${operator} ${bound}`,
      passes: ({ price = 0 }: Product) => compare(price, operator, bound),
    })),
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).map(([from, to]) => ({
    text: `price:${from} TO ${to}`,
    passes: ({ price = 0 }: Product) => from <= price && price <= to,
  })),
);
const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.tuple(tie('tree'), tie('tree'), fc.constantFrom('AND', 'OR')).map(([a, b, operator]) => ({
      text: `(${a.text}) ${operator} (${b.text})`,
      passes: (one: Product) =>
        operator === 'AND' ? a.passes(one) && b.passes(one) : a.passes(one) || b.passes(one),
    })),
    tie('tree').map((inner) => ({
      text: `NOT (${inner.text})`,
      passes: (one: Product) => !inner.passes(one),
    })),
  ),
}));

function compare(price: number, operator: string, bound: number): boolean {
  if (operator === '=') return price === bound;
  if (operator === '!=') return price !== bound;
  if (operator.startsWith('<')) return price < bound || (operator === '<=' && price === bound);
  return price > bound || (operator === '>=' && price === bound);
}

const passes = (text: string | undefined, one: Product): boolean =>
  matchProduct(one, parseFilter(text ?? 'brand ='));

it('any filter passes the products that it passes for Algolia', () => {
  fc.assert(
    fc.property(tree, product, (filter, one) => {
      expect(passes(readFilters(filter.text)?.text, one)).toBe(filter.passes(one));
    }),
    { numRuns: 300 },
  );
});

it('AND binds tighter than OR, and attributes are named as clients name them', () => {
  const text = (filters: string) => readFilters(filters)?.text;
  expect(readFilters('  ')).toBeUndefined();
  expect(text('a:1 OR b:2 AND NOT c:3')).toBe("(a = '1') OR ((b = '2') AND (NOT (c = '3')))");
  expect(text('objectID:7 AND categories.lvl1:"A > B"')).toBe("(id = '7') AND (category = 'A > B')");
  expect(text('"attributes.Screen size":x')).toBe("`attributes.Screen size` = 'x'");
});

it.each([
  ['brand:', 'character 7: found the end, expected a value'],
  ['brand', "character 6: found the end, expected ':' and a value"],
  ['price < cheap', "character 9: found 'cheap', expected a number"],
  ['(brand:a', "character 9: found the end, expected ')'"],
  ['brand:"a', `character 7: found '"a', expected`],
  ['brand:a price:1', "character 9: found 'price', expected AND, OR or the end"],
])('%s is refused', (filters, message) => {
  expect(() => readFilters(filters)).toThrow(message);
});

it('ticked values are joined by AND, inner lists by OR, and a minus negates', () => {
  const texts = readFacetFilters([['brand:Acme', 'brand:-Oak'], '-color:a:b', 'color:\\-1', []]).map(
    ({ text }) => text,
  );
  expect(texts).toEqual(["(brand = 'Acme') OR (NOT (brand = 'Oak'))", "NOT (color = 'a:b')", "color = '-1'"]);
  const numbers = readNumericFilters(['price>=10', ['stock = 0', 'price:20 TO 50.5'], 'a!=-1']);
  expect(numbers.map(({ text }) => text)).toEqual([
    'price >= 10',
    '(stock = 0) OR ((price >= 20) AND (price <= 50.5))',
    'a != -1',
  ]);
  expect(() => readFacetFilters(['brand'])).toThrow("facetFilters: found 'brand', expected an attribute");
  expect(() => readNumericFilters(['price>cheap'])).toThrow("numericFilters: found 'price>cheap'");
});
